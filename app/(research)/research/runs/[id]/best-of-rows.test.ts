import { expect, test } from "vitest";
import { bestOfMetrics, bestOfSizes } from "@/server/domain/run-kinds";
import { bestOfRows, isGamed } from "./best-of-rows";

const measured = (score: (n: number) => number, exact?: (n: number) => number) =>
  Object.fromEntries(
    bestOfSizes(12).flatMap((n) => {
      const names = bestOfMetrics(n);
      const truth: [string, number][] = exact
        ? [
            [names.exact, exact(n)],
            [names.exactError, 0.01],
          ]
        : [];
      return [[names.score, score(n)], [names.scoreError, 0.1], ...truth, ["prompts", 9]] as const;
    }),
  );

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
