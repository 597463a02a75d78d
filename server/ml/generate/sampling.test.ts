import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Random } from "../runtime/random";
import { candidates, chooseToken, type SamplingSettings } from "./sampling";

const softmax = (logits: readonly number[], temperature = 1): number[] => {
  const most = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp((logit - most) / temperature));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
};

describe("candidates", () => {
  const p = Float32Array.of(0.125, 0.375, 0.0625, 0.25, 0.1875);

  test("top-k keeps the likeliest, and all that equal the last of them", () => {
    expect(candidates(p, { temperature: 1, topK: 2 })).toEqual({
      ids: [1, 3],
      weights: [0.375, 0.25],
    });
    expect(candidates(Float32Array.of(1, 2, 2, 0.5, 2), { temperature: 1, topK: 2 }).ids).toEqual([
      1, 2, 4,
    ]);
  });

  test("top-p keeps the fewest whose probabilities reach p", () => {
    expect(candidates(p, { temperature: 1, topP: 0.6 }).ids).toEqual([1, 3]);
    expect(candidates(p, { temperature: 1, topP: 0.7 }).ids).toEqual([1, 3, 4]);
    expect(candidates(p, { temperature: 1, topP: 1e-9 }).ids).toEqual([1]);
  });

  test("top-p counts what top-k left", () => {
    // 0.375, 0.25, 0.1875 of 0.8125: the first two are 77 %
    expect(candidates(p, { temperature: 1, topK: 3, topP: 0.7 }).ids).toEqual([1, 3]);
  });

  test("min-p is relative to the likeliest", () => {
    expect(candidates(p, { temperature: 1, minP: 0.5 }).ids).toEqual([1, 3, 4]);
  });

  test("top-p keeps no more of equal tokens than it takes, min-p all", () => {
    const equal = Float32Array.of(0.25, 0.25, 0.25, 0.25);
    expect(candidates(equal, { temperature: 1, topP: 0.5 }).ids).toEqual([0, 1]);
    expect(candidates(equal, { temperature: 1, minP: 1 }).ids).toEqual([0, 1, 2, 3]);
  });

  test("of a large vocabulary, as a full sort would", () => {
    const random = new Random(1);
    const weights = Float32Array.from(
      softmax(Array.from({ length: 5000 }, () => 4 * random.normal())),
    );
    const sorted = Array.from(weights.keys()).toSorted((a, b) => weights[b] - weights[a]);
    const first = (n: number) => sorted.slice(0, n).toSorted((a, b) => a - b);
    for (const topK of [1, 2, 321, 4999]) {
      expect(candidates(weights, { temperature: 1, topK }).ids).toEqual(first(topK));
    }
    for (const topP of [0.01, 0.5, 0.9, 0.99, 0.999999]) {
      let [n, mass] = [0, 0];
      const total = weights.reduce((a, b) => a + b, 0);
      while (mass < topP * total) mass += weights[sorted[n++]];
      expect(candidates(weights, { temperature: 1, topP }).ids).toEqual(first(n));
    }
  });
});

describe("a chosen token", () => {
  const logits = Float32Array.of(1, 3, -2, 2.5, 0);
  const choose = (settings: SamplingSettings, history: number[], uniform: number) =>
    chooseToken(
      logits.map((x) => x / (settings.temperature || 1)),
      Float32Array.from(softmax([...logits], settings.temperature || 1)),
      new Set(history),
      settings,
      () => uniform,
    );

  test("is the likeliest at temperature 0, after the penalty", () => {
    expect(choose({ temperature: 0 }, [], 0.999)).toBe(1);
    expect(choose({ temperature: 0, repetitionPenalty: 2 }, [1, 1, 0], 0.999)).toBe(3);
  });

  test("follows the probabilities", () => {
    for (const settings of [
      { temperature: 1 },
      { temperature: 2, repetitionPenalty: 1.5 },
      { temperature: 1, topK: 3, repetitionPenalty: 1.3 },
    ]) {
      const n = 20_000;
      const counts = [0, 0, 0, 0, 0];
      for (let i = 0; i < n; i++) counts[choose(settings, [3, 2], (i + 0.5) / n)]++;
      const penalty = settings.repetitionPenalty ?? 1;
      const changed = [...logits].map((x, id) =>
        [2, 3].includes(id) ? (x > 0 ? x / penalty : x * penalty) : x,
      );
      const cut = settings.topK ? changed.toSorted((a, b) => b - a)[settings.topK - 1] : -Infinity;
      const expected = softmax(
        changed.map((x) => (x >= cut ? x : -Infinity)),
        settings.temperature,
      );
      for (const [id, count] of counts.entries())
        expect(Math.abs(count / n - expected[id])).toBeLessThan(2e-4);
    }
  });

  test("is one that may be, also where rounding leaves the sum below the draw", () => {
    const probs = Float32Array.of(0.5, 0.25, 0, 0.2499, 0);
    expect(chooseToken(logits, probs, new Set(), { temperature: 1 }, () => 1 - 2 ** -53)).toBe(3);
    expect(
      chooseToken(logits, Float32Array.of(0, 1, 0, 0, 0), new Set(), { temperature: 1 }, () => 0),
    ).toBe(1);
  });
});

const file = join(
  process.env["GOLDEN_DIR"] ?? join(import.meta.dirname, "../../../../shared/golden"),
  "sampling/processors.json",
);

interface Case {
  settings: {
    temperature?: number;
    top_k?: number;
    top_p?: number;
    min_p?: number;
    repetition_penalty?: number;
  };
  logits: number[];
  history?: number[];
  kept: number[];
  probs: number[];
}

describe.skipIf(!existsSync(file))("against the reference", () => {
  const { cases, ties } = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : { cases: [], ties: [] };

  test.each([...cases, ...ties] as Case[])(
    "$settings",
    ({ settings, logits, history, kept, probs }) => {
      const {
        temperature = 1,
        top_k: topK,
        top_p: topP,
        min_p: minP,
        repetition_penalty: penalty = 1,
      } = settings;
      const seen = new Set(history);
      const penalised = logits.map((x, id) =>
        seen.has(id) ? (x > 0 ? x / penalty : x * penalty) : x,
      );
      const { ids, weights } = candidates(Float32Array.from(softmax(penalised, temperature)), {
        temperature,
        topK,
        topP,
        minP,
      });
      expect(ids).toEqual(kept);
      const sum = weights.reduce((a, b) => a + b, 0);
      for (const [place, id] of ids.entries())
        expect(weights[place] / sum).toBeCloseTo(probs[id], 6);
    },
  );
});
