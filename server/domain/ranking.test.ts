import * as fc from "fast-check";
import { expect, test } from "vitest";
import { zCompletionId } from "./ids";
import { checkCompletions, checkOrder, letterOf, letters, unletter, zRanking } from "./ranking";

const abcd = letters.slice(0, 4);

test("every completion has one place: a rank, a tie or not rankable", () => {
  const tied = { groups: [["B"], ["A", "D"]], notRankable: ["C"] };
  expect(() => checkOrder(abcd, tied)).not.toThrow();
  expect(() => checkOrder(abcd, { groups: [], notRankable: [...abcd] })).not.toThrow();
});

test.each([
  ["unknown", { groups: [["A"], ["B"], ["C"], ["E"]], notRankable: [] }, /names E.*it has A, B, C/],
  ["twice", { groups: [["A"], ["B"], ["C"], ["D", "A"]], notRankable: [] }, /names A more than/],
  ["ranked and not", { groups: [["A", "B", "C", "D"]], notRankable: ["D"] }, /names D more than/],
  ["missing", { groups: [["A"], ["C"]], notRankable: [] }, /leaves out B, D/],
  ["empty rank", { groups: [["A", "B", "C", "D"], []], notRankable: [] }, /empty rank/],
] as const)("%s is named", (_, order, message) => {
  expect(() => checkOrder(abcd, order)).toThrow(message);
});

test("a task has 4 to 9 different completions", () => {
  checkCompletions(["1", "2", "3", "4"]);
  expect(() => checkCompletions(["1"])).toThrow(/4 to 9 completions, this one has 1/);
  expect(() => checkCompletions(Array.from("0123456789"))).toThrow(/has 10/);
  expect(() => checkCompletions(["1", "2", "3", "2"])).toThrow(/same text \("2"\)/);
});

test("letters lead back to the completions, whatever order was drawn", () => {
  const ids = ["p", "q", "r", "s", "t"].map((id) => zCompletionId.parse(id));
  fc.assert(
    fc.property(fc.shuffledSubarray(ids, { minLength: 5 }), (shown) => {
      const groups = [[letterOf(shown, ids[0])], [letterOf(shown, ids[1])]];
      const notRankable = ids.slice(2).map((id) => letterOf(shown, id));
      expect(unletter(shown, { groups, notRankable })).toEqual({
        groups: [[ids[0]], [ids[1]]],
        notRankable: ids.slice(2),
      });
    }),
  );
});

test("what is submitted is checked for shape before anything else", () => {
  const good = { groups: [["A"]], notRankable: [], noneAcceptable: false, seconds: 3 };
  expect(zRanking.safeParse(good).success).toBe(true);
  expect(zRanking.safeParse({ ...good, groups: [["Z"]] }).success).toBe(false);
  expect(zRanking.safeParse({ ...good, groups: [[]] }).success).toBe(false);
  expect(zRanking.safeParse({ ...good, seconds: -1 }).success).toBe(false);
});
