import { describe, expect, it } from "vitest";
import { explainedVariance, gae, tokenRewards, whiten } from "./advantages";
import { adaptiveBeta, bestOfNKl, klEstimate } from "./kl";
import { entropy, policyLoss, tokenLogProb, valueLoss } from "./ppo-losses";
import { map, mean, meanOfRowSums, type Rows, variance } from "./rows";
import { learningRate } from "./schedule";
import { episodeScore, truncateAtStop } from "./scores";

const logProbs = [[-1.2, -0.4, -2.2], [-0.9]];
const old = [[-1.0, -0.9, -2.1], [-0.5]];
const advantages = [[0.8, 1.3, -0.7], [-1.1]];

const flat = (rows: Rows): number[] => rows.flatMap((row) => Array.from(row));

const gap = (a: Rows, b: Rows): number => {
  const other = flat(b);
  return Math.max(...flat(a).map((x, i) => Math.abs(x - other[i])));
};

describe("KL", () => {
  it("has three estimators that agree to second order", () => {
    expect(klEstimate("k1", -1, -1.5)).toBe(0.5);
    expect(klEstimate("k2", -1, -1.5)).toBe(0.125);
    expect(klEstimate("k3", -1, -1.5)).toBeCloseTo(Math.exp(-0.5) - 0.5, 12);
    expect(klEstimate("k3", -1, -1.0001)).toBeCloseTo(klEstimate("k2", -1, -1.0001), 10);
  });
  it("moves beta by at most a fifth of n/horizon", () => {
    const at = (kl: number) => adaptiveBeta(0.1, kl, { target: 6, horizon: 1000, episodes: 100 });
    expect(at(6)).toBeCloseTo(0.1, 12);
    expect(at(600)).toBeCloseTo(0.1 * 1.02, 12);
    expect(at(0)).toBeCloseTo(0.1 * 0.98, 12);
    expect(at(6.6)).toBeCloseTo(0.1 * 1.01, 12);
  });
  it("of best-of-1 is 0", () => {
    expect(bestOfNKl(1)).toBe(0);
    expect(bestOfNKl(4)).toBeCloseTo(Math.log(4) - 0.75, 12);
  });
});

describe("rewards and advantages", () => {
  it("adds the score at the last real token", () => {
    const rewards = tokenRewards([[0.5, 1], [2]], [3, -1], 0.1);
    expect(flat(rewards)).toEqual([-0.05, 2.9, -1.2]);
  });
  it("sums temporal differences backwards", () => {
    const { advantages: a, returns } = gae([[1, 2]], [[0.5, 0.25]], { gamma: 0.9, lambda: 0.8 });
    const last = 2 - 0.25;
    const first = 1 + 0.9 * 0.25 - 0.5 + 0.9 * 0.8 * last;
    expect(a[0][1]).toBeCloseTo(last, 12);
    expect(a[0][0]).toBeCloseTo(first, 12);
    expect(returns[0][0]).toBeCloseTo(first + 0.5, 12);
  });
  it("whitens to mean 0 and variance 1 over real tokens, or keeps the mean", () => {
    const white = whiten(advantages);
    expect(mean(white)).toBeCloseTo(0, 12);
    expect(variance(white)).toBeCloseTo(1, 6);
    expect(mean(whiten(advantages, { shiftMean: false }))).toBeCloseTo(mean(advantages), 12);
    expect(variance(whiten(advantages, { variance: "sample" }), "sample")).toBeCloseTo(1, 6);
  });
  it("explains everything when values are the returns, nothing when they are a constant", () => {
    expect(explainedVariance(advantages, advantages)).toBe(1);
    expect(explainedVariance([[2, 2, 2], [2]], advantages)).toBeCloseTo(0, 12);
  });
  it("means over tokens differ from means over rows", () => {
    expect(mean([[1, 3], [5]])).toBe(3);
    expect(meanOfRowSums([[1, 3], [5]])).toBe(4.5);
  });
});

describe("scores", () => {
  it("clips before the EOS rule", () => {
    const set = { scoreClip: 5, eosRule: "set", missingEosScore: -1 } as const;
    expect(episodeScore(9, true, set)).toBe(5);
    expect(episodeScore(9, false, set)).toBe(-1);
    expect(episodeScore(9, false, { ...set, eosRule: "subtract" })).toBe(4);
    expect(episodeScore(9, true, { ...set, scoreClip: null })).toBe(9);
  });
  it("keeps the stop token and drops what follows", () => {
    expect(truncateAtStop([4, 2, 7, 2], [2])).toEqual({ ids: [4, 2], hasEos: true });
    expect(truncateAtStop([4, 7], [2])).toEqual({ ids: [4, 7], hasEos: false });
  });
});

describe("losses", () => {
  const numeric = (f: (rows: number[][]) => number, rows: number[][]) =>
    map(rows, (_, i, t) => {
      const at = (d: number) =>
        f(rows.map((r, j) => r.map((x, u) => (i === j && t === u ? x + d : x))));
      return (at(1e-6) - at(-1e-6)) / 2e-6;
    });
  it.each([{ clip: 0.2 }, { clip: 0.05 }, { clip: 0.2, dualClip: 1.05 }])(
    "policy gradient matches finite differences with %o",
    (options) => {
      const { grad } = policyLoss(logProbs, old, advantages, options);
      const expected = numeric((x) => policyLoss(x, old, advantages, options).loss, logProbs);
      expect(gap(grad, expected)).toBeLessThan(1e-7);
    },
  );
  it("is minus the mean advantage where nothing moved", () => {
    const { loss, ratioMean, approxKl } = policyLoss(old, old, advantages, { clip: 0.2 });
    expect(loss).toBeCloseTo(-mean(advantages), 12);
    expect(ratioMean).toBe(1);
    expect(approxKl).toBe(0);
  });
  it.each([{ clip: 0.2 }, { clip: null }])("value gradient with %o", (options) => {
    const { grad } = valueLoss(logProbs, old, advantages, options);
    const expected = numeric((x) => valueLoss(x, old, advantages, options).loss, logProbs);
    expect(gap(grad, expected)).toBeLessThan(1e-7);
  });
  it("entropy of equal logits is log n, and log-probabilities follow the temperature", () => {
    expect(entropy([3, 3, 3, 3])).toBeCloseTo(Math.log(4), 12);
    expect(entropy([0, -Infinity])).toBeCloseTo(0, 12);
    expect(tokenLogProb([1, 0], 0, 0.5)).toBeCloseTo(-Math.log(1 + Math.exp(-2)), 12);
  });
});

describe("learning rate", () => {
  const base = { base: 1, warmup: 2, total: 6 };
  it("warms up from 0, then follows its schedule", () => {
    const run = (kind: "constant" | "linear" | "cosine", minRatio = 0) =>
      [0, 1, 2, 4, 6].map((s) => learningRate(s, { ...base, kind, minRatio }));
    expect(run("constant")).toEqual([0, 0.5, 1, 1, 1]);
    expect(run("linear")).toEqual([0, 0.5, 1, 0.5, 0]);
    expect(run("linear", 0.2)[4]).toBeCloseTo(0.2, 12);
    expect(run("cosine")[3]).toBeCloseTo(0.5, 12);
    expect(run("cosine", 0.1)[4]).toBeCloseTo(0.1, 12);
  });
});
