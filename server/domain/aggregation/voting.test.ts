import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Groups } from "../agreement/rank-vector";
import { type Ballot, margins, preferences } from "./ballots";
import { consensusOf } from "./consensus";
import { kemeny } from "./kemeny";
import { majority } from "./majority";
import { rankedPairs } from "./ranked-pairs";

const ITEMS = 4;

/** Ballots over some of the items, with ties. */
const ballots: fc.Arbitrary<Ballot[]> = fc.array(
  fc.array(fc.option(fc.nat(3)), { minLength: ITEMS, maxLength: ITEMS }).map((levels): Ballot => {
    const used = [...new Set(levels.filter((level) => level !== null))].sort((a, b) => a - b);
    return {
      groups: used.map((level) => levels.flatMap((own, item) => (own === level ? [item] : []))),
    };
  }),
  { minLength: 1, maxLength: 5 },
);

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, i) =>
    permutations(items.filter((_, j) => j !== i)).map((rest) => [first].concat(rest)),
  );
}

const numbers = Array.from({ length: ITEMS }, (_, i) => i);
const orders = permutations(numbers);
const sorted = (lists: readonly (readonly unknown[])[]) =>
  lists.map((list) => JSON.stringify(list)).sort();

describe("Kemeny's rule", () => {
  const cost = (order: readonly number[], prefer: readonly (readonly number[])[]) =>
    order.reduce(
      (sum, a, i) => order.slice(i + 1).reduce((inner, b) => inner + prefer[b][a], sum),
      0,
    );

  test("finds what trying all orders finds, and groups what they do not settle", () => {
    fc.assert(
      fc.property(ballots, (all) => {
        const prefer = preferences(all, ITEMS);
        const least = Math.min(...orders.map((order) => cost(order, prefer)));
        const best = orders.filter((order) => cost(order, prefer) === least);
        const found = kemeny(prefer);
        expect(found.disagreements).toBe(least);
        expect(found.count).toBe(best.length);
        expect(sorted(found.orders)).toEqual(sorted(best));
        let above: number[] = [];
        for (const group of found.groups) {
          above = [...above, ...group].sort((a, b) => a - b);
          for (const order of best) {
            expect(order.slice(0, above.length).sort((a, b) => a - b)).toEqual(above);
          }
        }
        expect(above).toEqual(numbers);
      }),
    );
  });

  test("nine completions without any opinion: all orders are as good, and none is listed for them", () => {
    const found = kemeny(preferences([], 9), 10);
    expect(found).toMatchObject({ count: 362_880, disagreements: 0 });
    expect(found.groups).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8]]);
    expect(found.orders).toHaveLength(10);
  });

  test("weights of labelers that are fractions make no false differences", () => {
    const thirds: Ballot[] = [
      { groups: [[0], [1], [2]], weight: 0.1 },
      { groups: [[1], [2], [0]], weight: 0.1 },
      { groups: [[2], [0], [1]], weight: 0.1 },
    ];
    expect(kemeny(preferences(thirds, 3)).count).toBe(3);
  });

  test("fifteen items are more than it looks at, and it says so", () => {
    expect(() => kemeny(preferences([], 15))).toThrow("exact up to 14 items, and there are 15");
  });
});

