import { answeredList, listOf } from "./task";
import { gaussian, type Uniform } from "./random";

/**
 * How nearly right an answer is, from 0 to 1: half for having the right numbers, half for having each
 * in order with the next. 1 only for the exact answer; 0 for what is no list of numbers.
 */
export function quality(prompt: string, completion: string): number {
  const asked = listOf(prompt);
  const answer = answeredList(completion);
  if (!asked || !answer) return 0;
  return (sharedNumbers(asked, answer) + neighboursInOrder(answer)) / 2;
}

/** How a simulated labeler judges. */
export interface LabelerHabits {
  /** Standard deviation of the error that is made on each quality, on its scale of 0 to 1. */
  noise: number;
  /** Completions that seem this close or closer are tied. */
  tieWithin: number;
}

export const CAREFUL: LabelerHabits = { noise: 0.03, tieWithin: 0.03 };

/**
 * One noisy labeler's ranking of the completions of one prompt.
 * @returns tie groups of indices, best first; every completion is in one
 */
export function simulateRanking(
  prompt: string,
  completions: readonly string[],
  uniform: Uniform,
  { noise, tieWithin }: LabelerHabits = CAREFUL,
): number[][] {
  const seen = completions
    .map((text, index) => ({ index, seems: quality(prompt, text) + noise * gaussian(uniform) }))
    .sort((a, b) => b.seems - a.seems);
  const groups: number[][] = [];
  let top = Infinity;
  for (const { index, seems } of seen) {
    if (top - seems > tieWithin) {
      groups.push([index]);
      top = seems;
    } else groups.at(-1)!.push(index);
  }
  return groups;
}

/** Size of the common multiset over the longer length. */
function sharedNumbers(a: readonly number[], b: readonly number[]): number {
  const left = new Map<number, number>();
  for (const x of a) left.set(x, (left.get(x) ?? 0) + 1);
  let shared = 0;
  for (const x of b) {
    const n = left.get(x) ?? 0;
    if (n > 0) shared++;
    left.set(x, n - 1);
  }
  return shared / Math.max(a.length, b.length);
}

/** Share of neighbours that do not fall: what the eye sees of a list that is out of order. */
function neighboursInOrder(list: readonly number[]): number {
  if (list.length < 2) return 1;
  const inOrder = list.filter((x, i) => i > 0 && list[i - 1] <= x).length;
  return inOrder / (list.length - 1);
}
