import type { ModelConfig } from "../nn/model";

/** The class of transformers that opens this model. */
export function architectureOf(config: ModelConfig): string {
  const qwen2 = config.attentionBias === "qkv";
  const name = config.family === "gpt2" ? "GPT2" : qwen2 ? "Qwen2" : "Llama";
  if (config.head === "score") return `${name}ForSequenceClassification`;
  return name === "GPT2" ? "GPT2LMHeadModel" : `${name}ForCausalLM`;
}

/** config.json in the style that transformers 4 and 5 both read. */
export function writeConfig(config: ModelConfig): Record<string, unknown> {
  return {
    architectures: [architectureOf(config)],
    ...(config.family === "gpt2" ? gpt2Json(config) : llamaJson(config)),
    vocab_size: config.vocab,
    tie_word_embeddings: config.tied,
    bos_token_id: config.bosId,
    eos_token_id: config.eosId,
    pad_token_id: config.padId,
    torch_dtype: "float32",
    use_cache: true,
    ...(config.head === "score" && {
      num_labels: 1,
      id2label: { "0": "LABEL_0" },
      label2id: { LABEL_0: 0 },
      problem_type: "regression",
    }),
    ...(config.reward && { reward_normalization: config.reward }),
  };
}

function gpt2Json(config: ModelConfig) {
  return {
    model_type: "gpt2",
    n_embd: config.width,
    n_layer: config.layers,
    n_head: config.heads,
    n_positions: config.context,
    n_inner: config.ffn,
    activation_function: config.activation,
    layer_norm_epsilon: config.normEps,
    attn_pdrop: 0,
    embd_pdrop: 0,
    resid_pdrop: 0,
    summary_first_dropout: 0,
    scale_attn_weights: true,
    scale_attn_by_inverse_layer_idx: false,
  };
}

function llamaJson(config: ModelConfig) {
  const qwen2 = config.attentionBias === "qkv";
  return {
    model_type: qwen2 ? "qwen2" : "llama",
    hidden_size: config.width,
    intermediate_size: config.ffn,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    max_position_embeddings: config.context,
    rms_norm_eps: config.normEps,
    hidden_act: config.activation,
    attention_dropout: 0,
    ...(qwen2
      ? { use_sliding_window: false, sliding_window: null }
      : {
          attention_bias: config.attentionBias === "all",
          mlp_bias: config.mlpBias,
          pretraining_tp: 1,
        }),
    rope_theta: config.rope?.theta,
    rope_scaling: ropeScaling(config),
  };
}

function ropeScaling({ rope }: ModelConfig): Record<string, unknown> | null {
  const scaling = rope?.scaling ?? null;
  if (scaling === null) return null;
  if (scaling.type === "linear") return { rope_type: "linear", factor: scaling.factor };
  return {
    rope_type: "llama3",
    factor: scaling.factor,
    low_freq_factor: scaling.lowFreqFactor,
    high_freq_factor: scaling.highFreqFactor,
    original_max_position_embeddings: scaling.originalContext,
  };
}
