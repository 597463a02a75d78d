import { expect, it } from "vitest";
import { Random } from "../runtime/random";
import { passesByLength, scoredToken, splitPasses } from "./batch";
import { planBatches, rateAt } from "./plan";

it("cuts passes by tokens with padding, and never an item", () => {
  const sizes = [3, 5, 2, 20, 1];
  const passes = splitPasses(sizes, (longest) => ({ rows: 1, longest }), 10);
  expect(passes).toEqual([[3, 5], [2], [20], [1]]);
});

it("cuts passes by items too", () => {
  const measure = (longest: number) => ({ rows: 1, longest });
  expect(splitPasses([3, 5, 2, 2, 1], measure, 10, 2)).toEqual([[3, 5], [2, 2], [1]]);
  const rows = [1, 9, 2].map((n) => ({ ids: Array.from({ length: n }, () => 0) }));
  expect(passesByLength(rows, 100, 1).map(([{ ids }]) => ids.length)).toEqual([9, 2, 1]);
});

it("puts rows of like length together", () => {
  const rows = [1, 9, 2, 8].map((n) => ({ ids: Array.from({ length: n }, () => 0) }));
  const passes = passesByLength(rows, 18);
  expect(passes.map((pass) => pass.map(({ ids }) => ids.length))).toEqual([
    [9, 8],
    [2, 1],
  ]);
});

it("shows every example once an epoch, in an order that the seed and the epoch make", () => {
  const plan = (seed: number) =>
    planBatches(
      Array.from({ length: 7 }, () => 1),
      { batchSize: 3, epochs: 2, maxSteps: null, bucketWindow: 1, random: new Random(seed) },
    );
  const { totalSteps, ...first } = plan(1);
  const batch = (step: number) => first.batch(step);
  expect(totalSteps).toBe(6);
  const epochs = [0, 3].map((start) => [0, 1, 2].flatMap((i) => batch(start + i)));
  for (const epoch of epochs)
    expect(epoch.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(epochs[0]).not.toEqual(epochs[1]);
  expect(plan(1).batch(4)).toEqual(batch(4));
  expect([0, 1, 2].flatMap((i) => plan(2).batch(i))).not.toEqual(epochs[0]);
});

it("makes batches of like lengths within a window, each example once, in no order of length", () => {
  const random = new Random(5);
  const lengths = Array.from({ length: 203 }, () => 1 + random.below(100));
  const plan = (bucketWindow: number) =>
    planBatches(lengths, { batchSize: 10, epochs: 2, maxSteps: null, bucketWindow, random });
  const epochOf = (bucketWindow: number, first = 0) =>
    Array.from({ length: 21 }, (_, i) => plan(bucketWindow).batch(first + i));
  const padding = (batches: readonly number[][]) =>
    batches.reduce((n, batch) => {
      const longest = Math.max(...batch.map((i) => lengths[i]));
      return n + batch.reduce((m, i) => m + longest - lengths[i], 0);
    }, 0);
  const sorted = epochOf(10);
  expect(sorted.flat().toSorted((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
  expect(sorted.map((batch) => batch.length)).toEqual([...Array<number>(20).fill(10), 3]);
  expect(padding(sorted)).toBeLessThan(0.25 * padding(epochOf(1)));
  expect(epochOf(10)).toEqual(sorted);
  expect(epochOf(10, 21)).not.toEqual(sorted);
  const longest = sorted.slice(0, 20).map((batch) => Math.max(...batch.map((i) => lengths[i])));
  const falls = longest.filter((length, i) => i > 0 && length < longest[i - 1]).length;
  expect(falls).toBeGreaterThan(5);
  expect(falls).toBeLessThan(15);
});

it("counts epochs by what was seen", () => {
  const random = new Random(1);
  const options = { batchSize: 3, epochs: 2, maxSteps: null, bucketWindow: 1, random };
  const plan = planBatches([1, 1, 1, 1, 1], options);
  expect([1, 2, 3, 4].map((steps) => plan.epoch(steps))).toEqual([0.6, 1, 1.6, 2]);
});

it("stops after maxSteps, and lets the rate rise and fall over what is run", () => {
  const random = new Random(1);
  const lengths = Array.from({ length: 100 }, () => 1);
  expect(
    planBatches(lengths, { batchSize: 10, epochs: 5, maxSteps: 7, bucketWindow: 1, random })
      .totalSteps,
  ).toBe(7);
  const config = {
    learningRate: 2,
    schedule: "linear",
    finalLearningRate: 0.5,
    warmup: 0.2,
  } as const;
  const rates = (warmup: number) =>
    [0, 1, 2, 10].map((step) => rateAt(step, 10, { ...config, warmup }));
  expect(rates(0.2)).toEqual([0, 1, 2, 1]);
  expect(rates(2)).toEqual(rates(0.2)); // above 1 it is counted in updates
});

it("scores the last token, or the one before eos where eos is the padding", () => {
  expect(scoredToken([5, 6, 2], 0)).toBe(2);
  expect(scoredToken([5, 6, 2], 2)).toBe(1);
  expect(scoredToken([5, 6], null)).toBe(1);
  expect(scoredToken([2, 2], 2)).toBe(0);
});

it("deals rows of like lengths to lanes that run side by side", () => {
  const rows = [1, 9, 2, 8, 7].map((n) => ({ ids: Array.from({ length: n }, () => 0) }));
  const lengths = (passes: { ids: number[] }[][]) =>
    passes.map((pass) => pass.map(({ ids }) => ids.length));
  expect(lengths(passesByLength(rows, 100, null, 2))).toEqual([
    [9, 7, 1],
    [8, 2],
  ]);
  expect(lengths(passesByLength(rows, 16, null, 2))).toEqual([[9], [8, 2], [7, 1]]);
  expect(lengths(passesByLength(rows.slice(0, 1), 16, null, 2))).toEqual([[1]]);
  const measure = (longest: number) => ({ rows: 1, longest });
  expect(splitPasses([1, 2, 3], measure, 100, null, 2)).toEqual([[1, 2], [3]]);
});
