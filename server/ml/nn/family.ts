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
  /** Projections that add to the residual stream. */
  isResidual(name: string): boolean;
  /**
   * From token ids to the last hidden states, after the final norm.
   * @param ids int32 [tokens] @param positions int32 [tokens] @returns [tokens, width]
   */
  forward(config: ModelConfig, params: Parameters, x: Tokens): Tensor;
}

/** Tokens in the order in which they are computed, and the attention that mixes them. */
interface Tokens {
  ids: Tensor;
  positions: Tensor;
  attend: Mixer;
}
