import { add, mul, neg, softplus, square, sub } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { sum } from "../graph/ops/reduce";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import { padBatch } from "../nn/batch";
import type { ModelConfig } from "../nn/config";
import { atRows, decoder, scores } from "../nn/decoder";
import { sequenceInputs } from "../nn/inputs";
import { type Feeds, float32, int32 } from "../runtime/feeds";
import { floatVector, intVector } from "../runtime/values";
import { paddingMultiple, scoredToken } from "./batch";
import type { Pair } from "./formulas/kwise";
import type { RewardConfig } from "./reward-config";

/** A ranking as tokens: one row a completion, and the pairs it implies. */
export interface RankedRows {
  rows: number[][];
  pairs: Pair[];
  /** Of the ranking; its pairs share it. */
  weight: number;
}

export const rankingInputs = {
  ...sequenceInputs,
  last: int32("sequences"),
  chosen: int32("pairs"),
  rejected: int32("pairs"),
  weights: float32("pairs"),
};

type RankingInput = keyof typeof rankingInputs;

/** Σ weight·(−log σ(r_w − r_l − m)), with what config adds. @returns loss [], scores [sequences] raw */
export function rankingLoss(
  config: ModelConfig,
  params: Parameters,
  inputs: Record<RankingInput, Tensor>,
  options: Pick<RewardConfig, "margin" | "labelSmoothing" | "centring">,
): { loss: Tensor; scores: Tensor } {
  const { margin, labelSmoothing, centring } = options;
  const all = scores(params, atRows(decoder(config, params, inputs), inputs.last));
  const chosen = gatherRows(all, inputs.chosen);
  const rejected = gatherRows(all, inputs.rejected);
  const d = sub(sub(chosen, rejected), margin);
  let each = softplus(neg(d));
  if (labelSmoothing > 0)
    each = add(mul(each, 1 - labelSmoothing), mul(softplus(d), labelSmoothing));
  if (centring > 0) each = add(each, mul(square(add(chosen, rejected)), centring));
  return { loss: sum(mul(each, inputs.weights)), scores: all };
}

/** @param pairWeight of every pair of a ranking */
export function rankingFeeds(
  rankings: readonly RankedRows[],
  padId: number | null,
  pairWeight: (ranking: RankedRows) => number,
): Feeds<RankingInput> {
  const rows = rankings.flatMap((ranking) => ranking.rows);
  const longest = Math.max(...rows.map((row) => row.length));
  const { at, ...batch } = padBatch(rows, {
    padId: padId ?? 0,
    multiple: paddingMultiple(longest),
  });
  const chosen: number[] = [];
  const rejected: number[] = [];
  const weights: number[] = [];
  let first = 0;
  for (const ranking of rankings) {
    const weight = pairWeight(ranking);
    for (const pair of ranking.pairs) {
      chosen.push(first + pair.chosen);
      rejected.push(first + pair.rejected);
      weights.push(weight);
    }
    first += ranking.rows.length;
  }
  return {
    ...batch,
    last: intVector(rows.map((row, b) => at(b, scoredToken(row, padId)))),
    chosen: intVector(chosen),
    rejected: intVector(rejected),
    weights: floatVector(weights),
  };
}
