import { z } from "zod";
import type { ModelConfig } from "../nn/model";
import {
  activationOf,
  commonConfig,
  type ConfigFormat,
  evenHeadDim,
  layers,
  parse,
  refuse,
  size,
  zCommon,
} from "./config-common";
import { maxPositions, ropeOf, ropeOptions, ropeScalingJson } from "./config-rope";

type Relative = "llama" | "mistral" | "qwen2" | "qwen3";

/** What a file that leaves an option out means by it, and which options its model has. */
interface Traits {
  /** null: as many as there are query heads */
  readonly kvHeads: number | null;
  /** null: the model's width divided by its heads */
  readonly headDim: number | null;
  readonly slidingWindow: number | null;
  /** whether sliding_window counts without use_sliding_window */
  readonly alwaysSlides: boolean;
  readonly attentionBias: "option" | "none" | "qkv";
  readonly mlpBias: boolean;
}

const llama: Traits = {
  kvHeads: null,
  headDim: null,
  slidingWindow: null,
  alwaysSlides: true,
  attentionBias: "option",
  mlpBias: true,
};
const mistral: Traits = {
  ...llama,
  kvHeads: 8,
  slidingWindow: 4096,
  attentionBias: "none",
  mlpBias: false,
};
const qwen2: Traits = {
  kvHeads: 32,
  headDim: null,
  slidingWindow: 4096,
  alwaysSlides: false,
  attentionBias: "qkv",
  mlpBias: false,
};
const qwen3: Traits = { ...qwen2, headDim: 128, attentionBias: "option" };
const relatives: Record<Relative, Traits> = { llama, mistral, qwen2, qwen3 };

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
  use_sliding_window: z.boolean().default(false),
  sliding_window: size.nullish(),
  max_window_layers: z.number().int().default(28),
  layer_types: z.array(z.string()).nullish(),
  ...ropeOptions,
});
type LlamaJson = z.infer<typeof zLlama>;

/** config.json of Llama and its relatives. */
export function llamaFormat(family: Relative): ConfigFormat {
  const traits = relatives[family];
  return {
    read(raw, file) {
      const json = parse(zLlama, raw, file);
      const { hidden_size: width, num_attention_heads: heads } = json;
      const headDim = json.head_dim ?? traits.headDim ?? evenHeadDim(width, heads, file);
      const { rope, context } = ropeOf(
        json,
        { theta: json.rope_theta ?? 10_000, partial: 1 },
        headDim,
        file,
      );
      if (rope.partial !== undefined || (json.partial_rotary_factor ?? 1) !== 1)
        throw refuse(file, `partial_rotary_factor is not supported for ${family}`);
      const kvHeads =
        json.num_key_value_heads === undefined ? traits.kvHeads : json.num_key_value_heads;
      refuseWindow(json, traits, context, file);
      return {
        ...commonConfig(json, file),
        family,
        width,
        layers: json.num_hidden_layers,
        heads,
        kvHeads: kvHeads ?? heads,
        headDim,
        ffn: json.intermediate_size,
        context,
        normEps: json.rms_norm_eps,
        activation: activationOf(json.hidden_act, file),
        rope,
        tied: json.tie_word_embeddings,
        attentionBias: biasOf(json, traits),
        mlpBias: traits.mlpBias && json.mlp_bias,
      };
    },
    write: (config) => writeLlama(config, traits),
  };
}

function biasOf(json: LlamaJson, { attentionBias }: Traits): ModelConfig["attentionBias"] {
  if (attentionBias !== "option") return attentionBias;
  return json.attention_bias ? "all" : "none";
}

/** Attention over a window is not computed: no layer may have one that is shorter than the context. */
function refuseWindow(json: LlamaJson, traits: Traits, context: number, file: string): void {
  const slides = traits.alwaysSlides || json.use_sliding_window;
  const given = json.sliding_window === undefined ? traits.slidingWindow : json.sliding_window;
  const window = slides ? given : null;
  const types = json.layer_types;
  const unknown = types?.find((type) => !["full_attention", "sliding_attention"].includes(type));
  if (unknown !== undefined) throw refuse(file, `layer_types: "${unknown}" is not supported`);
  const sliding = types?.includes("sliding_attention") ?? false;
  if (sliding && window === null)
    throw refuse(file, `layer_types has "sliding_attention", but there is no sliding_window`);
  if (window === null || window >= context) return;
  if (
    !traits.alwaysSlides &&
    !sliding &&
    (types || json.max_window_layers >= json.num_hidden_layers)
  )
    return; // no layer slides
  throw refuse(
    file,
    `sliding_window ${window} is shorter than the context of ${context}; attention over a window is not supported. Set max_position_embeddings to ${window}`,
  );
}

function writeLlama(config: ModelConfig, traits: Traits) {
  const rope = config.rope!;
  return {
    model_type: config.family,
    hidden_size: config.width,
    intermediate_size: config.ffn,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    max_position_embeddings: maxPositions(rope, config.context),
    rms_norm_eps: config.normEps,
    hidden_act: config.activation,
    attention_dropout: 0,
    ...(traits.slidingWindow !== null && { sliding_window: null }),
    ...(!traits.alwaysSlides && { use_sliding_window: false }),
    ...(traits.attentionBias === "option" && { attention_bias: config.attentionBias === "all" }),
    ...(traits.mlpBias && { mlp_bias: config.mlpBias, pretraining_tp: 1 }),
    rope_theta: rope.theta,
    rope_scaling: ropeScalingJson(rope),
  };
}
