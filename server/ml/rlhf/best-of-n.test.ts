import { expect, test } from "vitest";
import { measureBestOfN } from "./best-of-n";
import { bestOfMetrics } from "./best-of-n-config";
import { programReward } from "./reward-source";
import { runSteps, type Step, type TrainingState } from "./step";
import { tinyModel } from "./testing";

const prompts = ["a", "b", "c", "d", "e"];
const options = { completions: 8, maxNewTokens: 4, promptsPerStep: 2, seed: 3 };
const lengthReward = () => programReward((_, text) => text.length, "length");

async function stepsOf(given: { resume?: TrainingState; isRight?: typeof endsInA } = {}) {
  const steps: Step[] = [];
  const source = lengthReward();
  await runSteps(measureBestOfN(tinyModel(), prompts, options, { source, ...given }), (step) =>
    steps.push({ ...step, metrics: { ...step.metrics, tokens_per_second: 0 } }),
  );
  return steps;
}
const endsInA = (_: string, completion: string) => completion.endsWith("a");

test("the best of more is scored higher, and the best of one is the mean", async () => {
  const steps = await stepsOf({ isRight: endsInA });
  expect(steps.map(({ step, totalSteps }) => [step, totalSteps])).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
  const [, , last] = steps;
  const { metrics } = last;
  const { scores, right } = last.state().json.answers!;
  expect([scores.length, right.length, metrics.prompts]).toEqual([40, 40, 5]);
  const mean = scores.reduce((sum, x) => sum + x, 0) / 40;
  expect(metrics[bestOfMetrics(1).score]).toBeCloseTo(mean, 12);
  const best = Array.from({ length: 5 }, (_, i) => Math.max(...scores.slice(8 * i, 8 * i + 8)));
  expect(metrics[bestOfMetrics(8).score]).toBeCloseTo(best.reduce((a, x) => a + x) / 5, 12);
  const byN = [1, 2, 4, 8].map((n) => metrics[bestOfMetrics(n).score]);
  expect(byN).toEqual(byN.toSorted((a, b) => a - b));
  expect(byN[3]).toBeGreaterThan(byN[0]);
  expect(metrics[bestOfMetrics(1).exact]).toBeCloseTo(right.reduce((a, x) => a + x) / 40, 12);
  const each = Array.from(
    { length: 5 },
    (_, i) => scores.slice(8 * i, 8 * i + 8).reduce((a, x) => a + x) / 8,
  );
  const variance = each.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4;
  expect(metrics[bestOfMetrics(1).scoreError]).toBeCloseTo(Math.sqrt(variance / 5), 12);
});

test("it goes on from a checkpoint as if it had not stopped", async () => {
  const whole = await stepsOf({ isRight: endsInA });
  const kept = whole[0].state();
  const resume = {
    ...kept,
    json: JSON.parse(JSON.stringify({ ...kept.json, answers: slice(whole[2], 16) })),
  };
  const rest = await stepsOf({ isRight: endsInA, resume });
  expect(rest.map(({ metrics }) => metrics)).toEqual(whole.slice(1).map(({ metrics }) => metrics));
});

/** What the first answers were given: the arrays of a state are the run's own, and grew. */
function slice(step: Step, count: number) {
  const { scores, right } = step.state().json.answers!;
  return { scores: scores.slice(0, count), right: right.slice(0, count) };
}

test("no prompt, one that is too long, and a reward that is no number are refused", async () => {
  const run = (texts: readonly string[], source = lengthReward()) =>
    runSteps(measureBestOfN(tinyModel(), texts, options, { source }));
  await expect(run([])).rejects.toThrow("there are no prompts");
  await expect(run(["a".repeat(500)])).rejects.toThrow(/prompt 1/);
  await expect(
    run(
      ["a"],
      programReward(() => Number.NaN, "nan"),
    ),
  ).rejects.toThrow(/nan gave NaN/);
});
