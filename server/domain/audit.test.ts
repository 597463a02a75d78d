import { expect, test } from "vitest";
import { changedFacts } from "./audit";

test("only what differs is kept, whatever its type", () => {
  const before = { id: "1", name: "Ann", config: { a: [1] }, at: new Date(5), email: null };
  const after = { id: "1", name: "Bea", config: { a: [1] }, at: new Date(5), email: undefined };
  expect(changedFacts(before, after)).toStrictEqual({
    before: { name: "Ann" },
    after: { name: "Bea" },
  });
  expect(changedFacts(before, { ...before })).toBeNull();
});

test("what came to be is kept whole, and what is gone too", () => {
  expect(changedFacts(null, { id: "1", role: "admin" })).toStrictEqual({
    before: null,
    after: { role: "admin" },
  });
  expect(changedFacts({ role: "admin" }, null)).toStrictEqual({
    before: { role: "admin" },
    after: null,
  });
});

test("a secret is never written down, that it changed is", () => {
  const kept = changedFacts(
    { passwordHash: null, tokenHash: "abc" },
    { passwordHash: "$argon2id$x", tokenHash: "abd" },
  );
  expect(kept).toStrictEqual({
    before: { passwordHash: null, tokenHash: "(secret)" },
    after: { passwordHash: "(secret)", tokenHash: "(secret)" },
  });
});

test("a text of a megabyte is cut", () => {
  const kept = changedFacts({ guidelines: "" }, { guidelines: "x".repeat(1_000_000) });
  expect(JSON.stringify(kept).length).toBeLessThan(21_000);
  expect(kept?.after?.guidelines).toMatch(/… \(1000000 characters\)$/);
});
