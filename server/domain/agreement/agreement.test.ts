import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparisonsOf } from "../comparisons";
import { pool, promptAgreement, rankAlpha } from "./agreement";
import { alphaOf } from "./alpha";
import { kendallW } from "./concordance";
import { rankingOfPairs } from "./merge-pairs";
import { type Groups, rankVector } from "./rank-vector";
import { kendallTau } from "./tau";

/** Any order with ties of `items` items. */
const orderOf = (items: number): fc.Arbitrary<Groups> =>
  fc
    .array(fc.nat(items - 1), { minLength: items, maxLength: items })
    .map((levels) =>
      [...new Set(levels)]
        .sort((a, b) => a - b)
        .map((level) => levels.flatMap((own, item) => (own === level ? [item] : []))),
    );

const sizesOf = (order: Groups): string =>
  order
    .map((group) => group.length)
    .sort((a, b) => a - b)
    .join();

/** Equal within rounding, or undefined both. */
function expectNear(got: number | null, expected: number | null): void {
  expect(got === null).toBe(expected === null);
  expect(got ?? 0).toBeCloseTo(expected ?? 0, 10);
}

const shown = [0, 1, 2, 3];
const prompt = (...orders: [string, Groups][]) =>
  promptAgreement({
    items: 4,
    orders: orders.map(([labeler, groups]) => ({ labeler, groups, shown })),
  });

describe("Kendall's τ-b", () => {
  test("two annotators on strict orders b,c,a and a,c,b: −1", () => {
    const [x, y] = [
      [[1], [2], [0]],
      [[0], [2], [1]],
    ].map((groups) => rankVector(groups, 3));
    expect(kendallTau(x, y).tau).toBe(-1);
  });

  test("is 1 with itself, symmetric, turned by turning, and within [−1, 1]", () => {
    fc.assert(
      fc.property(orderOf(5), orderOf(5), (a, b) => {
        const [x, y, turned] = [a, b, a.toReversed()].map((groups) => rankVector(groups, 5));
        const { tau } = kendallTau(x, y);
        expect(kendallTau(y, x).tau).toBe(tau);
        expect(kendallTau(x, x).tau).toBe(a.length > 1 ? 1 : null);
        expect(Math.abs(tau ?? 0)).toBeLessThanOrEqual(1);
        expectNear(kendallTau(turned, y).tau, tau === null ? null : -tau);
      }),
    );
  });
});

describe("Krippendorff's α", () => {
  const ranks = fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { minLength: 4, maxLength: 4 });

  test("does not depend on who is who, nor, if ordinal, on how far apart ranks are", () => {
    fc.assert(
      fc.property(fc.array(ranks, { minLength: 2, maxLength: 4 }), (data) => {
        const stretched = data.map((row) => row.map((x) => (x === null ? null : x ** 3)));
        const turned = data.toReversed();
        for (const other of [stretched, turned]) {
          expectNear(alphaOf(other, "ordinal"), alphaOf(data, "ordinal"));
          expect(alphaOf(other, "nominal") ?? 1).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test("who ranks alone adds nothing; nobody, or one value, leaves it undefined", () => {
    const pair = [
      [1, 2, 3],
      [1, 3, 2],
    ];
    const alone = pair.map((row, i) => [...row, i === 0 ? 1 : null]);
    expect(alphaOf(alone, "ordinal")).toBe(alphaOf(pair, "ordinal"));
    expect(alphaOf([[1, 2, 3]], "ordinal")).toBeNull();
    expect(alphaOf([[1], [1]], "nominal")).toBeNull();
  });
});

test("Kendall's W is the mean Spearman correlation in other clothes: (1 + (m − 1)·r̄)/m", () => {
  fc.assert(
    fc.property(fc.array(orderOf(5), { minLength: 2, maxLength: 5 }), (orders) => {
      fc.pre(orders.every((order) => order.length > 1));
      const ranks = orders.map((order) => rankVector(order, 5).map((rank) => rank!));
      const m = ranks.length;
      const scaled = ranks.map((own) => {
        const size = Math.sqrt(own.reduce((sum, x) => sum + (x - 3) ** 2, 0));
        return own.map((x) => (x - 3) / size);
      });
      // with ties the weights of labelers differ, so the identity holds where all tie alike
      fc.pre(new Set(orders.map(sizesOf)).size === 1);
      const total = scaled[0].map((_, i) => scaled.reduce((sum, own) => sum + own[i], 0));
      const r = (total.reduce((sum, x) => sum + x * x, 0) - m) / (m * (m - 1));
      expect(kendallW(ranks)!.w).toBeCloseTo((1 + (m - 1) * r) / m, 10);
    }),
  );
});

describe("a prompt", () => {
  test("labelers who say the same agree in everything", () => {
    const order = [[2], [0, 1], [3]];
    const same = prompt(["x", order], ["y", order], ["z", order]);
    expect(same).toMatchObject({ labelers: 3, taus: [1, 1, 1], ws: [1] });
    expect(same.pairs).toMatchObject({ compared: 18, agree: 18, comparedNoTies: 15 });
    expect(rankAlpha(same, "ordinal")).toBe(1);
  });

  test("a labeler does not agree with oneself", () => {
    const twice = prompt(["x", [[0], [1], [2], [3]]], ["x", [[3], [1], [2], [0]]]);
    expect(twice.pairs.compared).toBe(0);
    expect(twice.repeated).toMatchObject({ compared: 6, agree: 1 });
    expect(twice.taus).toEqual([]);
    expect(rankAlpha(twice, "ordinal")).toBeNull();
  });

  test("a completion that one of them left out is missing, not last", () => {
    const part = prompt(["x", [[0], [1], [2], [3]]], ["y", [[0], [1], [2]]]);
    expect(part.pairs).toMatchObject({ compared: 3, agree: 3 });
    expect(part.ws).toEqual([1]);
    expect(rankAlpha(part, "ordinal")).toBe(1);
  });

  test("what ties everything has no τ, and is counted", () => {
    const flat = prompt(["x", [[0, 1, 2, 3]]], ["y", [[0], [1], [2], [3]]]);
    expect(flat).toMatchObject({ taus: [], undefinedTaus: 1 });
  });

  test("pooling adds up", () => {
    const one = prompt(["x", [[0], [1]]], ["y", [[1], [0]]]);
    const both = pool([one, one]);
    expect(both.pairs.compared).toBe(2 * one.pairs.compared);
    expect(both.taus).toEqual([-1, -1]);
    expect(both.units).toHaveLength(2 * one.units.length);
  });
});

test("the pairs of a ranking give it back; pairs that go round give none", () => {
  fc.assert(
    fc.property(orderOf(6), (order) => {
      fc.pre(order.length > 1);
      const pairs = comparisonsOf(order).map(({ chosen, rejected }): [number, number] => [
        chosen,
        rejected,
      ]);
      const sets = (groups: Groups) => groups.map((group) => group.toSorted((a, b) => a - b));
      expect(sets(rankingOfPairs(pairs.toReversed())!)).toEqual(sets(order));
    }),
  );
  expect(
    rankingOfPairs([
      [0, 1],
      [1, 2],
      [2, 0],
    ]),
  ).toBeNull();
  expect(
    rankingOfPairs([
      [0, 1],
      [2, 3],
    ]),
  ).toBeNull();
});
