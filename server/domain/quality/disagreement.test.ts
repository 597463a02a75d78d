import { expect, test } from "vitest";
import { disagreement } from "./disagreement";

test("models that say the same disagree by nothing, contrary ones by one half", () => {
  const order = [2, 1, 0];
  expect(disagreement([order, order.map((score) => score + 7)])).toBeCloseTo(0, 12);
  const sure = order.map((score) => 100 * score);
  expect(disagreement([sure, sure.toReversed()])).toBeCloseTo(0.5, 12);
});

test("one pair of three in doubt is a third of the doubt", () => {
  const [first, second] = [
    [100, 0, 200],
    [0, 100, 200],
  ];
  expect(disagreement([first, second])).toBeCloseTo(0.5 / 3, 12);
});

test("one model, or one completion, has nothing to disagree on", () => {
  expect(disagreement([[1, 2]])).toBeNull();
  expect(disagreement([[1], [2]])).toBeNull();
  expect(disagreement([])).toBeNull();
});
