import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import type { Mixer } from "./attention";
import type { ModelConfig } from "./config";

/** What a family of models owes: its weights' names and shapes, and its forward pass. */
export interface Family {
  /** Name and shape of each weight but the head's. */
  shapes(config: ModelConfig): [string, number[]][];
  embedding: string;
  /** Matrices are stored [in, out], not PyTorch's [out, in]. */
  transposed?: true;
  isNorm(name: string): boolean;
  /** Projections that add to the residual stream, where fresh ones are smaller for it. */
  isScaledDown?(name: string): boolean;
  /**
   * From token ids to the last hidden states, after the final norm.
   * @returns [tokens, headWidth], or of the tokens that are read alone
   */
  forward(config: ModelConfig, params: Parameters, x: Tokens): Tensor;
}

/** Tokens in the order in which they are computed, and the attention that mixes them. */
export interface Tokens {
  /** int32 [tokens] */
  ids: Tensor;
  /** int32 [tokens] */
  positions: Tensor;
  /** int32, broadcasts to [tokens]: the last position of what a token is computed together with */
  lastPosition: Tensor;
  attend: Mixer;
  /** Rows of those tokens whose last hidden states are read; default: all. */
  read?: (x: Tensor) => Tensor;
}

/** In the last layer what follows the attention is computed for the tokens that are read alone. @returns what picks their rows */
export function readIn(
  layer: number,
  { layers }: ModelConfig,
  { read }: Pick<Tokens, "read">,
): (x: Tensor) => Tensor {
  return layer === layers - 1 && read ? read : (x) => x;
}
