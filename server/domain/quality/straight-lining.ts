import { levels } from "../agreement/rank-vector";
import { upperTail } from "../statistics/exact";
import type { LabeledTask, Tested } from "./labeled-task";

export interface StraightLining {
  /** share of rankings that are the displayed order, from first to last or from last to first */
  readonly displayed: Tested;
  /** share of rankings with the same places at the same positions as the ranking before */
  readonly repeated: Tested;
  /** share of rankings that tie everything, against the share among all labelers */
  readonly allTied: Tested;
}

/**
 * Whether a labeler answers by a pattern instead of reading. The displayed order is drawn at
 * random each time: a ranking with tie groups of sizes t then fills the positions in one of
 * K!/Πt! ways, all equally likely for whoever reads. The tests are exact and one-sided.
 * @param tasks of one labeler, in the order they were done
 * @param tiedShare how often others tie everything, 0 to 1
 */
export function straightLining(tasks: readonly LabeledTask[], tiedShare: number): StraightLining {
  const patterns = tasks.map(patternOf);
  const open = patterns.filter(({ ways }) => ways > 1);
  const pairs = patterns.flatMap((pattern, i) => {
    const before = patterns[i - 1];
    return before !== undefined && before.kind === pattern.kind && pattern.ways > 1
      ? [{ same: before.positions === pattern.positions, chance: 1 / pattern.ways }]
      : [];
  });
  return {
    displayed: tested(
      open.map(({ isDisplayed, displayedWays, ways }) => {
        return { same: isDisplayed, chance: displayedWays / ways };
      }),
    ),
    repeated: tested(pairs),
    allTied: tested(
      patterns.map(({ isAllTied }) => {
        return { same: isAllTied, chance: tiedShare };
      }),
    ),
  };
}

function tested(throws: readonly { same: boolean; chance: number }[]): Tested {
  const n = throws.length;
  const hits = throws.filter(({ same }) => same).length;
  return {
    value: n === 0 ? null : hits / n,
    p:
      n === 0
        ? null
        : upperTail(
            hits,
            throws.map(({ chance }) => chance),
          ),
    n,
  };
}

function patternOf({ groups, shown }: LabeledTask) {
  const place = levels(groups);
  const ranked = shown.filter((item) => place.has(item));
  const positions = ranked.map((item) => place.get(item)!);
  const sizes = groups.map((group) => group.length);
  const ways = factorial(ranked.length) / sizes.reduce((product, t) => product * factorial(t), 1);
  const forward = positions.toSorted((a, b) => a - b).join();
  const backward = positions.toSorted((a, b) => b - a).join();
  const text = positions.join();
  return {
    ways,
    /** rankings of different K, or with other ties, cannot repeat each other */
    kind: sizes.join(),
    positions: text,
    isDisplayed: text === forward || text === backward,
    displayedWays: forward === backward ? 1 : 2,
    isAllTied: groups.length === 1 && ranked.length > 1,
  };
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
