import { rightAnswer } from "./task";
import type { Uniform } from "./random";

/** A prompt with its right answer, as a person who demonstrates the task would write it. */
export function demonstrate(prompt: string): { prompt: string; completion: string } {
  return { prompt, completion: rightAnswer(prompt) };
}

/** The answer of a person who misread the task and put the largest first. */
export function demonstrateDownwards(prompt: string): { prompt: string; completion: string } {
  return { prompt, completion: rightAnswer(prompt).split(" ").reverse().join(" ") };
}

/** `text` with `slips` random slips of the pen: two numbers swapped, or one replaced. */
export function withSlips(text: string, slips: number, uniform: Uniform): string {
  const list = text.split(" ").map(Number);
  for (let s = 0; s < slips; s++) {
    const i = Math.floor(uniform() * list.length);
    const j = Math.floor(uniform() * list.length);
    if (uniform() < 0.6) [list[i], list[j]] = [list[j], list[i]];
    else list[i] = Math.floor(uniform() * 10);
  }
  return list.join(" ");
}
