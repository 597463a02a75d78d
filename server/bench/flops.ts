import type { ModelConfig } from "../ml/nn/model";

/**
 * Floating-point operations of the matrix products of one forward pass, a multiply and an add counted as two.
 * @param context keys that a token sees, on average
 */
export function forwardFlops(config: ModelConfig, tokens: number, context: number): number {
  const { width, heads, kvHeads, headDim, ffn, layers, vocab, family } = config;
  const head = width * (config.head === "lm" ? vocab : 1);
  const projections = width * headDim * (2 * heads + 2 * kvHeads);
  const feedForward = (family === "llama" ? 3 : 2) * width * ffn;
  const attention = 2 * context * heads * headDim;
  return 2 * tokens * (layers * (projections + feedForward + attention) + head);
}

/** Forward and backward: each product has two more in its gradient. Sequences of `time` tokens, causal. */
export function trainingFlops(config: ModelConfig, batch: number, time: number): number {
  return 3 * forwardFlops(config, batch * time, (time + 1) / 2);
}