describe("ranked pairs", () => {
  /** Tideman's rule as it is told, for one order of the majorities. */
  function lockAll(edges: readonly (readonly [number, number])[]): string {
    const over = numbers.map((i) => numbers.map((j) => i === j));
    for (const [i, j] of edges) {
      if (over[j][i]) continue;
      for (const a of numbers)
        for (const b of numbers) if (over[a][i] && over[j][b]) over[a][b] = true;
    }
    return JSON.stringify(
      numbers.flatMap((i) => numbers.filter((j) => i !== j && over[i][j]).map((j) => [i, j])),
    );
  }

  test("gives every relation that some order of equal margins gives, and no other", () => {
    fc.assert(
      fc.property(ballots, (all) => {
        const margin = margins(preferences(all, ITEMS));
        const edges = numbers.flatMap((i) =>
          numbers.flatMap((j) => (margin[i][j] > 0 ? [[i, j] as const] : [])),
        );
        const sizes = [...new Set(edges.map(([i, j]) => margin[i][j]))].sort((a, b) => b - a);
        const levels = sizes.map((size) =>
          permutations(edges.filter(([i, j]) => margin[i][j] === size)),
        );
        const sequences = levels.reduce<(readonly [number, number])[][]>(
          (begun, level) => begun.flatMap((before) => level.map((next) => [...before, ...next])),
          [[]],
        );
        const expected = new Set(sequences.map(lockAll));
        const found = rankedPairs(margin);
        expect(sorted(found.relations!)).toEqual([...expected].sort());
        expect(found.winners!.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  test("says nothing where there are too many orders to try", () => {
    const round = numbers.map((i) => numbers.map((j) => [0, 1, 0, -1][(j - i + 4) % 4]));
    expect(rankedPairs(round, 2)).toEqual({ winners: null, relations: null });
    expect(rankedPairs(round).relations).toHaveLength(4);
  });
});

describe("majorities", () => {
  test("a Condorcet winner is first everywhere; the Smith set beats all outside it", () => {
    fc.assert(
      fc.property(ballots, (all) => {
        const prefer = preferences(all, ITEMS);
        const margin = margins(prefer);
        const { condorcetWinner, smithSet, cycles } = majority(margin);
        const outside = numbers.filter((item) => !smithSet.includes(item));
        for (const i of smithSet) for (const j of outside) expect(margin[i][j]).toBeGreaterThan(0);
        for (const cycle of cycles) expect(cycle.length).toBeGreaterThan(2);
        if (condorcetWinner === null) return;
        expect(smithSet).toEqual([condorcetWinner]);
        expect(rankedPairs(margin).winners).toEqual([condorcetWinner]);
        expect(kemeny(prefer).orders.every(([first]) => first === condorcetWinner)).toBe(true);
      }),
    );
  });
});

describe("a consensus", () => {
  const order = (labeler: string, groups: Groups) => ({ labeler, groups, shown: groups.flat() });

  test("is never settled by the numbers of items or the order of labelers", () => {
    const permutation = fc.shuffledSubarray(numbers, { minLength: ITEMS, maxLength: ITEMS });
    fc.assert(
      fc.property(ballots, permutation, (all, to) => {
        const own = all.map(({ groups }, i) => order(`${i}`, groups));
        const renamed = own.toReversed().map(({ labeler, groups }) =>
          order(
            labeler,
            groups.map((group) => group.map((i) => to[i])),
          ),
        );
        const [a, b] = [consensusOf(own, ITEMS), consensusOf(renamed, ITEMS)];
        const names = (groups: Groups) =>
          groups.map((group) => group.map((i) => to[i]).sort((x, y) => x - y));
        expect(b.kemeny!.groups).toEqual(names(a.kemeny!.groups));
        expect(b.rankedPairs.winners).toEqual(names([a.rankedPairs.winners!])[0]);
        expect(b.smithSet).toEqual(names([a.smithSet])[0]);
        expect(sorted(b.cycles)).toEqual(sorted(names(a.cycles)));
        expect(sorted(b.tied)).toEqual(sorted(names(a.tied)));
      }),
    );
  });

  test("tells a tie from what nobody compared", () => {
    const found = consensusOf([order("x", [[0], [1]]), order("y", [[1], [0]])], 3);
    expect(found.tied).toEqual([[0, 1]]);
    expect(found.uncompared).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  test("more items than the exact rules take leave them open", () => {
    const many = Array.from({ length: 40 }, (_, i) => [i]);
    const found = consensusOf([order("x", many)], 40);
    expect(found.kemeny).toBeNull();
    expect(found.rankedPairs).toEqual({ winners: null, relations: null });
    expect(found.condorcetWinner).toBe(0);
  });
});
