import type { LabelerOrder } from "../agreement/agreement";
import { margins, preferences, squareOf } from "./ballots";
import type { CrowdPrompt, Observation } from "./crowd-bt";
import { kemeny, type Kemeny, KEMENY_ITEMS } from "./kemeny";
import { type Majority, majority } from "./majority";
import { type RankedPairs, rankedPairs } from "./ranked-pairs";

/** What several orders of one prompt come to by rules that know no model of people. */
export interface Consensus extends Majority {
  /** null where there are more items than an exact search can look at */
  readonly kemeny: Kemeny | null;
  readonly rankedPairs: RankedPairs;
  /** two items that were compared, as often one way as the other */
  readonly tied: readonly Pair[];
  /** two items that no labeler compared */
  readonly uncompared: readonly Pair[];
}

type Pair = readonly [number, number];

/** Above it a relation no longer fits in the bits of a number. */
const RANKED_PAIRS_ITEMS = 31;

export function consensusOf(orders: readonly LabelerOrder[], items: number): Consensus {
  const prefer = preferences(orders, items);
  const margin = margins(prefer);
  const compared = squareOf(items, () => 0);
  for (const { groups } of orders) {
    const ranked = groups.flat();
    for (const i of ranked) for (const j of ranked) compared[i][j] += 1;
  }
  const pairs = (keep: (i: number, j: number) => boolean): Pair[] =>
    compared.flatMap((_, i) =>
      compared.flatMap((_, j): Pair[] => (i < j && keep(i, j) ? [[i, j]] : [])),
    );
  return {
    ...majority(margin),
    tied: pairs((i, j) => margin[i][j] === 0 && compared[i][j] > 0),
    uncompared: pairs((i, j) => compared[i][j] === 0),
    kemeny: items > KEMENY_ITEMS ? null : kemeny(prefer, 24),
    rankedPairs:
      items > RANKED_PAIRS_ITEMS
        ? { winners: null, relations: null }
        : rankedPairs(margin, items > KEMENY_ITEMS ? 200 : 5000),
  };
}

/** Every comparison of some orders, a tie as half of one each way. @param number of a labeler */
export function crowdPrompt(
  orders: readonly LabelerOrder[],
  items: number,
  number: (labeler: string) => number,
): CrowdPrompt {
  const observations = orders.flatMap(({ labeler, groups }) =>
    groups.flatMap((group, at): Observation[] => {
      const own = number(labeler);
      const below = groups.slice(at + 1).flat();
      return group.flatMap((winner) => [
        ...below.map((loser) => ({ labeler: own, winner, loser })),
        ...group
          .filter((loser) => loser !== winner)
          .map((loser) => ({ labeler: own, winner, loser, weight: 0.5 })),
      ]);
    }),
  );
  return { items, observations };
}
