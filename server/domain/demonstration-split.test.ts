import { expect, test } from "vitest";
import { referencesAmong, splitDemonstrations } from "./demonstration-split";

const rows = Array.from({ length: 60 }, (_, i) => ({
  prompt: `p${i % 30}`,
  completion: `c${i}`,
  split: "train" as const,
}));

test("a run that measures itself holds a tenth of the prompts out, whole, by its seed; another learns from all", () => {
  expect(splitDemonstrations(rows, { evaluateEvery: null, keepBest: false }, 1)).toEqual({
    train: rows,
    heldout: [],
  });
  const { train, heldout } = splitDemonstrations(rows, { evaluateEvery: 5 }, 1);
  const promptsOf = (some: typeof rows) => new Set(some.map(({ prompt }) => prompt));
  expect(promptsOf(heldout).size).toBe(3);
  expect(promptsOf(train).size).toBe(27);
  expect([...train, ...heldout]).toHaveLength(60);
  expect(splitDemonstrations(rows, { keepBest: true }, 1).heldout).toEqual(heldout);
  const others = [2, 3, 4].map((seed) => splitDemonstrations(rows, { patience: 2 }, seed).heldout);
  expect(others.some((other) => other[0].prompt !== heldout[0].prompt)).toBe(true);
  // of a prompt that is held out from everything nothing is learnt, whatever the options
  const kept = { prompt: "kept", completion: "c", split: "heldout" as const };
  for (const options of [{}, { evaluateEvery: 5 }]) {
    const { train, heldout } = splitDemonstrations([kept, ...rows], options, 1);
    expect(train).not.toContain(kept);
    expect(heldout).toContain(kept);
  }
  // a single prompt is learnt from, two are one each
  expect(splitDemonstrations(rows.slice(0, 1), { evaluateEvery: 5 }, 1).heldout).toEqual([]);
  expect(splitDemonstrations(rows.slice(0, 2), { evaluateEvery: 5 }, 1).heldout).toHaveLength(1);
});

test("twenty demonstrations set a reward's zero, and no more than five hundred", () => {
  const rows = Array.from({ length: 501 }, (_, i) => i);
  expect(referencesAmong(rows.slice(0, 19))).toBeNull();
  expect(referencesAmong(rows.slice(0, 20))).toEqual(rows.slice(0, 20));
  expect(referencesAmong(rows)).toEqual(rows.slice(0, 500));
});
