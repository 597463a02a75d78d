import { expect, test } from "vitest";
import { bestOfRows, isGamed } from "./best-of-rows";

function measured(score: (n: number) => number, exact?: (n: number) => number) {
  const values: Record<string, number> = { prompts: 9 };
  for (const n of [12, 1, 2, 4, 8]) {
    values[`best_of_${n}/score`] = score(n);
    values[`best_of_${n}/score_error`] = 0.1;
    if (exact === undefined) continue;
    values[`best_of_${n}/exact`] = exact(n);
    values[`best_of_${n}/exact_error`] = 0.01;
  }
  return values;
}

test("rows come by n, with the KL that picking costs", () => {
  const rows = bestOfRows(measured((n) => n));
  expect(rows.map(({ n }) => n)).toEqual([1, 2, 4, 8, 12]);
  expect(rows.map(({ score }) => score)).toEqual([1, 2, 4, 8, 12]);
  expect(rows[0].kl).toBe(0);
  expect(rows[3].kl).toBeCloseTo(Math.log(8) - 7 / 8, 12);
  expect(rows.every(({ exact }) => exact === null)).toBe(true);
  expect(bestOfRows({ loss: 1 })).toEqual([]);
});

test("a reward is gamed when truth falls by more than chance while the score rises", () => {
  const rows = (exact: (n: number) => number) => bestOfRows(measured((n) => n, exact));
  expect(isGamed(rows((n) => 0.5 - n / 100))).toBe(true);
  expect(isGamed(rows((n) => 0.5 - n / 1000))).toBe(false); // within the noise
  expect(isGamed(rows((n) => 0.5 + n / 100))).toBe(false);
  expect(isGamed(bestOfRows(measured((n) => n)))).toBe(false);
});
