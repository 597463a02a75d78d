/** Frequencies of the rotary embedding, changed to reach further than the model was trained for. */
export type RopeScaling =
  | { type: "linear"; factor: number }
  | {
      type: "llama3";
      factor: number;
      lowFreqFactor: number;
      highFreqFactor: number;
      originalContext: number;
    };

/** What there is to know of a decoder-only transformer, whatever its family calls it. */
export interface ModelConfig {
  family: "gpt2" | "llama";
  /** Language model, or one score a token (reward and value networks). */
  head: "lm" | "score";
  vocab: number;
  width: number;
  layers: number;
  heads: number;
  /** Key/value heads, each shared by heads/kvHeads query heads. */
  kvHeads: number;
  headDim: number;
  /** Width inside the feed-forward block. */
  ffn: number;
  /** Longest sequence in tokens. */
  context: number;
  normEps: number;
  activation: "gelu_new" | "gelu" | "relu" | "silu";
  /** Rotary embedding; null: learned positions. */
  rope: { theta: number; scaling: RopeScaling | null } | null;
  /** The head is the embedding, transposed. */
  tied: boolean;
  /** Where attention has biases (Llama: none, Qwen2: qkv, GPT-2: all). */
  attentionBias: "none" | "qkv" | "all";
  mlpBias: boolean;
  bosId: number | null;
  eosId: number | null;
  padId: number | null;
  /** Score heads: scores are reported as (score − mean)/std; the weights stay as trained. */
  reward?: { mean: number; std: number };
}
