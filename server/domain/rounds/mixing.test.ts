import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isCalibration, mixAnswers } from "./calibration";
import { preferenceOf } from "./preference";

const same = (a: string, b: string) => a === b;

test("the calibration share is kept exactly, spread evenly, wherever the job is begun again", () => {
  const hundredths = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(hundredths, fc.integer({ min: 0, max: 300 }), (percent, tasks) => {
      const mixed = Array.from({ length: tasks }, (_, i) => isCalibration(i, percent / 100));
      expect(mixed.filter(Boolean)).toHaveLength(Math.floor((tasks * percent) / 100));
    }),
  );
});

test("a mixed task has half of each policy's answers, and never the same text twice", () => {
  expect(mixAnswers(["a", "b", "c", "d"], ["w", "x", "y", "z"], 4, same)).toEqual([
    "a",
    "b",
    "w",
    "x",
  ]);
  expect(mixAnswers(["a", "b", "c", "d", "e"], ["w", "x", "y"], 5, same)).toEqual([
    "a",
    "b",
    "c",
    "w",
    "x",
  ]);
  expect(mixAnswers(["a", "b", "c", "d"], ["b", "a", "x"], 4, same)).toEqual(["a", "b", "c", "x"]);
  expect(mixAnswers(["a", "b", "c", "d"], ["a"], 4, same)).toEqual(["a", "b", "c", "d"]);
});

test("the preference counts pairs of a new and an old answer, ties by half", () => {
  const sideOf = (id: string) =>
    id.startsWith("n") ? ("new" as const) : id.startsWith("o") ? ("old" as const) : null;
  expect(preferenceOf([], sideOf)).toBeNull();
  expect(preferenceOf([{ promptId: "p", groups: [["n1"], ["n2"]] }], sideOf)).toBeNull();
  const found = preferenceOf(
    [
      { promptId: "p", groups: [["n1"], ["o1", "n2"], ["written"], ["o2"]] }, // 3 of 4, and a tie
      { promptId: "q", groups: [["o1"], ["n1"]] },
    ],
    sideOf,
  );
  expect(found).toMatchObject({ share: 3.5 / 5, pairs: 5, prompts: 2, rankings: 2 });
  const [low, high] = found!.interval!;
  expect(low).toBe(0);
  expect(high).toBe(0.875);
});

test("one prompt alone has no interval", () => {
  const one = [{ promptId: "p", groups: [["new"], ["old"]] }];
  expect(preferenceOf(one, (id) => id as "new" | "old")).toMatchObject({
    share: 1,
    interval: null,
  });
});
