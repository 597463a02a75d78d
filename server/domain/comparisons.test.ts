import * as fc from "fast-check";
import { expect, test } from "vitest";
import { comparisonCount, comparisonsOf } from "./comparisons";

test("a strict order of three is worth three comparisons", () => {
  expect(comparisonsOf([["b"], ["c"], ["a"]])).toEqual([
    { chosen: "b", rejected: "c" },
    { chosen: "b", rejected: "a" },
    { chosen: "c", rejected: "a" },
  ]);
});

test("a tie orders nothing within itself", () => {
  expect(comparisonsOf([["a", "b"], ["c"]])).toEqual([
    { chosen: "a", rejected: "c" },
    { chosen: "b", rejected: "c" },
  ]);
  expect(comparisonsOf([["a", "b", "c"]])).toEqual([]);
});

test("the count is that of the comparisons, of n items C(n,2) less the tied pairs", () => {
  const groups = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(groups, (sizes) => {
      let next = 0;
      const ranking = sizes.map((size) => Array.from({ length: size }, () => next++));
      const pairs = (n: number) => (n < 2 ? 0 : (n * (n - 1)) / 2);
      const expected = pairs(next) - sizes.reduce((sum, size) => sum + pairs(size), 0);
      expect(comparisonsOf(ranking)).toHaveLength(expected);
      expect(comparisonCount(ranking)).toBe(expected);
    }),
  );
});
