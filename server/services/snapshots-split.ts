import { createHash } from "node:crypto";

/** A prompt is in one of the two for good: a later snapshot never moves it across. */
export type Split = "train" | "heldout";

/** Share of prompts whose rankings judge the reward model instead of teaching it. */
export const heldOutShare = 0.1;
/** Below this many prompts nothing can be held out without losing what is to be learned. */
const fewestPrompts = 5;

/** Where a prompt falls on [0, 1): by its text alone, so that every install and year agree. */
export function positionOf(promptText: string): number {
  const digest = createHash("sha256").update(promptText, "utf8").digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/**
 * The border below which a prompt is held out. It is `heldOutShare`, unless no prompt falls below
 * it: then the border moves just past the nearest prompt, so that a small snapshot can be judged.
 * @param positions of every prompt that has a ranking
 */
export function heldOutBorder(positions: Iterable<number>): number {
  let count = 0;
  let nearest = 1;
  for (const position of positions) {
    count++;
    nearest = Math.min(nearest, position);
  }
  if (count < fewestPrompts) return 0;
  return nearest < heldOutShare ? heldOutShare : nearest + Number.EPSILON;
}

/** A prompt that its campaign holds out stays held out; the others fall by their text. */
export function splitOf(
  prompt: { readonly text: string; readonly split: Split },
  border: number,
): Split {
  return prompt.split === "heldout" || positionOf(prompt.text) < border ? "heldout" : "train";
}
