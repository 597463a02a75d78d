import { addPairs, comparePairs, NO_PAIRS, rate } from "../agreement/pairwise";
import { levels } from "../agreement/rank-vector";
import type { Uniform } from "../sorter/random";
import { clusterBootstrap } from "../statistics/clustered";
import { twoSidedP } from "../statistics/normal";
import type { Interval } from "../statistics/proportion";
import type { SharedTask } from "./length-bias";

export interface AgreementWithOthers {
  /** share of comparisons with the outcome that another labeler gave; null where nobody else did */
  readonly rate: number | null;
  /** the same among comparisons that neither ties */
  readonly rateNoTies: number | null;
  /** 95 %, of `rate`: bootstrap over tasks */
  readonly interval: Interval | null;
  /** the campaign's agreement, which `rate` is held against */
  readonly usual: number | null;
  /** of `rate` against `usual`, by its bootstrap error, two-sided */
  readonly p: number | null;
  readonly compared: number;
  /** tasks that others ranked too */
  readonly tasks: number;
}

/**
 * How often a labeler says what others say of the same two completions.
 * @param usual the campaign's agreement, 0 to 1: what this labeler's is held against
 */
export function agreementWithOthers(
  tasks: readonly SharedTask[],
  usual: number | null,
  uniform: Uniform,
): AgreementWithOthers {
  const counts = tasks.map(({ own, others }) => {
    const mine = levels(own.groups);
    return others.map((theirs) => comparePairs(mine, levels(theirs))).reduce(addPairs, NO_PAIRS);
  });
  const all = counts.reduce(addPairs, NO_PAIRS);
  const bootstrap = clusterBootstrap(
    counts.map(({ agree, compared }) => ({ total: agree, weight: compared })),
    uniform,
  );
  const share = rate(all.agree, all.compared);
  const canTest = share !== null && usual !== null && bootstrap !== null && bootstrap.error > 0;
  return {
    rate: share,
    rateNoTies: rate(all.agreeNoTies, all.comparedNoTies),
    interval: bootstrap?.interval ?? null,
    usual,
    p: canTest ? twoSidedP((share - usual) / bootstrap.error) : null,
    compared: all.compared,
    tasks: counts.filter(({ compared }) => compared > 0).length,
  };
}
