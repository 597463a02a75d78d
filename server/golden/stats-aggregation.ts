import type { Groups } from "../domain/agreement/rank-vector";
import { margins, preferences } from "../domain/aggregation/ballots";
import { kemeny } from "../domain/aggregation/kemeny";
import { majority } from "../domain/aggregation/majority";
import { rankedPairs } from "../domain/aggregation/ranked-pairs";
import { type JsonChecker, listOf } from "./checker";
import { expectSame } from "./close";

interface AggregationVectors {
  name?: string;
  items: number;
  profile: { count: number; ranking: Groups }[];
  prefer: number[][];
  margin: number[][];
  condorcet_winner: number | null;
  smith_set: number[];
  majority_cycles: number[][];
  kemeny: { disagreements: number; orders: number[][] };
  ranked_pairs: { winners: number[]; relations: [number, number][][] | null };
}

/** Several ballots as one order: majorities and their cycles, Kemeny's orders, ranked pairs. */
export const aggregationChecker: JsonChecker = {
  matches: (value) => listOf(value, "profile", "prefer", "kemeny", "ranked_pairs"),
  async run(cases, { name }, value) {
    for (const [i, one] of (value as AggregationVectors[]).entries()) {
      await cases.check(`${name} ${one.name ?? i + 1}`, () => check(one));
    }
  },
};

function check(one: AggregationVectors): void {
  const ballots = one.profile.map(({ count, ranking }) => ({ groups: ranking, weight: count }));
  const prefer = preferences(ballots, one.items);
  const margin = margins(prefer);
  expectSame("prefer", prefer, one.prefer);
  expectSame("margin", margin, one.margin);
  const { condorcetWinner, smithSet, cycles } = majority(margin);
  expectSame("Condorcet winner", condorcetWinner, one.condorcet_winner);
  expectSame("Smith set", smithSet, one.smith_set.toSorted(ascending));
  expectSets("majority cycles", cycles, one.majority_cycles);
  const best = kemeny(prefer, one.kemeny.orders.length + 1);
  expectSame("Kemeny's disagreements", best.disagreements, one.kemeny.disagreements);
  expectSame("Kemeny's orders", best.count, one.kemeny.orders.length);
  expectSame("Kemeny's orders", texts(best.orders), texts(one.kemeny.orders));
  const pairs = rankedPairs(margin, 1_000_000);
  expectSame("ranked pairs' winners", pairs.winners, one.ranked_pairs.winners.toSorted(ascending));
  if (one.ranked_pairs.relations === null || pairs.relations === null) return;
  const relations = (all: readonly (readonly (readonly number[])[])[]) =>
    texts(all.map((relation) => texts(relation)));
  expectSame("relations", relations(pairs.relations), relations(one.ranked_pairs.relations));
}

const ascending = (a: number, b: number): number => a - b;

/** Lists in any order, as texts. */
function texts(lists: readonly (readonly unknown[])[]): string[] {
  return lists.map((list) => JSON.stringify(list)).sort();
}

function expectSets(
  what: string,
  got: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): void {
  const sorted = (sets: readonly (readonly number[])[]) =>
    texts(sets.map((set) => set.toSorted(ascending)));
  expectSame(what, sorted(got), sorted(expected));
}
