import * as fc from "fast-check";
import { expect, test } from "vitest";
import { distributionOf, isDue, isQualified, shownProgress } from "./distribution";
import { seededUniform } from "./sorter/random";

test("of every 1/rate tasks in a row exactly one is due, wherever chance puts it", () => {
  const rates = fc.constantFrom(0.05, 0.1, 0.15, 0.2, 0.3, 0.5);
  fc.assert(
    fc.property(rates, fc.string(), (rate, seed) => {
      const uniform = seededUniform(seed);
      let had = 0;
      for (let served = 0; served < 200; served++) {
        if (isDue(rate, served, had, uniform)) had++;
        const blocks = (served + 1) * rate;
        expect(had).toBeGreaterThanOrEqual(Math.floor(blocks + 1e-9));
        expect(had).toBeLessThanOrEqual(Math.ceil(blocks - 1e-9));
      }
    }),
  );
});

test("every place in a block of ten is as likely as the others", () => {
  const uniform = seededUniform("places");
  const places = Array.from({ length: 10 }, () => 0);
  for (let labeler = 0; labeler < 5000; labeler++) {
    const at = places.findIndex((_, served) => isDue(0.1, served, 0, uniform));
    places[at]++;
  }
  for (const count of places) expect(count / 5000).toBeCloseTo(0.1, 1);
});

test("what was owed because there was none comes later; a rate of 0 is never due", () => {
  expect(isDue(0.5, 3, 0, () => 0.99)).toBe(true); // the last place of its block
  expect(isDue(0.1, 10, 2, () => 0)).toBe(false);
  expect(isDue(0, 100, 0, () => 0)).toBe(false);
});

test("every ranking moves the progress that labelers see by one, gold too", () => {
  const rate = 0.1;
  const before = shownProgress({ wanted: 100, done: 20, beyond: 2 }, rate);
  expect(shownProgress({ wanted: 100, done: 21, beyond: 2 }, rate)).toEqual({
    ...before,
    done: before.done + 1,
  });
  expect(shownProgress({ wanted: 100, done: 20, beyond: 3 }, rate)).toEqual({
    ...before,
    done: before.done + 1,
  });
  expect(shownProgress({ wanted: 100, done: 100, beyond: 9 }, rate)).toEqual({
    wanted: 109,
    done: 109,
  });
});

test("a qualification is asked for only where there is one", () => {
  const open = distributionOf({});
  const closed = distributionOf({ distribution: { qualification: "law" } });
  expect(isQualified(open, null)).toBe(true);
  expect([null, [], ["medicine"], ["law"]].map((had) => isQualified(closed, had))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
