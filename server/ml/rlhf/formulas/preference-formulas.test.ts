import { describe, expect, it } from "vitest";
import { type DpoLoss, dpoPairLoss } from "./dpo";
import {
  clippedSequenceLoss,
  groupAdvantages,
  grpoLoss,
  leaveOneOut,
  reinforceLoss,
  rlooAdvantages,
} from "./group";
import { choiceStages, plackettLuceLoss } from "./plackett-luce";
import { davidson, raoKupper, tiedRankingLoss, tieParameter } from "./ties";

/** Double-sided difference of f at x. */
const slope = (f: (x: number) => number, x: number, h = 1e-5) => (f(x + h) - f(x - h)) / (2 * h);

const scores = [0.3, -1.2, 0.8, 2.1, -0.4];
const groups = [[3], [0, 2], [1]];

const slopes = (loss: (scores: number[]) => number) =>
  scores.map((x, i) => slope((at) => loss(scores.with(i, at)), x));

describe("ties", () => {
  it.each([
    [raoKupper, 1.7],
    [davidson, 0.6],
  ] as const)(
    "%o: probabilities add up, gradients are those of differences",
    (model, parameter) => {
      const outcomes = ["i", "j", "tie"] as const;
      const p = outcomes.map((outcome) => Math.exp(-model(0.4, 1.1, outcome, parameter).loss));
      expect(p.reduce((a, x) => a + x)).toBeCloseTo(1, 12);
      for (const outcome of outcomes) {
        const got = model(0.4, 1.1, outcome, parameter);
        expect(got.gradI).toBeCloseTo(
          slope((x) => model(x, 1.1, outcome, parameter).loss, 0.4),
          8,
        );
        expect(got.gradJ).toBeCloseTo(
          slope((x) => model(0.4, x, outcome, parameter).loss, 1.1),
          8,
        );
        const byLog = (x: number) => model(0.4, 1.1, outcome, Math.exp(x)).loss;
        expect(got.gradLogParameter).toBeCloseTo(slope(byLog, Math.log(parameter)), 8);
      }
    },
  );
  it("compare every two ranked completions of a ranking, and no other", () => {
    const got = tiedRankingLoss(scores, groups, "davidson", 0.6);
    expect(got.pairs).toBe(6);
    expect(got.grad[4]).toBe(0);
    const numeric = slopes((at) => tiedRankingLoss(at, groups, "davidson", 0.6).loss);
    numeric.forEach((x, i) => expect(got.grad[i]).toBeCloseTo(x, 8));
  });
  it("begin with the share that was seen", () => {
    for (const share of [0.1, 0.4]) {
      const theta = tieParameter("rao-kupper", share);
      expect(Math.exp(-raoKupper(1, 1, "tie", theta).loss)).toBeCloseTo(share, 12);
      const nu = tieParameter("davidson", share);
      expect(Math.exp(-davidson(1, 1, "tie", nu).loss)).toBeCloseTo(share, 12);
    }
  });
});

describe("Plackett–Luce", () => {
  it("chooses each from all below its tie group", () => {
    expect(choiceStages(groups)).toEqual([
      [3, 0, 2, 1],
      [0, 1],
      [2, 1],
    ]);
    expect(choiceStages([[0, 1, 2]])).toEqual([]);
  });
  it("has the gradient of differences, and none for what is not ranked", () => {
    const { grad } = plackettLuceLoss(scores, groups);
    slopes((at) => plackettLuceLoss(at, groups).loss).forEach((x, i) =>
      expect(grad[i]).toBeCloseTo(x, 8),
    );
    expect(grad[4]).toBe(0);
  });
});

it.each<DpoLoss>(["sigmoid", "ipo", "hinge", "robust"])("DPO %s: slope of differences", (loss) => {
  const options = { loss, beta: 0.3, labelSmoothing: 0.1 };
  for (const h of [-2, 0.5, 7])
    expect(dpoPairLoss(h, options).slope).toBeCloseTo(
      slope((x) => dpoPairLoss(x, options).loss, h),
      6,
    );
});

describe("groups", () => {
  const rewards = [
    [1, 2, 6],
    [4, 4, 4],
  ];
  it("take the mean off, and divide by what is asked for", () => {
    const [a, b] = groupAdvantages(rewards, "group");
    expect(a.reduce((x, y) => x + y)).toBeCloseTo(0, 12);
    expect(a[2]).toBeCloseTo(3 / (Math.sqrt(7) + 1e-4), 12);
    expect([...b]).toEqual([0, 0, 0]);
    expect([...groupAdvantages(rewards, "none")[0]]).toEqual([-2, -1, 3]);
  });
  it("leave one out", () => {
    expect([...leaveOneOut(rewards)[0]]).toEqual([4, 3.5, 1.5]);
    expect([...rlooAdvantages(rewards, false)[0]]).toEqual([-3, -1.5, 4.5]);
    expect([...leaveOneOut([[3]])[0]]).toEqual([0]);
  });
  const rows = {
    logProbs: [[-1.2, -0.4], [-0.9]],
    oldLogProbs: [[-1, -0.45], [-0.6]],
    refLogProbs: [[-1.1, -0.7], [-0.8]],
    advantages: [1.5, -0.7],
  };
  const numeric = (loss: (logProbs: number[][]) => number) =>
    rows.logProbs.map((row, i) =>
      row.map((x, t) =>
        slope((at) => loss(rows.logProbs.with(i, rows.logProbs[i].with(t, at))), x),
      ),
    );
  const close = (got: Float64Array[]) =>
    got.map((row) => Array.from(row, (x): unknown => expect.closeTo(x, 7)));
  it.each(["grpo", "bnpo", "dr_grpo"] as const)("%s: gradient of differences", (aggregation) => {
    const options = { clip: 0.2, beta: 0.1, aggregation, maxTokens: 4 };
    const loss = (logProbs: number[][]) => grpoLoss({ ...rows, logProbs }, options).loss;
    expect(numeric(loss)).toEqual(close(grpoLoss(rows, options).grad));
  });
  it("of whole responses: gradient of differences", () => {
    const clipped = (logProbs: number[][]) =>
      clippedSequenceLoss(logProbs, rows.oldLogProbs, rows.advantages, { clip: 0.2 });
    expect(numeric((x) => clipped(x).loss)).toEqual(close(clipped(rows.logProbs).grad));
    const plain = (logProbs: number[][]) => reinforceLoss(logProbs, rows.advantages);
    expect(numeric((x) => plain(x).loss)).toEqual(close(plain(rows.logProbs).grad));
  });
});
