import { createHash } from "node:crypto";
import { z } from "zod";

/** The parts of tokenizer.json that we read; everything else goes through untouched. */
export const zTokenizerJson = z.looseObject({
  added_tokens: z
    .array(
      z.looseObject({ id: z.number().int().min(0), content: z.string(), special: z.boolean() }),
    )
    .nullish()
    .transform((tokens) => tokens ?? []),
  model: z.looseObject({}),
});
export type TokenizerJson = z.infer<typeof zTokenizerJson>;

const zNamedToken = z.union([z.string(), z.looseObject({ content: z.string() })]).nullish();

/** tokenizer_config.json (or special_tokens_map.json, whose keys are among these). */
export const zTokenizerConfig = z.looseObject({
  bos_token: zNamedToken,
  eos_token: zNamedToken,
  pad_token: zNamedToken,
  unk_token: zNamedToken,
  added_tokens_decoder: z.record(z.string(), z.unknown()).optional(),
  chat_template: z
    .union([z.string(), z.array(z.object({ name: z.string(), template: z.string() }))])
    .nullish(),
});
export type TokenizerConfig = z.infer<typeof zTokenizerConfig>;

export type Role = "bos" | "eos" | "pad" | "unk";
export type SpecialIds = Record<Role, number | null>;

/** What a tokenizer is made of: the files of its folder. */
export interface TokenizerFiles {
  /** tokenizer.json, byte for byte */
  readonly json: string;
  readonly config: TokenizerConfig;
  readonly specialTokensMap: TokenizerConfig | null;
  /** chat_template.jinja, where the template has a file of its own */
  readonly chatTemplateFile: string | null;
  /** ids that config.json gives, for folders whose tokenizer files name no token */
  readonly modelIds: Partial<SpecialIds>;
}

/** The token's text that a folder gives to a role, or null. */
export function namedToken(files: TokenizerFiles, role: Role): string | null {
  const token = files.config[`${role}_token`] ?? files.specialTokensMap?.[`${role}_token`] ?? null;
  return typeof token === "string" || token === null ? token : token.content;
}

/** The chat template of a folder (its own file first, as transformers does), or null. */
export function chatTemplateOf(files: TokenizerFiles): string | null {
  if (files.chatTemplateFile !== null) return files.chatTemplateFile;
  const template = files.config.chat_template ?? null;
  if (template === null || typeof template === "string") return template;
  return (template.find(({ name }) => name === "default") ?? template[0])?.template ?? null;
}

/** The token whose only role is padding, or null: in many folders pad is eos. */
export function padOnly(files: TokenizerFiles): string | null {
  const pad = namedToken(files, "pad");
  const others = (["bos", "eos", "unk"] as const).map((role) => namedToken(files, role));
  return others.includes(pad) ? null : pad;
}

/**
 * Hash of all that decides which ids a text gets: two tokenizers with the same fingerprint encode alike.
 * The pad token is left out, because no text contains it and a saved reward model may have to add one.
 * @param pad a token whose only role is padding, or null
 * @returns sha256, hexadecimal
 */
export function fingerprintOf(json: TokenizerJson, pad: string | null): string {
  const {
    added_tokens: added,
    model,
    normalizer,
    pre_tokenizer: split,
    post_processor: post,
  } = json;
  const parts = [added.filter(({ content }) => content !== pad), model, normalizer, split, post];
  return createHash("sha256")
    .update(JSON.stringify(parts.map((part) => sorted(part ?? null))))
    .digest("hex");
}

/** The same value with the keys of every object in order, so that reformatting a file changes nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
