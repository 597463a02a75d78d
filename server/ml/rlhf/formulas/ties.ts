import { logSumExp, softplus, sigmoid } from "./numbers";

/** How an observed tie is explained: as evidence that two completions are close. */
export type TieModel = "rao-kupper" | "davidson";

/** What a comparison of i with j came to. */
export type TieOutcome = "i" | "j" | "tie";

export interface TieLoss {
  /** −log P(outcome), nats. */
  loss: number;
  gradI: number;
  gradJ: number;
  /** By log θ (Rao–Kupper) or log ν (Davidson). */
  gradLogParameter: number;
}

/**
 * Rao and Kupper (1967): P(i) = e^ri / (e^ri + θ·e^rj), P(tie) = (θ² − 1)·P(i)·P(j).
 * @param theta above 1; at 1 there are no ties
 */
export function raoKupper(ri: number, rj: number, outcome: TieOutcome, theta: number): TieLoss {
  const log = Math.log(theta);
  const d = ri - rj;
  const lossI = softplus(log - d);
  const lossJ = softplus(log + d);
  const [slopeI, slopeJ] = [sigmoid(log - d), sigmoid(log + d)]; // d loss / d log θ of either
  if (outcome === "i")
    return { loss: lossI, gradI: -slopeI, gradJ: slopeI, gradLogParameter: slopeI };
  if (outcome === "j")
    return { loss: lossJ, gradI: slopeJ, gradJ: -slopeJ, gradLogParameter: slopeJ };
  const square = theta * theta;
  return {
    loss: lossI + lossJ - Math.log(square - 1),
    gradI: slopeJ - slopeI,
    gradJ: slopeI - slopeJ,
    gradLogParameter: slopeI + slopeJ - (2 * square) / (square - 1),
  };
}

/**
 * Davidson (1970): P(i) : P(j) : P(tie) = e^ri : e^rj : ν·e^((ri + rj)/2).
 * @param nu above 0; at 0 there are no ties
 */
export function davidson(ri: number, rj: number, outcome: TieOutcome, nu: number): TieLoss {
  const logits = [ri, rj, Math.log(nu) + (ri + rj) / 2];
  const norm = logSumExp(logits);
  const [pi, pj, pt] = logits.map((x) => Math.exp(x - norm));
  const chosen = { i: 0, j: 1, tie: 2 }[outcome];
  const half = outcome === "tie" ? 0.5 : 0;
  return {
    loss: norm - logits[chosen],
    gradI: pi + pt / 2 - half - Number(outcome === "i"),
    gradJ: pj + pt / 2 - half - Number(outcome === "j"),
    gradLogParameter: pt - Number(outcome === "tie"),
  };
}

const models = { "rao-kupper": raoKupper, davidson };

/**
 * −Σ log P over every two ranked completions of one ranking: ordered across tie groups, tied within.
 * @param groups indices, best tie group first @param parameter θ or ν
 */
export function tiedRankingLoss(
  scores: ArrayLike<number>,
  groups: readonly (readonly number[])[],
  model: TieModel,
  parameter: number,
): { loss: number; grad: Float64Array; gradLogParameter: number; pairs: number } {
  const grad = new Float64Array(scores.length);
  const ranked = groups.flatMap((group, rank) => group.map((index) => ({ index, rank })));
  const sum = { loss: 0, gradLogParameter: 0, pairs: 0 };
  ranked.forEach((a, at) => {
    for (const b of ranked.slice(at + 1)) {
      const outcome = a.rank < b.rank ? "i" : "tie";
      const pair = models[model](scores[a.index], scores[b.index], outcome, parameter);
      sum.loss += pair.loss;
      sum.gradLogParameter += pair.gradLogParameter;
      sum.pairs += 1;
      grad[a.index] += pair.gradI;
      grad[b.index] += pair.gradJ;
    }
  });
  return { ...sum, grad };
}

/**
 * θ or ν that gives this share of ties between completions of equal worth: where a model begins.
 * Rao–Kupper: (θ − 1)/(θ + 1) = share; Davidson: ν/(2 + ν) = share.
 * @param share of ties among all pairs; held within 0.01 and 0.9, so that either outcome stays possible
 */
export function tieParameter(model: TieModel, share: number): number {
  const t = Math.min(0.9, Math.max(0.01, share));
  return model === "rao-kupper" ? (1 + t) / (1 - t) : (2 * t) / (1 - t);
}
