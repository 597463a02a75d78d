import { twoSidedP } from "../statistics/normal";
import { kendallScore } from "./kendall-score";
import type { LabeledTask, Tested } from "./labeled-task";

/**
 * Whether a labeler puts first what is displayed first. `value` is from −1 (what is last wins every
 * comparison) over 0 to 1 (what is first does). The displayed order is drawn at random for every
 * labeler, so that without bias Kendall's S against it has mean 0 and a known variance, whatever
 * the completions are: z = ΣS / √ΣVar(S).
 */
export function positionBias(tasks: readonly LabeledTask[]): Tested {
  let [s, pairs, variance, n] = [0, 0, 0, 0];
  for (const { groups, shown } of tasks) {
    const place = new Map(shown.map((item, at) => [item, at]));
    const own = kendallScore(groups, (item) => -place.get(item)!);
    if (own.variance === 0) continue;
    s += own.s;
    pairs += own.pairs;
    variance += own.variance;
    n++;
  }
  return {
    value: pairs === 0 ? null : s / pairs,
    p: variance === 0 ? null : twoSidedP(s / Math.sqrt(variance)),
    n,
  };
}
