import { AppError } from "./app-error";

/** A prompt is read by people and by a model: longer than this it is a pasted file by mistake. */
export const promptLimit = 20_000;
/** So many prompts in one go; more are added in several. */
export const promptBatchLimit = 20_000;

export interface PromptLine extends PromptTraits {
  readonly line: number;
  readonly text: string;
}

/** What a JSON line may say of a prompt beside its text: they decide who gets it, and when. */
export interface PromptTraits {
  /** BCP 47, such as "ko" */
  readonly language?: string;
  /** what it is about */
  readonly cluster?: string;
  /** the larger, the sooner */
  readonly priority?: number;
}

export type PromptFormat = "lines" | "jsonl";

/** What a person pasted or dropped: a `.jsonl` by its name, or by every line being an object. */
export function promptFormatOf(content: string, fileName = ""): PromptFormat {
  if (/\.jsonl?(\.gz)?$/i.test(fileName)) return "jsonl";
  if (/\.txt(\.gz)?$/i.test(fileName)) return "lines";
  const first = content.trimStart().split("\n", 1)[0] ?? "";
  return first.startsWith("{") && first.includes('"prompt"') ? "jsonl" : "lines";
}

/**
 * One prompt a line (its ends trimmed), or one `{"prompt": "…"}` a line (kept to the letter);
 * blank lines are skipped.
 * @throws bad-input naming the line and what to do about it
 */
export function parsePrompts(content: string, format: PromptFormat): PromptLine[] {
  const prompts: PromptLine[] = [];
  for (const [index, raw] of content
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .entries()) {
    if (raw.trim() === "") continue;
    const line = index + 1;
    const { text, ...traits } = format === "jsonl" ? promptOf(raw, line) : { text: raw.trim() };
    if (text.trim() === "") {
      throw new AppError("bad-input", `Line ${line} has an empty prompt. Remove that line.`);
    }
    if (text.length > promptLimit) {
      throw new AppError(
        "bad-input",
        `Line ${line} has ${text.length} characters. Keep a prompt under ${promptLimit}.`,
      );
    }
    prompts.push({ line, text, ...traits });
  }
  if (prompts.length > promptBatchLimit) {
    throw new AppError(
      "bad-input",
      `${prompts.length} prompts at once. Add at most ${promptBatchLimit} at a time.`,
    );
  }
  return prompts;
}

function promptOf(raw: string, line: number): PromptTraits & { text: string } {
  let row: unknown;
  try {
    row = JSON.parse(raw);
  } catch {
    throw new AppError(
      "bad-input",
      `Line ${line} is not JSON. Write each line as {"prompt": "…"}, or use a .txt file with one prompt a line.`,
    );
  }
  if (typeof row === "string") return { text: row };
  const prompt = row && typeof row === "object" && "prompt" in row ? row.prompt : undefined;
  if (typeof prompt === "string") return { text: prompt, ...traitsOf(row as object, line) };
  throw new AppError(
    "bad-input",
    `Line ${line} has no text under "prompt". Write each line as {"prompt": "…"}.`,
  );
}

function traitsOf(row: object, line: number): PromptTraits {
  const { language, cluster, priority } = row as Record<string, unknown>;
  const wrong = (name: string, what: string) =>
    new AppError("bad-input", `Line ${line}: "${name}" must be ${what}, or be left out.`);
  if (language !== undefined && !isLanguage(language))
    throw wrong("language", 'a language tag such as "en" or "ko"');
  if (cluster !== undefined && (typeof cluster !== "string" || cluster.length > 200))
    throw wrong("cluster", "a text of at most 200 characters");
  if (priority !== undefined && !isPriority(priority))
    throw wrong("priority", "a whole number from -1000 to 1000");
  return {
    ...(isLanguage(language) && { language }),
    ...(typeof cluster === "string" && cluster !== "" && { cluster }),
    ...(isPriority(priority) && { priority }),
  };
}

const isLanguage = (value: unknown): value is string =>
  typeof value === "string" && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value);
const isPriority = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= 1000;

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
