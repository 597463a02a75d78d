import type { AssignmentId } from "@/server/domain/ids";
import type { Letter } from "@/server/domain/ranking";

/** Steps of the text's size around the usual one. */
export const textSizes = [-1, 0, 1, 2] as const;
export type TextSize = (typeof textSizes)[number];

/** The usual size of a text is 16 px, of a few words 22. */
const sizes: Record<TextSize, { short: string; long: string }> = {
  [-1]: { short: "text-base", long: "text-[0.875rem]" },
  0: { short: "text-xl", long: "text-base" },
  1: { short: "text-[1.75rem]", long: "text-[1.1875rem]" },
  2: { short: "text-[2.125rem]", long: "text-[1.375rem]" },
};
export const textClass = (size: TextSize, short: boolean): string =>
  sizes[size][short ? "short" : "long"];

/** How somebody reads on this device. */
export interface ReadingAids {
  size: TextSize;
  /** On a phone: one completion at a time, not all below each other. */
  oneByOne: boolean;
  /** By task, the completions that are not as they come: long ones folded, very long ones opened. */
  folds: { task: AssignmentId; letters: Letter[] }[];
}

/** Folds of so many tasks are remembered, the last ones. */
const tasksRemembered = 8;
/** Side by side there is room for three. */
export const mostPinned = 3;

export const usualReading: ReadingAids = { size: 0, oneByOne: true, folds: [] };

/** What the browser kept, or the usual way of reading where that is spoiled. */
export function parseReading(kept: string | null): ReadingAids {
  try {
    const value = JSON.parse(kept ?? "null") as Partial<ReadingAids> | null;
    const size = textSizes.find((known) => known === value?.size) ?? usualReading.size;
    const folds = Array.isArray(value?.folds)
      ? value.folds.filter((fold) => Array.isArray(fold?.letters))
      : [];
    return { size, oneByOne: value?.oneByOne !== false, folds };
  } catch {
    return usualReading;
  }
}

const changedOf = ({ folds }: ReadingAids, task: AssignmentId): readonly Letter[] =>
  folds.find((fold) => fold.task === task)?.letters ?? [];

const toggled = (letters: readonly Letter[], letter: Letter): Letter[] =>
  letters.includes(letter) ? letters.filter((other) => other !== letter) : [...letters, letter];

/** Folds a text of a task, or opens it again. */
export function toggleFold(aids: ReadingAids, task: AssignmentId, letter: Letter): ReadingAids {
  const letters = toggled(changedOf(aids, task), letter);
  const others = aids.folds.filter((fold) => fold.task !== task);
  return { ...aids, folds: [{ task, letters }, ...others].slice(0, tasksRemembered) };
}

/** Pins a completion or takes it off; past the most that have room, the one pinned first gives way. */
export const togglePin = (pinned: readonly Letter[], letter: Letter): Letter[] =>
  toggled(pinned, letter).slice(-mostPinned);

/** One step larger or smaller, within what there is. */
export const resized = (aids: ReadingAids, by: -1 | 1): ReadingAids => ({
  ...aids,
  size: textSizes.find((size) => size === aids.size + by) ?? aids.size,
});

/** The text at which folding is worth a button: more than a screenful of a phone. */
export const isLong = (text: string): boolean =>
  text.length > 900 || text.slice(0, 900).split("\n").length > 14;

/** Longer texts come folded: the others would be out of reach below them. */
const foldedFrom = 12_000;

/** Whether a completion shows no more than its beginning. */
export const isFolded = (
  aids: ReadingAids,
  task: AssignmentId,
  { letter, text }: { letter: Letter; text: string },
): boolean => changedOf(aids, task).includes(letter) !== text.length > foldedFrom;

/** So much of a folded text is laid out: more than there is room for. */
export const foldedLength = 1200;
