/** A named fp32 array, in Hugging Face's layout. Trainers update `data` in place, so whoever holds it sees the change. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Under Hugging Face's names. */
export type Weights = Map<string, Weight>;

export type Activation = "gelu_new" | "gelu" | "relu" | "silu";

/** Rotary position embedding (Su et al. 2021), with what stretches it to longer contexts. */
export interface Rope {
  readonly theta: number;
  readonly scaling:
    | { readonly type: "linear"; readonly factor: number }
    | {
        readonly type: "llama3";
        readonly factor: number;
        readonly lowFrequencyFactor: number;
        readonly highFrequencyFactor: number;
        readonly originalContext: number;
      }
    | null;
}

/** What a decoder-only transformer is; one file a family in this folder. */
export interface ModelConfig {
  readonly family: "gpt2" | "llama";
  /** lm: logits over the vocabulary; score: one number a token (a reward) */
  readonly head: "lm" | "score";
  readonly vocab: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly ffn: number;
  /** positions at most */
  readonly context: number;
  readonly normEps: number;
  readonly activation: Activation;
  /** null: learned positions */
  readonly rope: Rope | null;
  /** the head shares the embedding's weights */
  readonly tied: boolean;
  /** biases of the attention's products: qkv is Qwen2's, all GPT-2's */
  readonly attentionBias: "none" | "qkv" | "all";
  readonly mlpBias: boolean;
  readonly bosId: number | null;
  readonly eosId: number | null;
  readonly padId: number | null;
  /** normalisation of a reward: (score − mean) / std, kept in config.json */
  readonly reward?: { readonly mean: number; readonly std: number };
}

export interface Model {
  readonly config: ModelConfig;
  readonly weights: Weights;
}

/** Every parameter's name and shape, in the order of a state dict. */
export function parameterShapes(config: ModelConfig): Map<string, number[]> {
  return new Map(config.family === "gpt2" ? gpt2Shapes(config) : llamaShapes(config));
}

function* gpt2Shapes(config: ModelConfig): Generator<[string, number[]]> {
  const { width, ffn, vocab, context } = config;
  yield ["transformer.wte.weight", [vocab, width]];
  yield ["transformer.wpe.weight", [context, width]];
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `transformer.h.${layer}`;
    yield* norm(`${at}.ln_1`, width);
    yield* [
      [`${at}.attn.c_attn.weight`, [width, 3 * width]],
      [`${at}.attn.c_attn.bias`, [3 * width]],
      [`${at}.attn.c_proj.weight`, [width, width]],
      [`${at}.attn.c_proj.bias`, [width]],
    ] as [string, number[]][];
    yield* norm(`${at}.ln_2`, width);
    yield* [
      [`${at}.mlp.c_fc.weight`, [width, ffn]],
      [`${at}.mlp.c_fc.bias`, [ffn]],
      [`${at}.mlp.c_proj.weight`, [ffn, width]],
      [`${at}.mlp.c_proj.bias`, [width]],
    ] as [string, number[]][];
  }
  yield* norm("transformer.ln_f", width);
  yield* head(config);
}

function* norm(at: string, width: number): Generator<[string, number[]]> {
  yield [`${at}.weight`, [width]];
  yield [`${at}.bias`, [width]];
}

function* llamaShapes(config: ModelConfig): Generator<[string, number[]]> {
  const { width, ffn, vocab, headDim, mlpBias } = config;
  const [q, kv] = [config.heads * headDim, config.kvHeads * headDim];
  const qkvBias = config.attentionBias !== "none";
  yield ["model.embed_tokens.weight", [vocab, width]];
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `model.layers.${layer}`;
    yield [`${at}.input_layernorm.weight`, [width]];
    yield* linear(`${at}.self_attn.q_proj`, width, q, qkvBias);
    yield* linear(`${at}.self_attn.k_proj`, width, kv, qkvBias);
    yield* linear(`${at}.self_attn.v_proj`, width, kv, qkvBias);
    yield* linear(`${at}.self_attn.o_proj`, q, width, config.attentionBias === "all");
    yield [`${at}.post_attention_layernorm.weight`, [width]];
    yield* linear(`${at}.mlp.gate_proj`, width, ffn, mlpBias);
    yield* linear(`${at}.mlp.up_proj`, width, ffn, mlpBias);
    yield* linear(`${at}.mlp.down_proj`, ffn, width, mlpBias);
  }
  yield ["model.norm.weight", [width]];
  yield* head(config);
}

/** Weights of Linear layers are [out, in]; GPT-2's Conv1D weights above are [in, out]. */
function* linear(
  at: string,
  width: number,
  out: number,
  bias: boolean,
): Generator<[string, number[]]> {
  yield [`${at}.weight`, [out, width]];
  if (bias) yield [`${at}.bias`, [out]];
}

function* head(config: ModelConfig): Generator<[string, number[]]> {
  if (config.head === "score") yield ["score.weight", [1, config.width]];
  else if (!config.tied) yield ["lm_head.weight", [config.vocab, config.width]];
}
