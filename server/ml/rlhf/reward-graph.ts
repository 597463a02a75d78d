import {
  abs,
  add,
  exp,
  greater,
  log,
  mul,
  neg,
  softplus,
  square,
  sub,
  where,
} from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { reduceMax, sum } from "../graph/ops/reduce";
import { reshape, slice, squeeze } from "../graph/ops/shape";
import type { Parameters } from "../graph/parameters";
import { stopGradient, type Tensor } from "../graph/tensor";
import { padBatch } from "../nn/batch";
import type { ModelConfig } from "../nn/config";
import { decoderAt, scores } from "../nn/decoder";
import { sequenceInputs } from "../nn/inputs";
import { type Feeds, float32, int32, type Value } from "../runtime/feeds";
import { floatVector, intVector } from "../runtime/values";
import { paddingMultiple, scoredToken } from "./batch";
import type { Pair } from "./formulas/kwise";
import type { Stage } from "./formulas/plackett-luce";
import type { TieModel } from "./formulas/ties";

/** A ranking as tokens: one row a completion, and what its order says of them. */
export interface RankedRows {
  rows: number[][];
  /** Ordered pairs. */
  pairs: Pair[];
  /** Pairs of one tie group, where ties are modelled. */
  ties?: Pair[];
  /** Choices of a listwise loss. */
  stages?: Stage[];
  /** m of its pairs. */
  margin?: number;
  /** Of the ranking; its pairs share it. */
  weight: number;
}

/** A ranking of the data. */
export interface EncodedRanking extends RankedRows {
  /** Its place, from 0. */
  index: number;
}

/** Completions of a ranking at most; a stage has as many places. */
const MOST = 9;
const NOBODY = -1e9; // added to a place that holds no completion: e to it is 0

export const rankingInputs = {
  ...sequenceInputs,
  last: int32("sequences"),
  chosen: int32("pairs"),
  rejected: int32("pairs"),
  margins: float32("pairs"),
  /** 1 where neither was preferred. */
  tied: float32("pairs"),
  weights: float32("pairs"),
  /** Whom a stage chooses among, the chosen first. */
  among: int32("stages", MOST),
  absent: float32("stages", MOST),
  stageWeights: float32("stages"),
};

type RankingInput = keyof typeof rankingInputs;
type Inputs = Record<RankingInput, Tensor>;

export interface RankingLossOptions {
  labelSmoothing: number;
  centring: number;
  /** "pairwise" when left out. */
  loss?: "pairwise" | "plackett-luce";
  /** How ties are explained, by θ or ν; dropped when left out. */
  ties?: { model: TieModel; parameter: number } | null;
}

/** Σ weight·loss over pairs or stages, with what config adds. @returns loss [], scores [sequences] raw */
export function rankingLoss(
  config: ModelConfig,
  params: Parameters,
  inputs: Inputs,
  options: RankingLossOptions,
): { loss: Tensor; scores: Tensor } {
  const all = scores(params, decoderAt(config, params, inputs, inputs.last));
  const chosen = gatherRows(all, inputs.chosen);
  const rejected = gatherRows(all, inputs.rejected);
  const centre = options.centring > 0 ? mul(square(add(chosen, rejected)), options.centring) : null;
  if (options.loss === "plackett-luce") {
    const listwise = sum(mul(choiceLoss(all, inputs), inputs.stageWeights));
    const loss = centre ? add(listwise, sum(mul(centre, inputs.weights))) : listwise;
    return { loss, scores: all };
  }
  const d = sub(sub(chosen, rejected), inputs.margins);
  const each = options.ties
    ? tiedLoss(d, greater(inputs.tied, 0), options.ties)
    : smoothed(d, options.labelSmoothing);
  return { loss: sum(mul(centre ? add(each, centre) : each, inputs.weights)), scores: all };
}

/** −(1−ε)·log σ(d) − ε·log σ(−d). @param d [pairs] */
function smoothed(d: Tensor, epsilon: number): Tensor {
  const right = softplus(neg(d));
  return epsilon > 0 ? add(mul(right, 1 - epsilon), mul(softplus(d), epsilon)) : right;
}

