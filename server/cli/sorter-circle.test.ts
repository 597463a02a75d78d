import { expect, it } from "vitest";
import { shellRecipe, type SorterRecipe } from "../domain/sorter/recipe";
import { isExact } from "../domain/sorter/task";
import { newSorter, runCircle } from "./sorter-circle";
import { sorterMethods } from "./sorter-methods";

/** Everything once, in seconds. */
const tiny: SorterRecipe = {
  ...shellRecipe,
  length: 4,
  rounds: 2,
  model: { width: 16, layers: 1, heads: 2, ffn: 32, context: 24 },
  sft: { ...shellRecipe.sft, demonstrations: 100, batchSize: 32, maxSteps: 10 },
  rank: { ...shellRecipe.rank, first: 12, again: 6 },
  ppo: { ...shellRecipe.ppo, iterations: 2, batchSize: 16, valueWarmup: 1 },
};

it("walks the circle: SFT, reward, PPO, and rank again", async () => {
  const { stages, rankings, sft, policy, reward } = await runCircle(tiny, { seed: 1 });
  expect(stages.map(({ stage }) => stage)).toEqual(["sft", "reward", "ppo", "reward", "ppo"]);
  expect(stages.map((stage) => stage.rankings)).toEqual([0, 12, 12, 18, 18]);
  expect(stages.every(({ exact }) => exact >= 0 && exact <= 1)).toBe(true);
  expect(stages.filter(({ kl }) => kl !== undefined)).toHaveLength(2);
  expect(reward?.config.head).toBe("score");
  expect(policy.weights.get("transformer.wte.weight")).not.toEqual(
    sft.weights.get("transformer.wte.weight"),
  );
  for (const { prompt, completions } of rankings) {
    expect(completions.length).toBeGreaterThanOrEqual(2);
    expect(completions.some((text) => isExact(prompt, text))).toBe(true); // the demonstration
  }
});

it.each(sorterMethods)("moves the policy by %s", async (method) => {
  const { stages, reward, policy, sft } = await runCircle(
    { ...tiny, rounds: 1 },
    { seed: 1, method },
  );
  const last = stages.at(-1)!;
  expect(last).toMatchObject({ stage: method, rankings: 12 });
  expect(last.sampled).toBeGreaterThanOrEqual(0);
  expect(Math.abs(last.kl!)).toBeGreaterThan(0); // it moved
  expect(policy.weights).not.toEqual(sft.weights);
  expect(reward === null).toBe(method === "dpo");
  expect(last.score === undefined).toBe(method === "dpo");
});

it("asks once when the reward model is frozen", async () => {
  const { stages } = await runCircle(tiny, { seed: 1, freezeReward: true });
  expect(stages.map(({ stage }) => stage)).toEqual(["sft", "reward", "ppo", "ppo"]);
  expect(stages.at(-1)!.rankings).toBe(12);
});

it("is the same for the same seed", async () => {
  const stagesOf = async () => {
    const { stages } = await runCircle(tiny, { seed: 2 });
    return stages.map(({ seconds: _seconds, ...stage }) => stage);
  };
  expect(await stagesOf()).toEqual(await stagesOf());
});

it("begins with a model whose vocabulary is the tokenizer's", async () => {
  const { tokenizer, config } = newSorter(shellRecipe, 1);
  expect(config.vocab).toBe(tokenizer.vocabSize);
  expect(await tokenizer.encode("1 2 3", { specials: false })).toHaveLength(3);
});
