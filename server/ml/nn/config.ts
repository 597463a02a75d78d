import type { Lora } from "./lora-settings";

export type Activation = "gelu_new" | "gelu" | "relu" | "silu";

/** Rotary position embedding (Su et al. 2021), with what stretches it to longer contexts. */
interface Rope {
  readonly theta: number;
  readonly scaling:
    | { readonly type: "linear"; readonly factor: number }
    | {
        readonly type: "llama3";
        readonly factor: number;
        readonly lowFreqFactor: number;
        readonly highFreqFactor: number;
        readonly originalContext: number;
      }
    | null;
}

/** What there is to know of a decoder-only transformer, whatever its family calls it. */
export interface ModelConfig {
  readonly family: "gpt2" | "llama";
  /** lm: logits over the vocabulary; score: one number a token (reward and value networks) */
  readonly head: "lm" | "score";
  readonly vocab: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Key/value heads, each shared by heads/kvHeads query heads. */
  readonly kvHeads: number;
  readonly headDim: number;
  /** Width inside the feed-forward block. */
  readonly ffn: number;
  /** Longest sequence in tokens. */
  readonly context: number;
  readonly normEps: number;
  readonly activation: Activation;
  /** null: learned positions */
  readonly rope: Rope | null;
  /** The head is the embedding, transposed. */
  readonly tied: boolean;
  /** Where attention has biases (Llama: none, Qwen2: qkv, GPT-2: all). */
  readonly attentionBias: "none" | "qkv" | "all";
  readonly mlpBias: boolean;
  readonly bosId: number | null;
  readonly eosId: number | null;
  readonly padId: number | null;
  /** Score heads: scores are reported as (score − mean)/std; the weights stay as trained. */
  readonly reward?: { readonly mean: number; readonly std: number };
  /** Adapters beside the weights, which learn in their stead. */
  readonly lora?: Lora;
}
