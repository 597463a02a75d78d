import { givenPairOf, type GivenPair } from "./given-answers";
import { promptLimit } from "./limit";

/** What a row may say of a prompt beside its text: where it is from, and who gets it when. */
export interface PromptTraits {
  /** BCP 47, such as "ko" */
  readonly language?: string;
  /** what it is about */
  readonly cluster?: string;
  /** what a program or an endpoint holds answers against; labelers never see it */
  readonly label?: string;
  /** the larger, the sooner */
  readonly priority?: number;
  /** a file, a campaign, a crowd, an address */
  readonly source?: string;
}
export interface PromptLine extends PromptTraits {
  readonly line: number;
  readonly text: string;
  /** Two answers that came with it, to be compared. */
  readonly answers?: GivenPair;
}

export const badReasons = [
  "json",
  "prompt",
  "empty",
  "long",
  "turns",
  "answered",
  "language",
  "cluster",
  "label",
  "priority",
  "source",
  "answers",
  "quote",
  "column",
] as const;
export type BadReason = (typeof badReasons)[number];

/** A line that gives no prompt: which, in what field, and why. */
export interface BadLine {
  readonly line: number;
  readonly field: string;
  readonly why: BadReason;
  /** Of the text, where that is what is wrong. */
  readonly length?: number;
}
export type ReadLine = PromptLine | BadLine;
export const isBad = (line: ReadLine): line is BadLine => "why" in line;

/** What is wrong and what to do about it, in a sentence. */
export function badLineText({ line, field, why, length = 0 }: BadLine): string {
  const must = (what: string) => `Line ${line}: "${field}" must be ${what}, or be left out.`;
  const texts: Record<BadReason, () => string> = {
    json: () =>
      `Line ${line} is not JSON. Write each line as {"prompt": "…"}, or use a .txt file with one prompt a line.`,
    prompt: () =>
      `Line ${line} has no text under "prompt". Write each line as {"prompt": "…"} or {"messages": [{"role": "user", "content": "…"}]}.`,
    empty: () => `Line ${line} has an empty prompt. Remove that line.`,
    long: () => `Line ${line} has ${length} characters. Keep a prompt under ${promptLimit}.`,
    turns: () =>
      `Line ${line}: every turn of "${field}" must have a "role" (system, user or assistant) and a "content" that is text.`,
    answered: () => `Line ${line}: "${field}" has no turn of the user that waits for an answer.`,
    language: () => must('a language tag such as "en" or "ko"'),
    cluster: () => must("a text of at most 200 characters"),
    label: () => must(`a text of at most ${promptLimit} characters or a number`),
    priority: () => must("a whole number from -1000 to 1000"),
    source: () => must("a text of at most 200 characters"),
    answers: () =>
      `Line ${line}: "${field}" must be two different texts of at most ${promptLimit} characters, or be left out.`,
    quote: () => `Line ${line} opens a quote that is never closed. Close it, or double it.`,
    column: () =>
      `Line ${line} names no column "prompt". Name the columns in the first line, one of them "prompt".`,
  };
  return texts[why]();
}

/** A prompt that is long enough and not too long, with what else was said of it. */
export function checkedPrompt(line: number, text: string, said: Said, field = "prompt"): ReadLine {
  if (text.trim() === "") return { line, field, why: "empty" };
  if (text.length > promptLimit) return { line, field, why: "long", length: text.length };
  const traits = traitsOf(said);
  if (typeof traits === "string") return { line, field: traits, why: traits };
  const answers = givenPairOf(said);
  if (answers === "answers") return { line, field: "answers", why: "answers" };
  return { line, text, ...traits, ...(answers && { answers }) };
}

type Said = Readonly<Record<string, unknown>>;
type Trait = keyof PromptTraits;

/** @returns the trait that is wrong, where one is */
function traitsOf(said: Said): PromptTraits | Trait {
  const { language, cluster, priority, source } = said;
  const label = labelOf(said.label);
  const given = (value: unknown) => value !== undefined && value !== null;
  if (given(language) && !isLanguage(language)) return "language";
  if (given(cluster) && !isShort(cluster)) return "cluster";
  if (label === null) return "label";
  if (given(priority) && !isPriority(priority)) return "priority";
  if (given(source) && !isShort(source)) return "source";
  return {
    ...(isLanguage(language) && { language }),
    ...(isShort(cluster) && cluster !== "" && { cluster }),
    ...(label !== undefined && { label }),
    ...(isPriority(priority) && { priority }),
    ...(isShort(source) && source !== "" && { source }),
  };
}

/** A text or a number, as the shell takes them. @returns null where it is neither, or too long */
function labelOf(value: unknown): string | null | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const label = typeof value === "number" ? String(value) : value;
  return typeof label === "string" && label.length <= promptLimit ? label : null;
}

export const languagePattern = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const isLanguage = (value: unknown): value is string =>
  typeof value === "string" && languagePattern.test(value);
const isShort = (value: unknown): value is string =>
  typeof value === "string" && value.length <= 200;
const isPriority = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= 1000;
