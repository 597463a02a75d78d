import { add, mul, neg, relu, softplus, square, sub } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { sum } from "../graph/ops/reduce";
import { tokenLogProb } from "../graph/ops/softmax";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import type { ModelConfig } from "../nn/config";
import { decoderAt, logits } from "../nn/decoder";
import { type Feeds, float32, int32 } from "../runtime/feeds";
import { floatVector, intVector } from "../runtime/values";
import type { TokenRow } from "./encode";
import type { DpoOptions } from "./formulas/dpo";
import type { Pair } from "./formulas/kwise";
import { responseInputs } from "./ppo-graph";
import { responseFeeds } from "./rollout";
import { ownerFeed, ownerInput, sequenceSums } from "./sequence-graph";

/** One forward pass a completion: the pairs of a ranking share it. */
export const answerInputs = {
  ...responseInputs,
  ...ownerInput,
  /** 1, or 1 / tokens of the answer where log-probabilities are averaged. */
  tokenWeights: float32("tokens"),
  reference: float32("sequences"),
};

export const dpoInputs = {
  ...answerInputs,
  chosen: int32("pairs"),
  rejected: int32("pairs"),
  weights: float32("pairs"),
};

type Inputs<I> = Record<keyof I, Tensor>;

/** log π of whole answers, sums over their tokens. @returns [sequences], nats */
export function answerLogProbs(
  config: ModelConfig,
  params: Parameters,
  inputs: Inputs<typeof answerInputs>,
): Tensor {
  const z = logits(config, params, decoderAt(config, params, inputs, inputs.rows));
  const each = mul(tokenLogProb(z, inputs.targets), inputs.tokenWeights);
  return sequenceSums(each, inputs.owner, inputs.reference);
}

/** Σ weight·loss over pairs (formulas/dpo.ts). @returns loss [], logProbs [sequences] */
export function dpoLoss(
  config: ModelConfig,
  params: Parameters,
  inputs: Inputs<typeof dpoInputs>,
  options: DpoOptions,
): { loss: Tensor; logProbs: Tensor } {
  const logProbs = answerLogProbs(config, params, inputs);
  const ahead = sub(logProbs, inputs.reference);
  const h = sub(gatherRows(ahead, inputs.chosen), gatherRows(ahead, inputs.rejected));
  return { loss: sum(mul(pairCost(h, options), inputs.weights)), logProbs };
}

function pairCost(h: Tensor, { loss, beta, labelSmoothing: e }: DpoOptions): Tensor {
  if (loss === "ipo") return square(sub(h, 1 / (2 * beta)));
  const d = mul(h, beta);
  if (loss === "hinge") return relu(sub(1, d));
  const right = mul(softplus(neg(d)), 1 - e);
  if (e === 0) return right;
  const wrong = mul(softplus(d), e);
  return loss === "sigmoid" ? add(right, wrong) : mul(sub(right, wrong), 1 / (1 - 2 * e));
}

/** An answer with what the reference makes of it. */
export interface Answered extends TokenRow {
  reference: number;
}

export function answerFeeds(
  answers: readonly Answered[],
  options: { padId: number | null; average: boolean },
): Feeds<keyof typeof answerInputs> {
  const lengths = answers.map(({ ids, promptLength }) => ids.length - promptLength);
  return {
    ...responseFeeds(answers, options.padId),
    owner: ownerFeed(lengths),
    tokenWeights: floatVector(
      lengths.flatMap((n) => Array.from<number>({ length: n }).fill(options.average ? 1 / n : 1)),
    ),
    reference: floatVector(answers.map(({ reference }) => reference)),
  };
}

/** @param pairs by index of answers, each with its weight */
export function dpoFeeds(
  answers: readonly Answered[],
  pairs: readonly (Pair & { weight: number })[],
  options: { padId: number | null; average: boolean },
): Feeds<keyof typeof dpoInputs> {
  return {
    ...answerFeeds(answers, options),
    chosen: intVector(pairs.map((pair) => pair.chosen)),
    rejected: intVector(pairs.map((pair) => pair.rejected)),
    weights: floatVector(pairs.map((pair) => pair.weight)),
  };
}
