import { expect, test } from "vitest";
import { newId } from "./ids";
import { mayActAs } from "./roles";

test("ids are random: as long, as many letters, and never the same", () => {
  const ids = Array.from({ length: 2000 }, () => newId<string>());
  expect(new Set(ids).size).toBe(2000);
  expect(ids.every((id) => /^[0-9a-z]{20}$/.test(id))).toBe(true);
  const count = new Map<string, number>();
  for (const letter of ids.join("")) count.set(letter, (count.get(letter) ?? 0) + 1);
  const expected = 40_000 / 36;
  for (const n of count.values()) expect(Math.abs(n - expected)).toBeLessThan(expected / 4);
});

test("an admin may do everything, a researcher does not label, a labeler does nothing else", () => {
  expect(mayActAs("admin", "labeler")).toBe(true);
  expect(mayActAs("researcher", "labeler")).toBe(false);
  expect(mayActAs("labeler", "researcher")).toBe(false);
});