/** −log P(order or tie) (formulas/ties.ts). @param d [pairs] @param tied bool [pairs] */
function tiedLoss(
  d: Tensor,
  tied: Tensor,
  { model, parameter }: NonNullable<RankingLossOptions["ties"]>,
) {
  const logParameter = Math.log(parameter);
  if (model === "rao-kupper") {
    const first = softplus(sub(logParameter, d));
    const both = add(first, softplus(add(d, logParameter)));
    return where(tied, sub(both, Math.log(parameter * parameter - 1)), first);
  }
  // log(e^(d/2) + e^(−d/2) + ν) = a + log(1 + e^(−2a) + ν·e^(−a)), a = |d|/2
  const a = mul(abs(d), 0.5);
  const small = exp(neg(a));
  const norm = add(a, log(add(add(square(small), mul(small, parameter)), 1)));
  return where(tied, sub(norm, logParameter), sub(norm, mul(d, 0.5)));
}

/** log Σ e^r − r_chosen of each stage. @param all [sequences] @returns [stages] */
function choiceLoss(all: Tensor, { among, absent }: Pick<Inputs, "among" | "absent">): Tensor {
  const r = add(reshape(gatherRows(all, reshape(among, [-1])), among.shape), absent);
  const top = stopGradient(reduceMax(r, [1], true));
  const norm = add(log(sum(exp(sub(r, top)), [1], true)), top);
  return squeeze(sub(norm, slice(r, 1, 0, 1)), 1);
}

/**
 * @param weigh what every pair of a ranking (or, with a listwise loss, every stage) weighs
 */
export function rankingFeeds(
  rankings: readonly RankedRows[],
  padId: number | null,
  weigh: (ranking: RankedRows) => number,
): Feeds<RankingInput> {
  const rows = rankings.flatMap((ranking) => ranking.rows);
  const longest = Math.max(...rows.map((row) => row.length));
  const { at, ...batch } = padBatch(rows, {
    padId: padId ?? 0,
    multiple: paddingMultiple(longest),
  });
  const pairs: {
    chosen: number;
    rejected: number;
    margin: number;
    tied: number;
    weight: number;
  }[] = [];
  const stages: { places: number[]; weight: number }[] = [];
  let first = 0;
  for (const ranking of rankings) {
    const share = weigh(ranking);
    const { margin = 0, ties = [], stages: choices = [] } = ranking;
    // with a listwise loss pairs are only centred: their mean, as the stages' mean is the loss
    const weight = choices.length > 0 ? (share * choices.length) / ranking.pairs.length : share;
    const place = ({ chosen, rejected }: Pair, m: number, tied: number) => {
      const at = { chosen: first + chosen, rejected: first + rejected };
      pairs.push({ ...at, margin: m, tied, weight });
    };
    for (const pair of ranking.pairs) place(pair, margin, 0);
    for (const pair of ties) place(pair, 0, 1);
    for (const stage of choices)
      stages.push({ places: stage.map((i) => first + i), weight: share });
    first += ranking.rows.length;
  }
  const places = Array.from({ length: MOST }, (_, i) => i);
  return {
    ...batch,
    last: intVector(rows.map((row, b) => at(b, scoredToken(row, padId)))),
    chosen: intVector(pairs.map((pair) => pair.chosen)),
    rejected: intVector(pairs.map((pair) => pair.rejected)),
    margins: floatVector(pairs.map((pair) => pair.margin)),
    tied: floatVector(pairs.map((pair) => pair.tied)),
    weights: floatVector(pairs.map((pair) => pair.weight)),
    among: {
      data: Int32Array.from(stages.flatMap((stage) => places.map((i) => stage.places[i] ?? 0))),
      shape: [stages.length, MOST],
    },
    absent: {
      data: Float32Array.from(
        stages.flatMap((stage) => places.map((i) => (i < stage.places.length ? 0 : NOBODY))),
      ),
      shape: [stages.length, MOST],
    } satisfies Value,
    stageWeights: floatVector(stages.map((stage) => stage.weight)),
  };
}
