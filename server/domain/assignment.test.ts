import { expect, test } from "vitest";
import { drawOrder, leaseFrom, skipText, zRankingDraft } from "./assignment";

test("every order of three is drawn about equally often", () => {
  let state = 7;
  const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  const seen = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = drawOrder(["a", "b", "c"], random).join("");
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(6);
  // 1000 each; four standard deviations of a binomial count are 115
  for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(115);
});

test("a lease lasts half an hour", () => {
  expect(leaseFrom(new Date("2026-01-01T00:00:00Z")).toISOString()).toBe(
    "2026-01-01T00:30:00.000Z",
  );
});

test("a skip keeps its reason and the labeler's words", () => {
  expect(skipText({ reason: "unclear", note: "two questions" })).toBe("unclear: two questions");
  expect(skipText({ reason: "broken", note: "" })).toBe("broken");
});

test("a draft names letters and ranks of the shelf only", () => {
  const draft = {
    version: 3,
    ranks: { A: 1 },
    notRankable: [],
    noneAcceptable: false,
    comment: "",
    seconds: 4,
  };
  expect(zRankingDraft.parse(draft)).toEqual(draft);
  expect(zRankingDraft.safeParse({ ...draft, ranks: { Z: 1 } }).success).toBe(false);
  expect(zRankingDraft.safeParse({ ...draft, ranks: { A: 10 } }).success).toBe(false);
});
