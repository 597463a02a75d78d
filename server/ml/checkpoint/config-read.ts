import { z } from "zod";
import { AppError } from "../../domain/app-error";
import type { ModelConfig } from "../nn/model";

type Activation = ModelConfig["activation"];
type Rope = NonNullable<ModelConfig["rope"]>;

/** model_type → family; llama's relatives differ by a few flags. */
const families = { gpt2: "gpt2", llama: "llama", mistral: "llama", qwen2: "llama" } as const;

/** What config.json may call its model and this engine can run. */
export const knownModelTypes: readonly string[] = Object.keys(families);

const activations: Record<string, Activation> = {
  gelu_new: "gelu_new",
  gelu_pytorch_tanh: "gelu_new",
  gelu_fast: "gelu_new",
  gelu: "gelu",
  relu: "relu",
  silu: "silu",
  swish: "silu",
};

const size = z.number().int().positive();
const layers = size.max(1000); // a number to be trusted before any tensor is seen
const tokenId = z
  .union([z.number().int(), z.array(z.number().int()).min(1)])
  .nullish()
  .transform((id) => (Array.isArray(id) ? id[0] : id))
  .transform((id) => (id === undefined || id === null || id < 0 ? null : id));

const zCommon = z.looseObject({
  model_type: z.string(),
  architectures: z.array(z.string()).nullish(),
  vocab_size: size,
  bos_token_id: tokenId,
  eos_token_id: tokenId,
  pad_token_id: tokenId,
  num_labels: size.optional(),
  id2label: z.record(z.string(), z.unknown()).optional(),
  reward_normalization: z.object({ mean: z.number(), std: z.number().positive() }).optional(),
});

const zGpt2 = zCommon.extend({
  n_embd: size,
  n_layer: layers,
  n_head: size,
  n_positions: size,
  n_inner: size.nullish(),
  activation_function: z.string().default("gelu_new"),
  layer_norm_epsilon: z.number().positive().default(1e-5),
  tie_word_embeddings: z.boolean().default(true),
  scale_attn_weights: z.literal(true).default(true),
  scale_attn_by_inverse_layer_idx: z.literal(false).default(false),
  add_cross_attention: z.literal(false).default(false),
});

const zScaling = z.looseObject({
  rope_type: z.string().optional(),
  type: z.string().optional(),
  factor: z.number().positive().optional(),
  low_freq_factor: z.number().positive().optional(),
  high_freq_factor: z.number().positive().optional(),
  original_max_position_embeddings: size.optional(),
  rope_theta: z.number().positive().optional(),
  partial_rotary_factor: z.literal(1).optional(),
});

const zLlama = zCommon.extend({
  hidden_size: size,
  intermediate_size: size,
  num_hidden_layers: layers,
  num_attention_heads: size,
  num_key_value_heads: size.nullish(),
  head_dim: size.nullish(),
  max_position_embeddings: size,
  rms_norm_eps: z.number().positive().default(1e-6),
  hidden_act: z.string().default("silu"),
  attention_bias: z.boolean().default(false),
  mlp_bias: z.boolean().default(false),
  tie_word_embeddings: z.boolean().default(false),
  rope_theta: z.number().positive().nullish(),
  rope_scaling: zScaling.nullish(),
  rope_parameters: zScaling.nullish(),
  partial_rotary_factor: z.literal(1).optional(),
  use_sliding_window: z.boolean().default(false),
  sliding_window: size.nullish(),
});

/**
 * config.json → what the engine runs, in the styles of transformers 4 and 5.
 * @param file for messages @throws AppError bad-input naming the option, what was expected and what to do
 */
export function readConfig(json: unknown, file: string): ModelConfig {
  const common = parse(zCommon, json, file);
  const family = Object.hasOwn(families, common.model_type)
    ? families[common.model_type as keyof typeof families]
    : null;
  if (family === null) {
    throw refuse(
      file,
      `model_type "${common.model_type}" is not one that can be run: expected ${knownModelTypes.join(", ")}`,
    );
  }
  const config =
    family === "gpt2"
      ? gpt2Config(parse(zGpt2, json, file), file)
      : llamaConfig(parse(zLlama, json, file), file);
  if (config.heads % config.kvHeads !== 0) {
    throw refuse(
      file,
      `${config.heads} attention heads cannot share ${config.kvHeads} key/value heads evenly`,
    );
  }
  return config;
}

