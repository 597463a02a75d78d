import { AppError } from "../app-error";
import { hash32, seededUniform } from "./random";

/** Share of all possible lists that no demonstration, ranking or rollout may ever show. */
const HELD_OUT_ONE_IN = 5;

/** `[5, 2, 9]` → `sort: 5 2 9`. */
export function promptOf(list: readonly number[]): string {
  return `sort: ${list.join(" ")}`;
}

/** The list of a sorting prompt, or null when the text is not one. */
export function listOf(prompt: string): number[] | null {
  const match = /^\s*sort:\s*(\d+(?:\s+\d+)*)\s*$/.exec(prompt);
  return match ? match[1].split(/\s+/).map(Number) : null;
}

/** The list that a completion states, or null when it is not a list of numbers. */
export function answeredList(completion: string): number[] | null {
  const text = completion.trim();
  return /^\d+(?:\s+\d+)*$/.test(text) ? text.split(/\s+/).map(Number) : null;
}

/** The one right answer. Throws bad-input when the prompt is not a sorting prompt. */
export function rightAnswer(prompt: string): string {
  return sorted(requireList(prompt)).join(" ");
}

/** Whether a completion is exactly right: the program's verdict, which labelers never see. */
export function isExact(prompt: string, completion: string): boolean {
  const list = listOf(prompt);
  const answer = answeredList(completion);
  return list !== null && answer !== null && sorted(list).join(" ") === answer.join(" ");
}

/** Whether a completion has the right numbers in order, upwards or downwards: skill, whatever the taste. */
export function isOrdered(prompt: string, completion: string): boolean {
  const answer = answeredList(completion);
  if (answer === null) return false;
  return isExact(prompt, completion) || isExact(prompt, answer.reverse().join(" "));
}

/** Share of completions that are exactly right. */
export function exactShare(rows: readonly { prompt: string; completion: string }[]): number {
  if (rows.length === 0) return 0;
  return rows.filter((row) => isExact(row.prompt, row.completion)).length / rows.length;
}

/** Which split a list belongs to, by its content alone: the same for every seed, campaign and run. */
export function splitOf(prompt: string): "train" | "heldout" {
  return hash32(prompt.trim().replace(/\s+/g, " ")) % HELD_OUT_ONE_IN === 0 ? "heldout" : "train";
}

/**
 * Different prompts of one split, drawn by seed.
 * @param length digits in a list @param count how many; bad-input when there are not that many lists
 */
export function makePrompts(options: {
  split: "train" | "heldout";
  count: number;
  length: number;
  seed: number | string;
}): string[] {
  const { split, count, length, seed } = options;
  const possible = 10 ** length / (split === "heldout" ? HELD_OUT_ONE_IN : 1.3);
  if (count > possible / 2)
    throw new AppError(
      "bad-input",
      `there are not ${count} different ${split} lists of ${length} digits: ask for at most ${Math.floor(possible / 2)}, or for longer lists`,
    );
  const uniform = seededUniform(`prompts ${split} ${length} ${seed}`);
  const prompts = new Set<string>();
  while (prompts.size < count) {
    const list = Array.from({ length }, () => Math.floor(uniform() * 10));
    const prompt = promptOf(list);
    if (splitOf(prompt) === split) prompts.add(prompt);
  }
  return [...prompts];
}

function requireList(prompt: string): number[] {
  const list = listOf(prompt);
  if (list) return list;
  throw new AppError(
    "bad-input",
    `"${prompt}" is not a sorting prompt: write it as "sort: 5 2 9 1"`,
  );
}

function sorted(list: readonly number[]): number[] {
  return list.toSorted((a, b) => a - b);
}
