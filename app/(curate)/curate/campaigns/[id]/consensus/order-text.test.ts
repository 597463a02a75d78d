import { expect, test } from "vitest";
import type { CompletionId } from "@/server/domain/ids";
import { groupsOf, orderText, ranksOf } from "./order-text";

const completions = ["x", "y", "z"].map((id) => ({ id: id as CompletionId }));
const [x, y, z] = completions.map(({ id }) => id);

test("an order is told in the letters of the task", () => {
  expect(orderText([[z, x], [y]], completions)).toBe("A = C > B");
});

test("ranks are an order with ties, gaps closed; what has no rank is left", () => {
  expect(groupsOf({ [x]: "3", [y]: "1", [z]: "" }, completions)).toEqual({
    groups: [[y], [x]],
    left: [z],
  });
  expect(groupsOf(ranksOf([[y, x], [z]]), completions)).toEqual({
    groups: [[x, y], [z]],
    left: [],
  });
});
