import { expect, test } from "vitest";
import { checkPreference, leastPreference } from "./preference";
import { groupsOfPreference } from "./preference-scale";

test.each([-3, -1, 0, 2, 3])(
  "a preference of %i is the ranking of two that it says",
  (preference) => {
    const groups = groupsOfPreference(preference);
    expect(checkPreference(7, { groups, notRankable: [], preference })).toBe(preference);
    expect(leastPreference({ groups, notRankable: [] })).toBe(Math.sign(preference));
  },
);

test("left is below zero, right above it, a tie is one group", () => {
  expect(groupsOfPreference(-2)).toEqual([["A"], ["B"]]);
  expect(groupsOfPreference(1)).toEqual([["B"], ["A"]]);
  expect(groupsOfPreference(0)).toEqual([["A", "B"]]);
});

test("neither can be judged: no preference, and not one alone", () => {
  const neither = { groups: [], notRankable: ["A", "B"] as const };
  expect(checkPreference(7, neither)).toBeNull();
  expect(() => checkPreference(7, { ...neither, preference: 1 })).toThrow("neither can be judged");
  expect(() => checkPreference(7, { groups: [["A"]], notRankable: ["B"] })).toThrow(
    "neither can be judged",
  );
});

test.each([
  ["no preference", undefined, [["A"], ["B"]], "lacks a preference"],
  ["off the scale", -3, [["A"], ["B"]], "from -2 (left) over 0"],
  ["against the order", 1, [["A"], ["B"]], "say different things"],
  ["a tie that prefers", -1, [["A", "B"]], "say different things"],
  ["an order that does not", 0, [["A"], ["B"]], "say different things"],
] as const)("%s is refused", (_, preference, groups, message) => {
  expect(() => checkPreference(5, { groups, notRankable: [], preference })).toThrow(message);
});
