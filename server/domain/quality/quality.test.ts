import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Groups } from "../agreement/rank-vector";
import { seededUniform, type Uniform } from "../sorter/random";
import { agreementWithOthers } from "./agreement-with-others";
import { expectedPairs, goldAccuracy } from "./gold-accuracy";
import { kendallScore } from "./kendall-score";
import type { LabeledTask } from "./labeled-task";
import { lengthBias, longerWins } from "./length-bias";
import { positionBias } from "./position-bias";
import { speed } from "./speed";
import { straightLining } from "./straight-lining";

function shuffled(items: number, uniform: Uniform): number[] {
  return Array.from({ length: items }, (_, item) => ({ item, at: uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

const strict = (order: readonly number[]): Groups => order.map((item) => [item]);

/** Tasks of five completions each, shown at random and ranked by `rank`. */
function work(n: number, seed: string, rank: (shown: readonly number[], u: Uniform) => Groups) {
  const uniform = seededUniform(seed);
  return Array.from({ length: n }, (_, i): LabeledTask => {
    const shown = shuffled(5, uniform);
    return {
      task: `${i}`,
      labeler: "x",
      groups: rank(shown, uniform),
      shown,
      lengths: [100, 200, 300, 400, 500],
      seconds: 60,
    };
  });
}

const reads = (_: readonly number[], u: Uniform): Groups => strict(shuffled(5, u));

/** Share of 300 honest labelers that a test at 5 % would accuse. */
function accused(p: (seed: string) => number | null): number {
  const all = Array.from({ length: 300 }, (_, i) => p(`honest ${i}`));
  return all.filter((own) => own !== null && own < 0.05).length / all.length;
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, i) =>
    permutations(items.filter((_, j) => j !== i)).map((rest) => [first].concat(rest)),
  );
}

test("Kendall's S: mean 0 and the stated variance over all orders of the covariate, ties in both", () => {
  const levels = fc.array(fc.nat(3), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(levels, fc.nat(2), (own, modulus) => {
      const groups = [...new Set(own)].map((level) =>
        own.flatMap((value, item) => (value === level ? [item] : [])),
      );
      const values = own.map((_, i) => i % (modulus + 2));
      const all = permutations(values).map((order) => kendallScore(groups, (item) => order[item]));
      const mean = all.reduce((sum, { s }) => sum + s, 0) / all.length;
      const variance = all.reduce((sum, { s }) => sum + s * s, 0) / all.length;
      expect(mean).toBeCloseTo(0, 10);
      expect(all[0].variance).toBeCloseTo(variance, 9);
    }),
  );
});

describe("gold", () => {
  test("a task is right when every expected pair is; ties and left-out completions are not", () => {
    const expected = expectedPairs([[0], [1, 2], [3]]);
    const of = (...groups: number[][]) => ({ expected, groups });
    const found = goldAccuracy([of([0], [2], [1], [3]), of([0, 1], [2], [3]), of([0], [1], [2])]);
    expect(found).toMatchObject({ accuracy: 1 / 3, right: 1, tasks: 3, pairs: (5 + 4 + 2) / 15 });
    expect(found.interval[0]).toBeLessThan(1 / 3);
    expect(goldAccuracy([])).toMatchObject({ accuracy: null, interval: [0, 1], pairs: null });
  });
});

describe("position bias", () => {
  test("who takes what is shown is found, in its direction; who reads is not", () => {
    const first = positionBias(work(5, "a", (shown) => strict(shown)));
    const last = positionBias(work(5, "a", (shown) => strict(shown.toReversed())));
    expect(first).toMatchObject({ value: 1, n: 5 });
    expect(first.p).toBeLessThan(1e-4);
    expect(last).toMatchObject({ value: -1, p: first.p });
    expect(accused((seed) => positionBias(work(20, seed, reads)).p)).toBeLessThan(0.08);
  });

  test("does not depend on what completions are called", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
        (seed, to) => {
          const tasks = work(3, seed, reads);
          const renamed = tasks.map((one) => ({
            ...one,
            groups: one.groups.map((group) => group.map((i) => to[i])),
            shown: one.shown.map((i) => to[i]),
          }));
          expect(positionBias(renamed)).toEqual(positionBias(tasks));
        },
      ),
    );
  });

  test("all tied says nothing", () => {
    const tied = work(3, "t", (shown) => [[...shown]]);
    expect(positionBias(tied)).toEqual({ value: null, p: null, n: 0 });
  });
});

