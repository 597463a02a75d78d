import { z } from "zod";
import { AppError } from "./app-error";
import type { CompletionId } from "./ids";

/** A task has at least so many completions: fewer are a comparison, not a ranking. */
export const minCompletions = 4;
/** And at most so many: they are placed by the keys 1 to 9. */
export const maxCompletions = 9;

/** What a labeler calls the completions, in the order that was drawn for them. */
export const letters = ["A", "B", "C", "D", "E", "F", "G", "H", "I"] as const;
export const zLetter = z.enum(letters);
export type Letter = z.infer<typeof zLetter>;

/** An order over completions: tie groups, best first, and what could not be judged. */
export interface Order<Item> {
  readonly groups: readonly (readonly Item[])[];
  readonly notRankable: readonly Item[];
}

/** What a labeler submits. It names completions by letter; nothing else of them is known in the browser. */
export const zRanking = z.object({
  groups: z.array(z.array(zLetter).min(1)).max(maxCompletions),
  notRankable: z.array(zLetter).max(maxCompletions),
  /** The best of them is not good enough either; the order is given all the same. */
  noneAcceptable: z.boolean(),
  comment: z.string().trim().max(4000).optional(),
  /** Time spent on it with the page in view, seconds. */
  seconds: z.number().min(0).max(86_400),
});

const list = (items: readonly unknown[]): string => items.join(", ");

/**
 * Holds an order against the completions it must order: each exactly once, in a group or as not rankable.
 * @throws AppError bad-input naming what is unknown, there twice, or missing
 */
export function checkOrder<Item>(completions: readonly Item[], order: Order<Item>): void {
  const named = [...order.groups.flat(), ...order.notRankable];
  const unknown = named.filter((item) => !completions.includes(item));
  if (unknown.length > 0)
    throw new AppError(
      "bad-input",
      `The ranking names ${list(unknown)}, which this task does not have; it has ${list(completions)}.`,
    );
  const twice = named.filter((item, index) => named.indexOf(item) !== index);
  if (twice.length > 0)
    throw new AppError(
      "bad-input",
      `The ranking names ${list([...new Set(twice)])} more than once; give every completion one place.`,
    );
  const missing = completions.filter((item) => !named.includes(item));
  if (missing.length > 0)
    throw new AppError(
      "bad-input",
      `The ranking leaves out ${list(missing)}; place each, or mark it as not rankable.`,
    );
  if (order.groups.some((group) => group.length === 0))
    throw new AppError("bad-input", "The ranking has an empty rank; leave empty ranks out.");
}

/**
 * Holds a task's completions against the rules: 4 to 9, no two the same.
 * @throws AppError bad-input
 */
export function checkCompletions(texts: readonly string[]): void {
  if (texts.length < minCompletions || texts.length > maxCompletions)
    throw new AppError(
      "bad-input",
      `A task has ${minCompletions} to ${maxCompletions} completions, this one has ${texts.length}; change how many answers the campaign asks for.`,
    );
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  if (twice !== undefined)
    throw new AppError(
      "bad-input",
      `Two completions of a task are the same text (${JSON.stringify(twice.slice(0, 60))}); keep one of them.`,
    );
}

/** The letter of each completion, by the order in which this labeler sees them. */
export const letterOf = (shownOrder: readonly CompletionId[], id: CompletionId): Letter =>
  letters[shownOrder.indexOf(id)];

/** The completion behind each letter. The order must have been checked against the letters shown. */
export const unletter = (
  shownOrder: readonly CompletionId[],
  order: Order<Letter>,
): { groups: CompletionId[][]; notRankable: CompletionId[] } => {
  const idOf = (letter: Letter) => shownOrder[letters.indexOf(letter)];
  return {
    groups: order.groups.map((group) => group.map(idOf)),
    notRankable: order.notRankable.map(idOf),
  };
};
