import { AppError } from "../../domain/app-error";
import type { SftExample, TextModel } from "./data";

/** Prompt and completion as one row of token ids, eos included. */
export interface TokenRow {
  ids: number[];
  promptLength: number;
  /** Tokens that were cut off the beginning of the prompt, if any. */
  cut?: number;
}

export interface LengthRules {
  /** Null for the model's context. */
  maxLength: number | null;
  overlong: "error" | "drop" | "truncate";
}

/**
 * Token ids of prompts, with what the tokenizer puts in front: one bos at most (a chat template may have
 * written it too), and no eos at the end.
 */
export async function encodePrompts(
  { tokenizer }: TextModel,
  prompts: readonly string[],
): Promise<number[][]> {
  const { bosId, eosId } = tokenizer;
  const rows = await tokenizer.encodeAll(prompts);
  return rows.map((ids) => {
    const start = bosId !== null && ids[0] === bosId && ids[1] === bosId ? 1 : 0;
    const end = eosId !== null && ids.length - start > 1 && ids.at(-1) === eosId ? -1 : undefined;
    return ids.slice(start, end);
  });
}

/** The tokens that a row may have. */
export function lengthLimit(
  model: TextModel,
  { maxLength }: Pick<LengthRules, "maxLength">,
): number {
  return Math.min(maxLength ?? Infinity, model.config.context);
}

/**
 * Each pair as one row: the prompt, the completion and eos, encoded apart so that the border between
 * them never moves.
 * @param what names a row in messages, by its place in the data
 * @returns null where a row is left out because it is too long (overlong "drop")
 * @throws bad-input when a row is too long ("error"), or has nothing to learn from
 */
export async function encodePairs(
  model: TextModel,
  pairs: readonly SftExample[],
  rules: LengthRules,
  what: (index: number) => string,
): Promise<(TokenRow | null)[]> {
  const prompts = await encodePrompts(
    model,
    pairs.map((pair) => pair.prompt),
  );
  const completions = await model.tokenizer.encodeAll(
    pairs.map((pair) => pair.completion),
    { specials: false },
  );
  const { eosId } = model.tokenizer;
  const limit = lengthLimit(model, rules);
  return prompts.map((prompt, i) => {
    const completion = completions[i];
    if (eosId !== null && completion.at(-1) !== eosId) completion.push(eosId);
    if (completion.length === 0)
      throw new AppError("bad-input", `${what(i)}: its completion is empty; leave it out`);
    const length = prompt.length + completion.length;
    if (length <= limit) return { ids: [...prompt, ...completion], promptLength: prompt.length };
    if (rules.overlong === "drop") return null;
    const room = limit - completion.length;
    if (rules.overlong === "error" || room < 1)
      throw new AppError(
        "bad-input",
        `${what(i)}: prompt and completion have ${length} tokens, ${limit} fit; shorten it, or set overlong to "drop"${room < 1 ? "" : ' or "truncate"'}`,
      );
    return {
      ids: [...prompt.slice(-room), ...completion],
      promptLength: room,
      cut: prompt.length - room,
    };
  });
}
