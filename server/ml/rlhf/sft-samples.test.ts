import { expect, test } from "vitest";
import { trainSft } from "./sft";
import { runSteps, type Step, type TrainingState } from "./step";
import { tinyModel } from "./testing";

const data = ["a", "b", "c", "d"].map((prompt) => ({ prompt, completion: ` ${prompt}` }));
const evaluation = [
  ...data.slice(0, 3),
  { prompt: "", completion: "a b" }, // nothing to answer
  { prompt: "a", completion: " b" }, // asked already
];
const options = { batchSize: 4, epochs: 6, learningRate: 1e-2, seed: 3, evaluateEvery: 2 };

async function stepsOf(
  change: Parameters<typeof trainSft>[2],
  { held = evaluation, resume }: { held?: typeof evaluation; resume?: TrainingState } = {},
): Promise<Step[]> {
  const steps: Step[] = [];
  const model = tinyModel();
  await runSteps(
    trainSft(model, data, { ...options, ...change }, { evaluation: held, resume }),
    (step) => steps.push(step),
  );
  return steps;
}

test("the same held-out prompts are answered at every evaluation, and change no number", async () => {
  const steps = await stepsOf({ samplePrompts: 2, sampleTokens: 3 });
  const shown = steps.map(({ samples = [] }) => samples.map(({ prompt }) => prompt));
  expect(shown).toEqual([[], ["a", "b"], [], ["a", "b"], [], ["a", "b"]]);
  const silent = await stepsOf({ samplePrompts: 0 });
  const losses = (all: Step[]) => all.map(({ metrics }) => [metrics.loss, metrics["eval/loss"]]);
  expect(losses(steps)).toEqual(losses(silent));
  expect(steps.at(-1)!.samples![0]).toMatchObject({ score: null, tokens: null });
});

test("patience ends a run whose held-out loss no longer falls, and it does not go on after", async () => {
  const opposite = data.map(({ prompt }) => ({ prompt, completion: " e e" })); // what it unlearns
  const change = { epochs: 40, learningRate: 3e-2, evaluateEvery: 1, patience: 2 };
  const steps = await stepsOf(change, { held: opposite });
  const last = steps.at(-1)!;
  expect(steps.length).toBeLessThan(40);
  expect(last.totalSteps).toBe(last.step);
  const losses = steps.map(({ metrics }) => metrics["eval/loss"]);
  const best = losses.indexOf(Math.min(...losses));
  expect(last.step).toBe(best + 1 + 2); // two evaluations after the best
  expect(await stepsOf(change, { held: opposite, resume: last.state() })).toEqual([]);
  // and what it waits for is kept by a checkpoint
  const before = steps.at(-2)!;
  const state = before.state();
  expect(state.json.waiting).toMatchObject({ loss: losses[best] });
});

test("patience needs something to wait for", async () => {
  await expect(stepsOf({ patience: 1, evaluateEvery: null })).rejects.toThrow(/evaluateEvery/);
  await expect(stepsOf({ patience: 1 }, { held: [] })).rejects.toThrow(/evaluation data/);
});
