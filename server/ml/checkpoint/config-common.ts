import { z } from "zod";
import { AppError } from "../../domain/app-error";
import type { Activation } from "../nn/config";
import type { ModelConfig } from "../nn/model";

/** Names of activations in config.json; some are the same function. */
const activations: Record<string, Activation> = {
  gelu_new: "gelu_new",
  gelu_pytorch_tanh: "gelu_new",
  gelu_python_tanh: "gelu_new",
  gelu_fast: "gelu_new",
  gelu_accurate: "gelu_new",
  gelu: "gelu",
  gelu_python: "gelu",
  quick_gelu: "quick_gelu",
  relu: "relu",
  relu2: "relu2",
  silu: "silu",
  swish: "silu",
  sigmoid: "sigmoid",
  tanh: "tanh",
};

export const size = z.number().int().positive();
export const layers = size.max(1000); // a number to be trusted before any tensor is seen

/** A token's id, or the first of several; null where there is none. */
const tokenId = z
  .union([z.number().int(), z.array(z.number().int()).min(1)])
  .nullish()
  .transform((id) => (Array.isArray(id) ? id[0] : id))
  .transform((id) => (id === undefined || id === null || id < 0 ? null : id));

/** What every family's config.json has. */
export const zCommon = z.looseObject({
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
type Common = z.infer<typeof zCommon>;

export function parse<T>(schema: z.ZodType<T>, json: unknown, file: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(file, `${issue.path.join(".") || "the file"}: ${issue.message}`);
}

export function refuse(file: string, what: string): AppError {
  return new AppError(
    "bad-input",
    `${file}: ${what}. Use a model of a supported kind, or correct the file.`,
  );
}

/**
 * Options of other models that change what is computed. None of our families has them; a file that
 * sets one describes another model than its model_type says.
 */
const foreign =
  /_multiplier$|softcapping|logits?_scal(e|ing)|^query_pre_attn_scalar$|experts|^clip_qkv$|alibi|no_rope|sliding_window_pattern|attention_chunk_size|qk_norm|^quantization_config$|cross_attention|^is_encoder_decoder$|^pruned_heads$|^per_layer_config$|rope_local|rope_interleave|_lora_rank$|^residual_scale$|^use_bidirectional_attention$|^attention_sinks?$/;

/** @throws AppError naming the option */
export function refuseForeignOptions(json: Common, file: string): void {
  for (const [key, value] of Object.entries(json)) {
    if (foreign.test(key) && !isOff(value)) {
      throw refuse(file, `${key} ${JSON.stringify(value)} is not supported`);
    }
  }
  if (json["is_causal"] === false)
    throw refuse(file, "is_causal false (attention to later tokens) is not supported");
}

function isOff(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return true;
  if (value === 0 || value === 1) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** The options that mean the same in every family. */
export function commonConfig(json: Common, file: string) {
  const { reward_normalization: reward, vocab_size: vocab } = json;
  // tiny models often keep the ids of a vocabulary that they do not have: no text contains them
  const within = (id: number | null): number | null => (id !== null && id < vocab ? id : null);
  return {
    head: headOf(json, file),
    vocab,
    bosId: within(json.bos_token_id),
    eosId: within(json.eos_token_id),
    padId: within(json.pad_token_id),
    ...(reward && { reward }),
  };
}

function headOf(json: Common, file: string): "lm" | "score" {
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

export function activationOf(name: string, file: string): Activation {
  if (Object.hasOwn(activations, name)) return activations[name];
  throw refuse(
    file,
    `activation "${name}" is not supported: expected ${Object.keys(activations).join(", ")}`,
  );
}

/** A head's width where all heads together are as wide as the model. */
export function evenHeadDim(width: number, heads: number, file: string): number {
  if (width % heads === 0) return width / heads;
  throw refuse(file, `a width of ${width} is not a multiple of its ${heads} attention heads`);
}

export type Json = Record<string, unknown>;

/** What a family's file of options owes: from config.json and back. */
export interface ConfigFormat {
  /** @throws AppError bad-input naming the option */
  read(json: unknown, file: string): ModelConfig;
  write(config: ModelConfig): Json;
}
