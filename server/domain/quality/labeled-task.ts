import type { Groups } from "../agreement/rank-vector";

/** One ranking by one labeler, with what is needed to judge how it was made. */
export interface LabeledTask {
  readonly task: string;
  readonly labeler: string;
  /** tie groups of items, best first; what was not rankable is left out */
  readonly groups: Groups;
  /** all items in the order they were displayed to this labeler, drawn at random */
  readonly shown: readonly number[];
  /** length of each item in characters, by its number */
  readonly lengths: readonly number[];
  /** spent on it, idle time taken out */
  readonly seconds: number;
}

/** A figure of a labeler beside how likely it, or a more extreme one, is for an unbiased labeler. */
export interface Tested {
  /** null where there is nothing to count */
  readonly value: number | null;
  /** two-sided unless said; null where it cannot be tested */
  readonly p: number | null;
  /** rankings it rests on */
  readonly n: number;
}
