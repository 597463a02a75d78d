import { brier, calibration, type ReliabilityBin } from "../ml/rlhf/formulas/calibration";
import { impliedPairs, kwiseLoss } from "../ml/rlhf/formulas/kwise";
import {
  centringLoss,
  type PairLoss,
  pairLoss,
  shares,
  type WeightNormalisation,
} from "../ml/rlhf/formulas/pairwise";
import { combineScores } from "../ml/rlhf/formulas/scores";
import { hasKeys, type JsonChecker, listOf } from "./checker";
import { expectClose, expectSame, FLOAT64, type Num } from "./close";

interface KwiseVectors {
  k: number;
  scores: number[];
  groups: number[][];
  pairs: [number, number][];
  sum: number;
  sum_grad: number[];
  /** left out where the ranking implies no pair: then the loss is 0 */
  c_k_2?: { loss: number; grad: number[] };
  implied_pairs?: { loss: number; grad: number[] };
}

/** The K-wise loss: pairs, sum, and both divisors that the product offers. */
export const kwiseChecker: JsonChecker = {
  matches: (value) => listOf(value, "scores", "groups", "pairs", "sum_grad"),
  async run(cases, { name }, value) {
    for (const [i, one] of (value as KwiseVectors[]).entries()) {
      await cases.check(`${name} ${i + 1} (K ${one.k})`, () => {
        const pairs = impliedPairs(one.groups).map(({ chosen, rejected }) => [chosen, rejected]);
        expectSame("pairs", pairs.map(String).sort(), one.pairs.map(String).sort());
        for (const [key, normalise] of [
          ["implied_pairs", "implied"],
          ["c_k_2", "all"],
        ] as const) {
          const expected = one[key] ?? { loss: 0, grad: one.scores.map(() => 0) };
          const got = kwiseLoss(one.scores, one.groups, { normalise });
          expectClose(`loss by ${key}`, got.loss, expected.loss, FLOAT64);
          expectClose(`gradient by ${key}`, got.grad, expected.grad, FLOAT64);
        }
      });
    }
  },
};

interface PairwiseVectors {
  scores_chosen: number[];
  scores_rejected: number[];
  margins: number[];
  weights: number[];
  label_smoothing_eps: number;
  centring_lambda: number;
}
interface PairwiseResult {
  per_pair: number[] | null;
  loss: number;
  grad_chosen: number[];
  grad_rejected: number[];
}

/** Margin, centring and label smoothing of one comparison. */
export const pairwiseChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "scores_chosen", "scores_rejected", "plain"),
  async run(cases, { name }, value) {
    const given = value as PairwiseVectors;
    const variants: Record<string, Variant> = {
      plain: ([w, l]) => pairLoss(w, l),
      margin: ([w, l], i) => pairLoss(w, l, { margin: given.margins[i] }),
      centring_only: ([w, l]) => centringLoss(w, l, given.centring_lambda),
      centring: ([w, l]) => pairLoss(w, l, { centring: given.centring_lambda }),
      margin_and_centring: ([w, l], i) =>
        pairLoss(w, l, { margin: given.margins[i], centring: given.centring_lambda }),
      label_smoothing: ([w, l]) => pairLoss(w, l, { labelSmoothing: given.label_smoothing_eps }),
    };
    const pairs = given.scores_chosen.map((w, i): Pair => [w, given.scores_rejected[i]]);
    const equal = pairs.map(() => 1);
    for (const [key, result] of Object.entries(value as Record<string, unknown>)) {
      if (!hasKeys(result, "loss", "grad_chosen")) continue;
      const weighted = weightings[key];
      const variant = weighted ? variants.plain : variants[key];
      if (variant === undefined) {
        cases.skip(`${name} ${key}`, "this variant is not offered on its own");
        continue;
      }
      await cases.check(`${name} ${key}`, () => {
        const got = pairs.map(variant);
        const weights = weighted ? given.weights : equal;
        expectPairs(got, weights, weighted ?? "count", result as PairwiseResult);
      });
    }
  },
};

