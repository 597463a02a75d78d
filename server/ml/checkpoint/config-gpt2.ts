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

const zGpt2 = zCommon.extend({
  n_embd: size,
  n_layer: layers,
  n_head: size,
  n_positions: size,
  n_inner: size.nullish(),
  activation_function: z.string().default("gelu_new"),
  layer_norm_epsilon: z.number().positive().default(1e-5),
  tie_word_embeddings: z.boolean().default(true),
  scale_attn_weights: z.boolean().default(true),
  scale_attn_by_inverse_layer_idx: z.boolean().default(false),
});

/** GPT-2's config.json. */
export const gpt2Format: ConfigFormat = {
  read(raw, file) {
    const json = parse(zGpt2, raw, file);
    const { n_embd: width, n_head: heads } = json;
    const byWidth = json.scale_attn_weights;
    const byLayer = json.scale_attn_by_inverse_layer_idx;
    return {
      ...commonConfig(json, file),
      family: "gpt2",
      width,
      layers: json.n_layer,
      heads,
      kvHeads: heads,
      headDim: evenHeadDim(width, heads, file),
      ffn: json.n_inner ?? 4 * width,
      context: json.n_positions,
      normEps: json.layer_norm_epsilon,
      activation: activationOf(json.activation_function, file),
      rope: null,
      tied: json.tie_word_embeddings,
      attentionBias: "all",
      mlpBias: true,
      ...((byLayer || !byWidth) && { attentionScale: { byWidth, byLayer } }),
    };
  },

  write(config) {
    const { byWidth, byLayer } = config.attentionScale ?? { byWidth: true, byLayer: false };
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
      scale_attn_weights: byWidth,
      scale_attn_by_inverse_layer_idx: byLayer,
    };
  },
};
