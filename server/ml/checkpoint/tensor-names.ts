import { familyOf, type ModelConfig } from "../nn/model";

/**
 * Names that a parameter may be stored under, ours to write first: a backbone without its prefix, a
 * tied embedding as the head, GPT-NeoX's head as its files call it.
 */
export function storedNames(name: string, config: ModelConfig): string[] {
  if (name === "lm_head.weight") return headNames(config);
  const bare = name.replace(/^(transformer|model|gpt_neox)\./, "");
  const isEmbedding = name === familyOf(config).embedding;
  return [name, bare, ...(config.tied && isEmbedding ? headNames(config) : [])];
}

function headNames({ family }: ModelConfig): string[] {
  return family === "gpt_neox" ? ["embed_out.weight", "lm_head.weight"] : ["lm_head.weight"];
}

/** A tensor that this model does not use: a buffer that old versions stored, or the head of another task. */
export function isHarmless(name: string, config: ModelConfig): boolean {
  if (/(\.(attn|attention)\.(bias|masked_bias)|rotary_emb\.inv_freq)$/.test(name)) return true;
  const spare = config.tied || config.head === "score" ? headNames(config) : ["score.weight"];
  return spare.includes(name);
}
