import { siteRecipe } from "../domain/sorter/recipe";

const { model, rank, reward, ppo, sft, length } = siteRecipe;

/**
 * The demo's sizes: lists short enough to be judged at a glance, a model that trains in a minute on two
 * cores, and a round that a few people can rank.
 */
export const demo = {
  /** Digits in a list. */
  length,
  model,
  /** Prompts with a demonstration each; rounds take theirs from the same prompts. */
  demonstrations: 4000,
  heldout: 300,
  sft: {
    batchSize: sft.batchSize,
    epochs: 20,
    learningRate: sft.learningRate,
    schedule: "constant",
  },
  /** Share of demonstrations by somebody who read the task the other way round: largest first. */
  downwards: sft.downwards,
  /** Training on demonstrations ends at this share of answers in order, either way: the rest is for rankings. */
  stopAtOrdered: sft.stopAtOrdered,
  completionsPerTask: rank.samples + rank.demonstrations,
  tasksPerRound: rank.again,
  sampling: { temperature: rank.temperature, maxNewTokens: length + 2 },
  reward: {
    batchSize: reward.batchSize,
    learningRate: reward.learningRate,
    epochs: reward.epochs,
    normalise: "shift-and-scale",
  },
  ppo: {
    iterations: ppo.iterations,
    batchSize: ppo.batchSize,
    epochs: ppo.epochs,
    minibatches: ppo.minibatches,
    maxNewTokens: length + 2,
    learningRate: ppo.learningRate,
    valueLearningRate: ppo.valueLearningRate,
    finalLearningRate: ppo.finalLearningRate,
    valueWarmup: ppo.valueWarmup,
    temperature: ppo.temperature,
    kl: "fixed",
    beta: ppo.beta,
    scoreClip: ppo.scoreClip,
  },
};
