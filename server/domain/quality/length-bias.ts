import { type Groups, levels } from "../agreement/rank-vector";
import { signTest } from "../statistics/exact";
import { kendallScore } from "./kendall-score";
import type { LabeledTask, Tested } from "./labeled-task";

/** A ranking of a labeler, and how the others ranked the same task. */
export interface SharedTask {
  readonly own: LabeledTask;
  /** numbers of items mean the same in all */
  readonly others: readonly Groups[];
}

/**
 * Share of decided comparisons that the longer completion wins, −1 to 1. Longer may well be
 * better: this alone is no fault, and has no test. See `lengthBias`.
 */
export function longerWins(tasks: readonly LabeledTask[]): number | null {
  const scores = tasks.map(({ groups, lengths }) => kendallScore(groups, (item) => lengths[item]));
  const pairs = scores.reduce((sum, own) => sum + own.pairs, 0);
  return pairs === 0 ? null : scores.reduce((sum, own) => sum + own.s, 0) / pairs;
}

/**
 * Whether a labeler prefers the longer one where most others do not. Of the comparisons on which
 * the labeler and the majority of the others differ, `value` is the share with the longer one on
 * the labeler's side, less the share with the shorter one. Whoever differs by chance takes the
 * longer as often as the shorter. Comparisons of one ranking hang together, so each ranking is one
 * throw of the sign test.
 */
export function lengthBias(tasks: readonly SharedTask[]): Tested {
  let [longer, shorter, heads, throws] = [0, 0, 0, 0];
  for (const { own, others } of tasks) {
    const place = levels(own.groups);
    const theirs = others.map(levels);
    let balance = 0;
    for (const [a, atA] of place) {
      for (const [b, atB] of place) {
        const more = own.lengths[a] - own.lengths[b];
        if (atA >= atB || more === 0 || majorityFor(theirs, b, a) <= 0) continue;
        balance += Math.sign(more);
        if (more > 0) longer++;
        else shorter++;
      }
    }
    if (balance > 0) heads++;
    if (balance !== 0) throws++;
  }
  const all = longer + shorter;
  return {
    value: all === 0 ? null : (longer - shorter) / all,
    p: throws === 0 ? null : signTest(heads, throws),
    n: throws,
  };
}

/** Others who put a over b, less those who put b over a. */
function majorityFor(others: readonly ReadonlyMap<number, number>[], a: number, b: number): number {
  return others.reduce((sum, place) => {
    const [x, y] = [place.get(a), place.get(b)];
    return x === undefined || y === undefined ? sum : sum + Math.sign(y - x);
  }, 0);
}
