import { pairLoss, type PairOptions, shares, type WeightNormalisation } from "./pairwise";

/** Indices of two completions of one prompt. */
export interface Pair {
  chosen: number;
  rejected: number;
}

/**
 * The comparisons that a ranking implies: one for every two completions in different tie groups.
 * Ties and completions that are in no group imply none.
 * @param groups indices of completions, best tie group first
 */
export function impliedPairs(groups: readonly (readonly number[])[]): Pair[] {
  return groups.flatMap((better, i) =>
    groups
      .slice(i + 1)
      .flatMap((worse) =>
        better.flatMap((chosen) => worse.map((rejected) => ({ chosen, rejected }))),
      ),
  );
}

/** Every two completions of one tie group; which is `chosen` says nothing. */
export function tiedPairs(groups: readonly (readonly number[])[]): Pair[] {
  return groups.flatMap((group) =>
    group.flatMap((chosen, i) => group.slice(i + 1).map((rejected) => ({ chosen, rejected }))),
  );
}

/** What a ranking's sum over pairs is divided by: the pairs it implies, or C(K,2) whatever it implies. */
export type PairNormalisation = "implied" | "all";

/** How a batch's loss becomes a mean. */
export interface BatchNormalisation {
  /** `batch`: every pair of the batch weighs the same, so that a ranking of many weighs more. */
  normalisePairs: PairNormalisation | "batch";
  normaliseWeights: WeightNormalisation;
}

/** A ranking with its labeler's weight, and the pairs (listwise: choices) that it implies. */
export interface Weighed {
  weight: number;
  pairs: number;
  /** How many pairs there could be. */
  most: number;
}

/** The most pairs that k completions can imply, C(k,2). */
export const pairsAmong = (k: number): number => (k * (k - 1)) / 2;

/** The divisor P of a ranking, at least 1. */
const pairDivisor = (normalise: PairNormalisation, { pairs, most }: Omit<Weighed, "weight">) =>
  Math.max(1, normalise === "implied" ? pairs : most);

/** What the loss of each pair of each ranking is multiplied by, so that their sum is the batch's loss. */
export function pairShares(
  rankings: readonly Weighed[],
  { normalisePairs, normaliseWeights }: BatchNormalisation,
): number[] {
  const weights = rankings.map(({ weight }) => weight);
  if (normalisePairs !== "batch") {
    const share = shares(weights, normaliseWeights);
    return rankings.map((ranking, i) => share[i] / pairDivisor(normalisePairs, ranking));
  }
  const counted = normaliseWeights === "weights" ? weights : weights.map(() => 1);
  const total = rankings.reduce((sum, { pairs }, i) => sum + counted[i] * pairs, 0);
  return weights.map((weight) => (total === 0 ? 0 : weight / total));
}

/**
 * −1/P · Σ log σ(r_w − r_l) over the pairs of one ranking (Ouyang et al. 2022), with its gradient.
 * @param scores one for each completion @param groups indices, best tie group first
 * @returns loss in nats (0 when the ranking orders nothing), grad as long as scores
 */
export function kwiseLoss(
  scores: ArrayLike<number>,
  groups: readonly (readonly number[])[],
  options: PairOptions & { normalise?: PairNormalisation } = {},
): { loss: number; grad: Float64Array; pairs: number } {
  const pairs = impliedPairs(groups);
  const grad = new Float64Array(scores.length);
  const counted = { pairs: pairs.length, most: pairsAmong(scores.length) };
  const divisor = pairDivisor(options.normalise ?? "implied", counted);
  let loss = 0;
  for (const { chosen, rejected } of pairs) {
    const pair = pairLoss(scores[chosen], scores[rejected], options);
    loss += pair.loss / divisor;
    grad[chosen] += pair.gradChosen / divisor;
    grad[rejected] += pair.gradRejected / divisor;
  }
  return { loss, grad, pairs: pairs.length };
}
