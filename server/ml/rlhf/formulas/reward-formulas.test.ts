import { describe, expect, it } from "vitest";
import { accuracy, bootstrapInterval, lengthBaseline, quantile, rankedRight } from "./accuracy";
import { brier, calibration } from "./calibration";
import { impliedPairs, kwiseLoss, pairShares } from "./kwise";
import { pairLoss } from "./pairwise";
import { combineScores } from "./scores";

const scores = [0.3, -1.2, 2.1, 0.4, -0.6];
const groups = [[2], [0, 3], [1]]; // completion 4 is not ranked

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));

describe("the comparisons of a ranking", () => {
  it("is one for every two completions in different tie groups", () => {
    expect(impliedPairs(groups).map((p) => [p.chosen, p.rejected])).toEqual([
      [2, 0],
      [2, 3],
      [2, 1],
      [0, 1],
      [3, 1],
    ]);
  });
  it("is none when all tie", () => expect(impliedPairs([[0, 1, 2]])).toEqual([]));
});

describe("the K-wise loss", () => {
  it("weighs each ranking 1 by dividing by the pairs it implies", () => {
    const log = (d: number) => -Math.log(1 / (1 + Math.exp(-d)));
    const sum = log(2.1 - 0.3) + log(2.1 - 0.4) + log(3.3) + log(1.5) + log(1.6);
    expect(kwiseLoss(scores, groups).loss).toBeCloseTo(sum / 5, 12);
    expect(kwiseLoss(scores, groups, { normalise: "all" }).loss).toBeCloseTo(sum / 10, 12);
  });
  it("is 0 with no gradient when nothing is ordered", () => {
    const { loss, grad } = kwiseLoss([1, 2], [[0, 1]]);
    expect(loss).toBe(0);
    expect([...grad]).toEqual([0, 0]);
  });
  it("does not overflow", () => {
    expect(kwiseLoss([-1e4, 1e4], [[0], [1]]).loss).toBeCloseTo(2e4, 6);
  });
  it.each([
    {},
    { margin: 0.7 },
    { centring: 0.01 },
    { labelSmoothing: 0.1 },
    { margin: 0.2, centring: 0.1, labelSmoothing: 0.3, normalise: "all" as const },
  ])("has the gradient of finite differences with %o", (options) => {
    const { grad } = kwiseLoss(scores, groups, options);
    scores.forEach((_, i) => {
      const at = (d: number) =>
        kwiseLoss(
          scores.map((s, j) => (i === j ? s + d : s)),
          groups,
          options,
        ).loss;
      expect(grad[i]).toBeCloseTo((at(1e-6) - at(-1e-6)) / 2e-6, 7);
    });
  });
});

describe("what a pair weighs in its batch", () => {
  const long = { weight: 1, pairs: 6, most: 6 };
  const tied = { weight: 1, pairs: 2, most: 3 };
  const light = { weight: 0.5, pairs: 2, most: 3 };
  const sums = (normalisePairs: "implied" | "all" | "batch", count = false) => {
    const batch = [long, tied, light];
    const normaliseWeights = count ? "count" : "weights";
    return pairShares(batch, { normalisePairs, normaliseWeights }).map(
      (s, i) => s * batch[i].pairs,
    );
  };
  it("makes every ranking weigh what its labeler does", () =>
    expect(sums("implied")).toEqual(close([1 / 2.5, 1 / 2.5, 0.5 / 2.5])));
  it("or less where it implies less than it could", () =>
    expect(sums("all")).toEqual(close([1 / 2.5, 2 / 3 / 2.5, 1 / 3 / 2.5])));
  it("or by its pairs, so that a pair weighs the same in any ranking", () => {
    expect(sums("batch")).toEqual(close([6 / 9, 2 / 9, 1 / 9]));
    expect(sums("batch", true)).toEqual(close([6 / 10, 2 / 10, 1 / 10]));
  });
  it("is nothing in a batch of nothing", () => {
    const nothing = [{ weight: 1, pairs: 0, most: 1 }];
    const config = { normalisePairs: "batch", normaliseWeights: "weights" } as const;
    expect(pairShares(nothing, config)).toEqual([0]);
  });
});

it("a smoothed pair loss is least at the logit of the smoothing, not at infinity", () => {
  const at = (d: number) => pairLoss(d, 0, { labelSmoothing: 0.1 }).loss;
  const best = Math.log(0.9 / 0.1);
  expect(at(best)).toBeLessThan(at(best + 0.1));
  expect(at(best)).toBeLessThan(at(best - 0.1));
});

it("combines an ensemble as mean, worst, or mean less variance", () => {
  expect(combineScores([1, 2, 6], "mean")).toBe(3);
  expect(combineScores([1, 2, 6], "wco")).toBe(1);
  expect(combineScores([1, 2, 6], "uwo", 0.3)).toBeCloseTo(3 - (0.3 * 14) / 3, 12);
});

describe("calibration", () => {
  const predicted = [0.1, 0.15, 0.9, 0.8, 0.45];
  const outcome = [0, 1, 1, 1, 1];
  it("bins probabilities as (low, high]", () => {
    const { bins, ece, mce } = calibration(predicted, outcome);
    expect(bins.map((b) => b.count)).toEqual([1, 1, 0, 0, 1, 0, 0, 1, 1, 0]);
    expect(ece).toBeCloseTo((0.1 + 0.85 + 0.1 + 0.2 + 0.55) / 5, 12);
    expect(mce).toBeCloseTo(0.85, 12);
  });
  it("bins confidence against being right", () => {
    const { bins } = calibration(predicted, outcome, { convention: "confidence", bins: 5 });
    expect(bins.map((b) => b.count)).toEqual([1, 0, 1, 3, 0]);
    expect(bins[0]).toMatchObject({ count: 1, meanPredicted: 0.55, observed: 0 });
  });
  it("has the Brier score of its definition", () => {
    expect(brier([0.2, 0.7], [0, 1])).toBeCloseTo((0.04 + 0.09) / 2, 12);
  });
});

describe("accuracy over prompts", () => {
  it("counts equal scores one half", () => {
    expect(rankedRight([1, 1, 0], [[0], [1], [2]])).toEqual({ right: 2.5, pairs: 3 });
  });
  it("compares with longer wins", () => {
    const row = { lengths: [3, 5, 9], groups: [[2], [0], [1]] };
    expect(lengthBaseline([row])).toBeCloseTo(2 / 3, 12);
  });
  it("draws prompts for its interval, so one prompt has no spread", () => {
    let state = 7;
    const uniform = () => (state = (state * 16807) % 2147483647) / 2147483647;
    const one = [{ right: 3, pairs: 4 }];
    expect(bootstrapInterval(one, accuracy, uniform)).toEqual([0.75, 0.75]);
    const many = Array.from({ length: 200 }, (_, i) => ({ right: i % 2, pairs: 1 }));
    const [low, high] = bootstrapInterval(many, accuracy, uniform);
    expect(low).toBeGreaterThan(0.4);
    expect(low).toBeLessThan(0.46); // 0.5 − 1.96·√(0.25/200) = 0.431
    expect(high).toBeGreaterThan(0.54);
    expect(high).toBeLessThan(0.6);
  });
  it("interpolates quantiles", () => expect(quantile([0, 1, 2, 3], 0.5)).toBe(1.5));
});
