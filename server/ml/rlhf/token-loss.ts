import { mul, neg } from "../graph/ops/elementwise";
import { sum } from "../graph/ops/reduce";
import { tokenLogProb } from "../graph/ops/softmax";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import { packBatch, padBatch } from "../nn/batch";
import type { ModelConfig } from "../nn/config";
import { decoderAt, logits } from "../nn/decoder";
import { sequenceInputs } from "../nn/inputs";
import { float32, int32, type Feeds } from "../runtime/feeds";
import { floatVector, intVector } from "../runtime/values";
import { paddingMultiple } from "./batch";
import type { TokenRow } from "./encode";

/** Weighted tokens to predict: their places, their ids, their weights. */
export const tokenLossInputs = {
  ...sequenceInputs,
  rows: int32("tokens"),
  targets: int32("tokens"),
  weights: float32("tokens"),
};

export type TokenLossInput = keyof typeof tokenLossInputs;

/** Σ weight·(−log p(target)). @returns loss [], logProbs [tokens] in nats */
export function tokenLoss(
  config: ModelConfig,
  params: Parameters,
  inputs: Record<TokenLossInput, Tensor>,
): { loss: Tensor; logProbs: Tensor } {
  const z = logits(config, params, decoderAt(config, params, inputs, inputs.rows));
  const logProbs = tokenLogProb(z, inputs.targets);
  return { loss: neg(sum(mul(logProbs, inputs.weights))), logProbs };
}

/** Tokens of a row that are predicted: the completion's, or all but the first. */
export function predicted({ ids, promptLength }: TokenRow, wholeRow = false): number {
  return ids.length - Math.max(1, wholeRow ? 1 : promptLength);
}

export interface TokenLossOptions {
  padId: number | null;
  /** Of each predicted token. */
  weight: number;
  wholeRow?: boolean;
  /** Packs the rows into longer ones of so many tokens, first fit in their order; one a row otherwise. */
  packInto?: number;
}

export function tokenLossFeeds(
  rows: readonly TokenRow[],
  options: TokenLossOptions,
): Feeds<TokenLossInput> {
  const longest = Math.max(...rows.map(({ ids }) => ids.length));
  const sequences = rows.map(({ ids }) => ids);
  const { at, ...batch } =
    options.packInto === undefined
      ? padBatch(sequences, { padId: options.padId ?? 0, multiple: paddingMultiple(longest) })
      : packBatch(sequences, options.packInto);
  const places: number[] = [];
  const targets: number[] = [];
  rows.forEach(({ ids, promptLength }, b) => {
    // the first token of all has nothing before it that could predict it
    for (let i = Math.max(1, options.wholeRow ? 1 : promptLength); i < ids.length; i++) {
      places.push(at(b, i - 1));
      targets.push(ids[i]);
    }
  });
  return {
    ...batch,
    rows: intVector(places),
    targets: intVector(targets),
    weights: floatVector(new Float32Array(targets.length).fill(options.weight)),
  };
}