function gpt2Config(json: z.infer<typeof zGpt2>, file: string): ModelConfig {
  const { n_embd: width, n_head: heads } = json;
  if (width % heads !== 0)
    throw refuse(file, `n_embd ${width} is not a multiple of n_head ${heads}`);
  return {
    ...shared(json, file),
    family: "gpt2",
    width,
    layers: json.n_layer,
    heads,
    kvHeads: heads,
    headDim: width / heads,
    ffn: json.n_inner ?? 4 * width,
    context: json.n_positions,
    normEps: json.layer_norm_epsilon,
    activation: activationOf(json.activation_function, file),
    rope: null,
    tied: json.tie_word_embeddings,
    attentionBias: "all",
    mlpBias: true,
  };
}

function llamaConfig(json: z.infer<typeof zLlama>, file: string): ModelConfig {
  const { hidden_size: width, num_attention_heads: heads, max_position_embeddings: context } = json;
  const headDim = json.head_dim ?? width / heads;
  if (!Number.isInteger(headDim) || headDim % 2 !== 0) {
    throw refuse(
      file,
      `a head's width must be even, got ${headDim} (hidden_size ${width} for ${heads} heads)`,
    );
  }
  const windowed = json.model_type === "qwen2" ? json.use_sliding_window : true;
  if (windowed && (json.sliding_window ?? context) < context) {
    throw refuse(
      file,
      `sliding_window ${json.sliding_window} is shorter than the context of ${context}; attention over a window is not supported. Set max_position_embeddings to ${json.sliding_window}`,
    );
  }
  return {
    ...shared(json, file),
    family: "llama",
    width,
    layers: json.num_hidden_layers,
    heads,
    kvHeads: json.num_key_value_heads ?? heads,
    headDim,
    ffn: json.intermediate_size,
    context,
    normEps: json.rms_norm_eps,
    activation: activationOf(json.hidden_act, file),
    rope: ropeOf(json, file),
    tied: json.tie_word_embeddings,
    attentionBias: json.model_type === "qwen2" ? "qkv" : json.attention_bias ? "all" : "none",
    mlpBias: json.mlp_bias,
  };
}

function shared(json: z.infer<typeof zCommon>, file: string) {
  const reward = json.reward_normalization;
  return {
    head: headOf(json, file),
    vocab: json.vocab_size,
    bosId: json.bos_token_id,
    eosId: json.eos_token_id,
    padId: json.pad_token_id,
    ...(reward && { reward }),
  };
}

function headOf(json: z.infer<typeof zCommon>, file: string): "lm" | "score" {
  const [architecture] = json.architectures ?? [];
  if (architecture === undefined || /(ForCausalLM|LMHeadModel)$/.test(architecture)) return "lm";
  if (!architecture.endsWith("ForSequenceClassification")) {
    throw refuse(
      file,
      `architecture ${architecture} is neither a language model (…ForCausalLM) nor a reward model (…ForSequenceClassification)`,
    );
  }
  const labels = json.num_labels ?? Object.keys(json.id2label ?? { 0: "", 1: "" }).length;
  if (labels !== 1)
    throw refuse(file, `a reward model has one output, this one has num_labels ${labels}`);
  return "score";
}

function activationOf(name: string, file: string): Activation {
  const activation = activations[name];
  if (activation) return activation;
  throw refuse(
    file,
    `activation "${name}" is not supported: expected ${Object.keys(activations).join(", ")}`,
  );
}

/** transformers 5 writes rope_parameters, 4 rope_theta and rope_scaling. */
function ropeOf(json: z.infer<typeof zLlama>, file: string): Rope {
  const scaling = json.rope_parameters ?? json.rope_scaling ?? {};
  const theta = scaling.rope_theta ?? json.rope_theta ?? 10_000;
  const type = scaling.rope_type ?? scaling.type ?? "default";
  const need = (
    key: "factor" | "low_freq_factor" | "high_freq_factor" | "original_max_position_embeddings",
  ) => {
    const value = scaling[key];
    if (value === undefined) throw refuse(file, `rope type "${type}" needs ${key}`);
    return value;
  };
  if (type === "default") return { theta, scaling: null };
  if (type === "linear") return { theta, scaling: { type, factor: need("factor") } };
  if (type === "llama3") {
    return {
      theta,
      scaling: {
        type,
        factor: need("factor"),
        lowFreqFactor: need("low_freq_factor"),
        highFreqFactor: need("high_freq_factor"),
        originalContext: need("original_max_position_embeddings"),
      },
    };
  }
  throw refuse(file, `rope type "${type}" is not supported: expected default, linear or llama3`);
}

function parse<T>(schema: z.ZodType<T>, json: unknown, file: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(file, `${issue.path.join(".") || "the file"}: ${issue.message}`);
}

function refuse(file: string, what: string): AppError {
  return new AppError(
    "bad-input",
    `${file}: ${what}. Use a model of a supported kind, or correct the file.`,
  );
}
