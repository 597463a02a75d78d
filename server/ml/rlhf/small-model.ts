import { initialWeights, type ModelConfig } from "../nn/model";
import { trainByteLevelBpe } from "../text/train-bpe";
import type { TextModel } from "./data";

/** What is chosen of a small GPT-2; the rest is as GPT-2 has it. */
export interface SmallSizes {
  width: number;
  layers: number;
  heads: number;
  ffn: number;
  context: number;
}

/**
 * A GPT-2 with random weights and a tokenizer of its own, for tasks of a few words.
 * @param texts what the tokenizer learns its words from; up to `words` merges
 */
export function smallModel(
  texts: readonly string[],
  sizes: SmallSizes,
  seed: number,
  words = 44,
): TextModel {
  const tokenizer = trainByteLevelBpe(texts, { vocab: 256 + words });
  const { vocabSize: vocab, bosId, eosId, padId } = tokenizer;
  const config: ModelConfig = {
    family: "gpt2",
    head: "lm",
    vocab,
    bosId,
    eosId,
    padId,
    ...sizes,
    kvHeads: sizes.heads,
    headDim: sizes.width / sizes.heads,
    normEps: 1e-5,
    activation: "gelu_new",
    rope: null,
    tied: true,
    attentionBias: "all",
    mlpBias: true,
  };
  return { config, weights: initialWeights(config, seed), tokenizer };
}
