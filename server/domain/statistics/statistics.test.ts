import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededUniform } from "../sorter/random";
import { clusterBootstrap, clusteredError, standardError, twoWayClusteredError } from "./clustered";
import { explainedShare } from "./distributional";
import { signTest, upperTail } from "./exact";
import { normalQuantile, twoSidedP } from "./normal";
import { wilsonInterval, winRate } from "./proportion";

describe("the normal distribution", () => {
  test("known quantiles and tails", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 10);
    expect(twoSidedP(1.959963984540054)).toBeCloseTo(0.05, 14);
    expect(twoSidedP(-5) / 5.733031437583869e-7).toBeCloseTo(1, 11);
  });

  test("the quantile undoes the tail, on both sides", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        const z = normalQuantile(p);
        expect(twoSidedP(z) / (2 * Math.min(p, 1 - p))).toBeCloseTo(1, 9);
        expect(Math.sign(z)).toBe(Math.sign(p - 0.5));
      }),
    );
  });
});

describe("proportions", () => {
  test("Wilson's interval holds the share, is inside [0, 1], and its ends are one error away", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (a, b) => {
        fc.pre(a + b > 0);
        const n = a + b;
        const [low, high] = wilsonInterval(a, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        for (const end of [low, high]) {
          if (end < 1e-9 || end > 1 - 1e-9) continue;
          const z = (a / n - end) / Math.sqrt((end * (1 - end)) / n);
          expect(Math.abs(z)).toBeCloseTo(1.959963984540054, 6);
        }
      }),
    );
  });

  test("nothing seen, nothing known", () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
    expect(winRate(0, 0, 0)).toEqual({ tiesHalf: null, withoutTies: null, interval: [0, 1] });
    expect(winRate(0, 2, 0)).toMatchObject({ tiesHalf: 0.5, withoutTies: null });
  });
});

describe("clusters", () => {
  const x = [1, 4, 2, 8, 5, 7];

  test("of one value each are independent values", () => {
    const own = x.map((_, i) => i);
    const bessel = Math.sqrt((x.length - 1) / x.length);
    expect(clusteredError(x, own)).toBeCloseTo(standardError(x) * bessel, 12);
  });

  test("a second way that adds nothing changes nothing", () => {
    const first = [0, 0, 1, 1, 2, 2];
    const own = x.map((_, i) => i);
    expect(twoWayClusteredError(x, first, own)).toBeCloseTo(clusteredError(x, first), 12);
    expect(twoWayClusteredError(x, first, first)).toBeCloseTo(clusteredError(x, first), 12);
  });

  test("the bootstrap is the seed's, and says nothing of one cluster", () => {
    const parts = x.map((total) => ({ total, weight: 1 }));
    const draw = (seed: number) => clusterBootstrap(parts, seededUniform(seed), { draws: 200 });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(clusterBootstrap([{ total: 1, weight: 2 }], seededUniform(1))).toBeNull();
    const [low, high] = draw(1)!.interval;
    expect(low).toBeLessThan(4.5);
    expect(high).toBeGreaterThan(4.5);
  });

  test("scores that labelers share are explained, those that prompts share are not", () => {
    expect(
      explainedShare([
        [1, 1],
        [2, 2],
      ]),
    ).toBe(1);
    expect(
      explainedShare([
        [1, 2],
        [2, 1],
      ]),
    ).toBe(0);
    expect(
      explainedShare([
        [3, 3],
        [3, 3],
      ]),
    ).toBeNull();
  });
});

describe("exact tails", () => {
  test("of equal trials are the binomial's, of certain ones certain", () => {
    expect(upperTail(2, [0.5, 0.5, 0.5])).toBeCloseTo(0.5, 14);
    expect(upperTail(3, [1, 1, 1, 0])).toBe(1);
    expect(upperTail(0, [])).toBe(1);
    expect(upperTail(1, [0.2, 0.3])).toBeCloseTo(1 - 0.8 * 0.7, 14);
  });

  test("the sign test is twice the binomial's tail", () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), (heads, tails) => {
        const n = heads + tails;
        const even = Array.from({ length: n }, () => 0.5);
        const expected = Math.min(1, 2 * upperTail(Math.max(heads, tails), even));
        expect(signTest(heads, n)).toBeCloseTo(expected, 10);
      }),
    );
  });
});
