import { z } from "zod";
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

const zGptNeox = zCommon.extend({
  hidden_size: size,
  intermediate_size: size,
  num_hidden_layers: layers,
  num_attention_heads: size,
  max_position_embeddings: size,
  layer_norm_eps: z.number().positive().default(1e-5),
  hidden_act: z.string().default("gelu"),
  attention_bias: z.boolean().default(true),
  use_parallel_residual: z.boolean().default(true),
  tie_word_embeddings: z.boolean().default(false),
  rotary_pct: z.number().positive().max(1).nullish(),
  rotary_emb_base: z.number().positive().nullish(),
  ...ropeOptions,
});

/** GPT-NeoX's config.json (Pythia's too). */
export const gptNeoxFormat: ConfigFormat = {
  read(raw, file) {
    const json = parse(zGptNeox, raw, file);
    const { hidden_size: width, num_attention_heads: heads } = json;
    const headDim = evenHeadDim(width, heads, file);
    const { rotary_pct: pct, rotary_emb_base: base } = json;
    const { rope, context } = ropeOf(
      json,
      { theta: base ?? 10_000, partial: pct ?? 0.25 },
      headDim,
      file,
    );
    // names of other families, which versions of transformers read differently
    if ((json.rope_theta ?? rope.theta) !== rope.theta)
      throw refuse(file, `rope_theta ${json.rope_theta} is not the rotary_emb_base ${rope.theta}`);
    const { partial = 1 } = rope;
    if ((json.partial_rotary_factor ?? partial) !== partial)
      throw refuse(
        file,
        `partial_rotary_factor ${json.partial_rotary_factor} is not the rotary_pct ${partial}`,
      );
    return {
      ...commonConfig(json, file),
      family: "gpt_neox",
      width,
      layers: json.num_hidden_layers,
      heads,
      kvHeads: heads,
      headDim,
      ffn: json.intermediate_size,
      context,
      normEps: json.layer_norm_eps,
      activation: activationOf(json.hidden_act, file),
      rope,
      tied: json.tie_word_embeddings,
      attentionBias: json.attention_bias ? "all" : "none",
      mlpBias: true,
      ...(!json.use_parallel_residual && { parallelResidual: false }),
    };
  },

  write(config) {
    const rope = config.rope!;
    return {
      model_type: "gpt_neox",
      hidden_size: config.width,
      intermediate_size: config.ffn,
      num_hidden_layers: config.layers,
      num_attention_heads: config.heads,
      max_position_embeddings: maxPositions(rope, config.context),
      layer_norm_eps: config.normEps,
      hidden_act: config.activation,
      attention_bias: config.attentionBias === "all",
      use_parallel_residual: config.parallelResidual ?? true,
      rotary_pct: rope.partial ?? 1,
      rotary_emb_base: rope.theta,
      rope_scaling: ropeScalingJson(rope),
      attention_dropout: 0,
      hidden_dropout: 0,
      classifier_dropout: 0,
    };
  },
};
