import type { SorterRecipe } from "../domain/sorter/recipe";
import type { Model } from "../ml/nn/model";
import type { RankedExample, TextModel } from "../ml/rlhf/data";
import { trainDpo } from "../ml/rlhf/dpo";
import { trainGrpo, trainRloo } from "../ml/rlhf/group";
import { trainPpo } from "../ml/rlhf/ppo";
import type { RunOptions, Step } from "../ml/rlhf/step";

/** What may move the policy once people have ranked. */
export const sorterMethods = ["ppo", "rloo", "grpo", "dpo"] as const;
export type SorterMethod = (typeof sorterMethods)[number];

/** One round of the circle, when it is the policy's turn. */
export interface Turn {
  readonly policy: TextModel;
  /** The SFT model. */
  readonly reference: Model;
  /** Null for DPO, which learns from the rankings themselves. */
  readonly reward: TextModel | null;
  readonly rankings: readonly RankedExample[];
  readonly prompts: readonly string[];
  readonly seed: number;
  /** Of the recipe's learning rates, what is left of them by this round. */
  readonly rate: number;
  readonly beta: number;
}

/** Moves the policy for one round by a method, with the recipe's numbers. */
export function moveBy(
  method: SorterMethod,
  recipe: SorterRecipe,
  turn: Turn,
  run: RunOptions,
): AsyncGenerator<Step, void> {
  const { policy, reference, rankings, prompts, seed, rate, beta } = turn;
  if (method === "dpo") {
    const learningRate = recipe.dpo.learningRate * rate;
    return trainDpo(policy, rankings, { ...recipe.dpo, learningRate, seed }, { ...run, reference });
  }
  const models = { policy, reference, reward: turn.reward ?? undefined };
  const { valueLearningRate, valueWarmup, ...shared } = recipe.ppo;
  const config = {
    ...shared,
    learningRate: shared.learningRate * rate,
    maxNewTokens: recipe.length + 2,
    beta,
    seed,
  };
  if (method === "ppo") {
    const value = { valueLearningRate: valueLearningRate * rate, valueWarmup };
    return trainPpo(models, prompts, { ...config, ...value, kl: "fixed" }, run);
  }
  const group = { ...config, ...recipe[method] };
  // β falls with PPO's where the reward model is frozen
  const options = { ...group, beta: group.beta * (beta / recipe.ppo.beta) };
  return method === "rloo"
    ? trainRloo(models, prompts, options, run)
    : trainGrpo(models, prompts, options, run);
}
