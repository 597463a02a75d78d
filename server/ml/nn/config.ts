import type { Lora } from "./lora-settings";

export type Activation =
  | "gelu_new"
  | "gelu"
  | "quick_gelu"
  | "relu"
  | "relu2"
  | "silu"
  | "sigmoid"
  | "tanh";

/** What stretches rotary positions to contexts longer than the one of training. */
export type RopeScaling =
  | { readonly type: "linear"; readonly factor: number }
  /** NTK-aware, by the length at hand once it passes `trainedContext` tokens */
  | { readonly type: "dynamic"; readonly factor: number; readonly trainedContext: number }
  | {
      readonly type: "llama3";
      readonly factor: number;
      readonly lowFreqFactor: number;
      readonly highFreqFactor: number;
      readonly originalContext: number;
    }
  /** Peng et al. 2023 */
  | {
      readonly type: "yarn";
      readonly factor: number;
      readonly originalContext: number;
      /** turns within the original context: above betaFast a pair is kept, below betaSlow slowed */
      readonly betaFast: number;
      readonly betaSlow: number;
      /** whether the ramp between them begins and ends at whole pairs */
      readonly truncate: boolean;
      /** of cosines and sines */
      readonly attentionFactor: number;
    };

/** Rotary position embedding (Su et al. 2021). */
export interface Rope {
  readonly theta: number;
  readonly scaling: RopeScaling | null;
  /** Part of each head that is turned; 1 when left out. */
  readonly partial?: number;
}

/** What there is to know of a decoder-only transformer, whatever its family calls it. */
export interface ModelConfig {
  /** by the name that config.json uses */
  readonly family: "gpt2" | "gpt_neox" | "llama" | "mistral" | "qwen2" | "qwen3" | "opt";
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
  /** GPT-2: what attention scores are divided by, if not √headDim alone. */
  readonly attentionScale?: { readonly byWidth: boolean; readonly byLayer: boolean };
  /** GPT-NeoX: attention and feed-forward read the same input (true when left out). */
  readonly parallelResidual?: boolean;
  /** OPT: where its layers differ from those of most of its sizes. */
  readonly opt?: OptVariant;
}

export interface OptVariant {
  /** A norm before each block, and one at the end; else one after each (opt-350m). */
  readonly normFirst: boolean;
  readonly finalNorm: boolean;
  /** Norms have gains and biases. */
  readonly affine: boolean;
  /** Width of the embedding and of what the head sees, projected in and out where it differs. */
  readonly embedWidth: number;
}

/** Width of the hidden states that a head sees. */
export function headWidth({ width, opt }: Pick<ModelConfig, "width" | "opt">): number {
  return opt?.embedWidth ?? width;
}
