import { comparisonsOf } from "../comparisons";
import { type Groups, levels } from "../agreement/rank-vector";
import { type Interval, wilsonInterval } from "../statistics/proportion";

/** A gold task: its expected partial order, and what the labeler made of it. */
export interface GoldAnswer {
  /** [better, worse] pairs that any careful labeler sees */
  readonly expected: readonly (readonly [number, number])[];
  readonly groups: Groups;
}

export interface GoldAccuracy {
  /** share of gold tasks with every expected pair the right way round; null where there are none */
  readonly accuracy: number | null;
  /** Wilson, of `accuracy`: tasks are independent, the pairs of one task are not */
  readonly interval: Interval;
  readonly right: number;
  readonly tasks: number;
  /** share of expected pairs the right way round: a tie or a completion left out is not */
  readonly pairs: number | null;
}

/** How often a labeler orders gold tasks as expected. */
export function goldAccuracy(answers: readonly GoldAnswer[], confidence = 0.95): GoldAccuracy {
  let [right, kept, expected] = [0, 0, 0];
  for (const answer of answers) {
    const place = levels(answer.groups);
    const correct = answer.expected.filter(
      ([better, worse]) => (place.get(better) ?? Infinity) < (place.get(worse) ?? -Infinity),
    ).length;
    kept += correct;
    expected += answer.expected.length;
    if (correct === answer.expected.length) right++;
  }
  const tasks = answers.length;
  return {
    accuracy: tasks === 0 ? null : right / tasks,
    interval: wilsonInterval(right, tasks, confidence),
    right,
    tasks,
    pairs: expected === 0 ? null : kept / expected,
  };
}

/** The pairs of a gold task whose order is given as tie groups. Pairs within a group expect nothing. */
export function expectedPairs(groups: Groups): [number, number][] {
  return comparisonsOf(groups).map(({ chosen, rejected }) => [chosen, rejected]);
}