describe("length bias", () => {
  const shared = (seed: string, own: Parameters<typeof work>[2]) => {
    const uniform = seededUniform(`others of ${seed}`);
    return work(20, seed, own).map((task) => ({
      own: task,
      others: [0, 1, 2].map(() => strict(shuffled(5, uniform))),
    }));
  };
  const longest = () => strict([4, 3, 2, 1, 0]);

  test("who goes by length against the others is found; who just differs is not", () => {
    const biased = lengthBias(shared("b", longest));
    expect(biased).toMatchObject({ value: 1, n: 20 });
    expect(biased.p).toBeLessThan(1e-5);
    expect(accused((seed) => lengthBias(shared(seed, reads)).p)).toBeLessThan(0.08);
  });

  test("longer ones that are better by everybody's opinion are no bias", () => {
    const agreed = work(20, "c", longest).map((own) => ({ own, others: [longest(), longest()] }));
    expect(longerWins(agreed.map(({ own }) => own))).toBe(1);
    expect(lengthBias(agreed)).toEqual({ value: null, p: null, n: 0 });
  });

  test("texts of one length say nothing", () => {
    const same = shared("d", reads).map(({ own, others }) => {
      return { own: { ...own, lengths: [7, 7, 7, 7, 7] }, others };
    });
    expect(lengthBias(same).value).toBeNull();
    expect(longerWins(same.map(({ own }) => own))).toBeNull();
  });
});

describe("straight-lining", () => {
  test("the displayed order, forwards or backwards, is a pattern", () => {
    const found = straightLining(
      work(3, "s", (shown) => strict(shown.toReversed())),
      0.1,
    );
    expect(found.displayed).toMatchObject({ value: 1, n: 3 });
    expect(found.displayed.p).toBeCloseTo((2 / 120) ** 3, 12);
    expect(found.repeated.p).toBeCloseTo((1 / 120) ** 2, 12);
  });

  test("so are the same places at the same positions each time, and tying everything", () => {
    const pattern = (shown: readonly number[]): Groups => [
      [shown[2], shown[0]],
      [shown[1], shown[4], shown[3]],
    ];
    const found = straightLining(work(4, "r", pattern), 0.1);
    expect(found.repeated).toMatchObject({ value: 1, n: 3 });
    expect(found.repeated.p).toBeCloseTo(0.1 ** 3, 12);
    expect(found.displayed.value).toBe(0);
    const tied = straightLining(
      work(3, "t", (shown) => [[...shown]]),
      0.1,
    );
    expect(tied.allTied.p).toBeCloseTo(0.001, 12);
    expect(tied.repeated).toEqual({ value: null, p: null, n: 0 });
  });

  test("who reads is not accused more often than the test allows", () => {
    const p = (seed: string) => {
      const { displayed, repeated } = straightLining(work(20, seed, reads), 0.1);
      return Math.min(1, 2 * Math.min(displayed.p!, repeated.p!)); // two tests, Bonferroni
    };
    expect(accused(p)).toBeLessThanOrEqual(0.08);
  });
});

describe("agreement with others", () => {
  test("is the share of equal outcomes, tested against what is usual", () => {
    const tasks = work(30, "g", reads).map((own) => ({ own, others: [own.groups] }));
    const same = agreementWithOthers(tasks, 0.7, seededUniform(1));
    expect(same).toMatchObject({ rate: 1, compared: 300, tasks: 30, interval: [1, 1], p: null });
    const contrary = tasks.map(({ own }, i) => ({
      own,
      others: [i % 3 === 0 ? own.groups : own.groups.toReversed()],
    }));
    const found = agreementWithOthers(contrary, 0.7, seededUniform(1));
    expect(found.rate).toBeCloseTo(1 / 3, 12);
    expect(found.p).toBeLessThan(0.001);
  });

  test("nobody else there: nothing to say", () => {
    const alone = work(2, "h", reads).map((own) => ({ own, others: [] }));
    expect(agreementWithOthers(alone, 0.7, seededUniform(1))).toEqual({
      rate: null,
      rateNoTies: null,
      interval: null,
      usual: 0.7,
      p: null,
      compared: 0,
      tasks: 0,
    });
  });
});

describe("speed", () => {
  test("is held against the others on the same tasks, and against reading", () => {
    const tasks = work(10, "v", reads).map((own) => {
      return { own: { ...own, seconds: 20 }, otherSeconds: [30, 50] };
    });
    const found = speed(tasks);
    expect(found).toMatchObject({ medianSeconds: 20, ratio: 0.5, tooFast: 1, n: 10 });
    expect(found.p).toBeCloseTo(2 / 1024, 12);
    expect(speed([])).toEqual({ medianSeconds: null, ratio: null, p: null, tooFast: null, n: 0 });
  });

  test("scales with time: who takes twice as long has twice the ratio", () => {
    const seconds = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(seconds, (times) => {
        const tasks = work(times.length, "w", reads).map((own, i) => {
          return { own: { ...own, seconds: times[i] }, otherSeconds: [10, 20, 30] };
        });
        const slow = tasks.map(({ own, otherSeconds }) => {
          return { own: { ...own, seconds: 2 * own.seconds }, otherSeconds };
        });
        expect(speed(slow).ratio).toBeCloseTo(2 * speed(tasks).ratio!, 12);
        expect(speed(slow).tooFast).toBeLessThanOrEqual(speed(tasks).tooFast!);
      }),
    );
  });
});
