import { z } from "zod";
import {
  activationOf,
  commonConfig,
  type ConfigFormat,
  evenHeadDim,
  layers,
  parse,
  size,
  zCommon,
} from "./config-common";

const zOpt = zCommon.extend({
  hidden_size: size,
  ffn_dim: size,
  num_hidden_layers: layers,
  num_attention_heads: size,
  max_position_embeddings: size,
  word_embed_proj_dim: size.nullish(),
  activation_function: z.string().default("relu"),
  do_layer_norm_before: z.boolean().default(true),
  _remove_final_layer_norm: z.boolean().default(false),
  layer_norm_elementwise_affine: z.boolean().default(true),
  enable_bias: z.boolean().default(true),
  tie_word_embeddings: z.boolean().default(true),
});

/** OPT's config.json. */
export const optFormat: ConfigFormat = {
  read(raw, file) {
    const { _remove_final_layer_norm: unfinished, ...json } = parse(zOpt, raw, file);
    const { hidden_size: width, num_attention_heads: heads } = json;
    const opt = {
      normFirst: json.do_layer_norm_before,
      finalNorm: json.do_layer_norm_before && !unfinished,
      affine: json.layer_norm_elementwise_affine,
      embedWidth: json.word_embed_proj_dim ?? width,
    };
    const usual = opt.normFirst && opt.finalNorm && opt.affine && opt.embedWidth === width;
    return {
      ...commonConfig(json, file),
      family: "opt",
      width,
      layers: json.num_hidden_layers,
      heads,
      kvHeads: heads,
      headDim: evenHeadDim(width, heads, file),
      ffn: json.ffn_dim,
      context: json.max_position_embeddings,
      normEps: 1e-5, // not an option of the family
      activation: activationOf(json.activation_function, file),
      rope: null,
      tied: json.tie_word_embeddings,
      attentionBias: json.enable_bias ? "all" : "none",
      mlpBias: json.enable_bias,
      ...(!usual && { opt }),
    };
  },

  write(config) {
    const { opt } = config;
    return {
      model_type: "opt",
      hidden_size: config.width,
      ffn_dim: config.ffn,
      num_hidden_layers: config.layers,
      num_attention_heads: config.heads,
      max_position_embeddings: config.context,
      word_embed_proj_dim: opt?.embedWidth ?? config.width,
      activation_function: config.activation,
      do_layer_norm_before: opt?.normFirst ?? true,
      _remove_final_layer_norm: opt ? opt.normFirst && !opt.finalNorm : false,
      layer_norm_elementwise_affine: opt?.affine ?? true,
      enable_bias: config.mlpBias,
      dropout: 0,
      attention_dropout: 0,
      layerdrop: 0,
    };
  },
};