type Pair = [chosen: number, rejected: number];
type Variant = (pair: Pair, index: number) => PairLoss;

/** Weights of labelers, divided by their sum or by the number of pairs. */
const weightings: Record<string, WeightNormalisation | undefined> = {
  weighted_mean: "weights",
  weighted_sum_over_n: "count",
};

function expectPairs(
  got: readonly PairLoss[],
  weights: readonly number[],
  normalise: WeightNormalisation,
  expected: PairwiseResult,
): void {
  const share = shares(weights, normalise);
  const by = (of: (pair: PairLoss) => number) => got.map((pair, i) => share[i] * of(pair));
  const sum = by(({ loss }) => loss).reduce((a, x) => a + x, 0);
  expectClose("loss", sum, expected.loss, FLOAT64);
  if (expected.per_pair) {
    const each = got.map(({ loss }, i) => weights[i] * loss);
    expectClose("by pair", each, expected.per_pair, FLOAT64);
  }
  const chosen = by(({ gradChosen }) => gradChosen);
  const rejected = by(({ gradRejected }) => gradRejected);
  expectClose("gradient of chosen", chosen, expected.grad_chosen, FLOAT64);
  expectClose("gradient of rejected", rejected, expected.grad_rejected, FLOAT64);
}

interface CalibrationVectors {
  predicted: number[];
  outcome: number[];
  bins: number;
  brier: number;
  probability_of_1: { bins: BinVectors[]; ece: number; mce: number };
  confidence: { bins: BinVectors[]; ece: number; mce: number };
}
interface BinVectors {
  [key: string]: Num | null;
}

/** Reliability bins, ECE, MCE and the Brier score. */
export const calibrationChecker: JsonChecker = {
  matches: (value) => listOf(value, "predicted", "outcome", "probability_of_1"),
  async run(cases, { name }, value) {
    for (const [i, one] of (value as CalibrationVectors[]).entries()) {
      await cases.check(`${name} ${i + 1} Brier`, () => {
        expectClose("Brier", brier(one.predicted, one.outcome), one.brier, FLOAT64);
      });
      for (const [key, convention] of [
        ["probability_of_1", "probability"],
        ["confidence", "confidence"],
      ] as const) {
        await cases.check(`${name} ${i + 1} ${key}`, () => {
          const options = { convention, bins: one.bins };
          const got = calibration(one.predicted, one.outcome, options);
          expectClose("ECE", got.ece, one[key].ece, FLOAT64);
          expectClose("MCE", got.mce, one[key].mce, FLOAT64);
          got.bins.forEach((bin, b) => expectBin(bin, one[key].bins[b], b));
        });
      }
    }
  },
};

function expectBin(bin: ReliabilityBin, expected: BinVectors, b: number): void {
  const count = expected.count ?? expected.n;
  if (count !== undefined) expectSame(`count of bin ${b}`, bin.count, count);
}

interface EnsembleVectors {
  scores: number[][];
  mean: number[];
  wco: number[];
  uwo: Record<string, number[]>;
}

/** Mean, worst case and uncertainty-weighted scores of several members. */
export const ensembleChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "scores", "wco", "uwo"),
  async run(cases, { name }, value) {
    const one = value as EnsembleVectors;
    const members = one.mean.map((_, j) => one.scores.map((scores) => scores[j]));
    const combine = (rule: "mean" | "wco" | "uwo", lambda?: number) =>
      members.map((scores) => combineScores(scores, rule, lambda));
    await cases.check(`${name} mean`, () => {
      expectClose("mean", combine("mean"), one.mean, FLOAT64);
    });
    await cases.check(`${name} WCO`, () => {
      expectClose("WCO", combine("wco"), one.wco, FLOAT64);
    });
    for (const [lambda, expected] of Object.entries(one.uwo)) {
      await cases.check(`${name} UWO λ ${lambda}`, () => {
        expectClose("UWO", combine("uwo", Number(lambda)), expected, FLOAT64);
      });
    }
  },
};
