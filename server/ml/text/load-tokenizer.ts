import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../../domain/app-error";
import { makeTokenizer, type Tokenizer } from "./tokenizer";
import { type Role, zTokenizerConfig } from "./tokenizer-files";

const zModelIds = z.looseObject({
  bos_token_id: z.number().nullish(),
  eos_token_id: z.union([z.number(), z.array(z.number())]).nullish(),
  pad_token_id: z.number().nullish(),
});

/**
 * The tokenizer of a Hugging Face folder: tokenizer.json, with tokenizer_config.json, special_tokens_map.json,
 * chat_template.jinja and the ids of config.json where they are there.
 * @throws AppError not-found without tokenizer.json; bad-input when a file is broken
 */
export async function loadTokenizer(dir: string): Promise<Tokenizer> {
  const json = await textOf(dir, "tokenizer.json");
  if (json === null) {
    throw new AppError(
      "not-found",
      `${dir} has no tokenizer.json. Give a folder in Hugging Face layout; a slow tokenizer becomes one by AutoTokenizer.from_pretrained(…).save_pretrained(…).`,
    );
  }
  const config = (await jsonOf(dir, "tokenizer_config.json", zTokenizerConfig)) ?? {};
  const specialTokensMap = await jsonOf(dir, "special_tokens_map.json", zTokenizerConfig);
  const ids = await jsonOf(dir, "config.json", zModelIds);
  const modelIds = Object.fromEntries(
    (["bos", "eos", "pad"] as const).map((role: Role) => {
      const id = ids?.[`${role}_token_id`];
      return [role, (Array.isArray(id) ? id[0] : id) ?? null];
    }),
  );
  const chatTemplateFile = await textOf(dir, "chat_template.jinja");
  return makeTokenizer({ json, config, specialTokensMap, chatTemplateFile, modelIds }, dir);
}

async function textOf(dir: string, name: string): Promise<string | null> {
  try {
    return await readFile(join(dir, name), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function jsonOf<T>(dir: string, name: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await textOf(dir, name);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new AppError(
      "bad-input",
      `${join(dir, name)} cannot be read: ${why}. Correct or remove it.`,
      { cause },
    );
  }
}
