import { AppError } from "./app-error";
import { type PromptFormat, promptReader } from "./prompts/reader";
import { badLineText, isBad, type PromptLine } from "./prompts/row";

/** So many prompts in one go; a longer file goes through an import, which reads it piece by piece. */
export const promptBatchLimit = 20_000;

/**
 * Every prompt of a text that is held whole.
 * @throws bad-input naming the first line that gives none and what to do about it
 */
export function parsePrompts(content: string, format: PromptFormat): PromptLine[] {
  const reader = promptReader(format);
  const prompts = [...reader.push(content), ...reader.end()].map((line) => {
    if (isBad(line)) throw new AppError("bad-input", badLineText(line));
    return line;
  });
  if (prompts.length > promptBatchLimit) {
    throw new AppError(
      "bad-input",
      `${prompts.length} prompts at once. Add at most ${promptBatchLimit} at a time.`,
    );
  }
  return prompts;
}

/** First occurrence of each text, and the lines that say it again. */
export function withoutRepeats(prompts: readonly PromptLine[]): {
  unique: PromptLine[];
  repeats: PromptLine[];
} {
  const seen = new Set<string>();
  const repeats: PromptLine[] = [];
  const unique = prompts.filter((prompt) => {
    if (!seen.has(prompt.text)) return seen.add(prompt.text);
    repeats.push(prompt);
    return false;
  });
  return { unique, repeats };
}

/**
 * Train or held out, from the text alone, so that the same prompt falls on the same side
 * whenever and in whatever company it is added. FNV-1a with a final mix, as a share of 2³².
 */
export function promptSplit(text: string, heldoutShare: number): "train" | "heldout" {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32 < heldoutShare ? "heldout" : "train";
}
