import { expect, it } from "vitest";
import { bestOfN } from "./best-of-n";

const samples = [
  { score: 3, value: 1 },
  { score: 2, value: 0 },
  { score: 2, value: 1 },
  { score: 0, value: 0 },
];

it("is the mean for one sample, and the best one for all", () => {
  expect(bestOfN(samples, 1)).toBeCloseTo(0.5, 12);
  expect(bestOfN(samples, 4)).toBeCloseTo(1, 12);
});

it("is the mean over all draws of n", () => {
  // of six pairs three hold the first; {2, 2} and the two {2, 0} are worth ½ each, ties being shared
  expect(bestOfN(samples, 2)).toBeCloseTo((3 * 1 + 3 * 0.5) / 6, 12);
});

it("does not depend on the order of samples", () => {
  expect(bestOfN(samples.toReversed(), 3)).toBeCloseTo(bestOfN(samples, 3), 12);
});
