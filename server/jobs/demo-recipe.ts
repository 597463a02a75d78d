import type { ModelConfig } from "../ml/nn/config";

/**
 * The demo's sizes: lists short enough to be judged at a glance, a model that trains in a minute on two
 * cores, and a round that a few people can rank.
 */
export const demo = {
  /** Digits in a list. */
  length: 6,
  /** Prompts with a demonstration each; rounds take theirs from the same prompts. */
  demonstrations: 3000,
  heldout: 200,
  model: {
    family: "llama",
    head: "lm",
    width: 96,
    layers: 3,
    heads: 4,
    kvHeads: 4,
    headDim: 24,
    ffn: 256,
    context: 48,
    normEps: 1e-5,
    activation: "silu",
    rope: { theta: 10_000, scaling: null },
    tied: true,
    attentionBias: "none",
    mlpBias: false,
  } satisfies Omit<ModelConfig, "vocab" | "bosId" | "eosId" | "padId">,
  sft: { batchSize: 64, epochs: 8, learningRate: 2e-3, schedule: "constant" },
  /** Training on demonstrations ends here: what is left to learn is for the rankings. */
  stopAtExact: 0.45,
  completionsPerTask: 6,
  tasksPerRound: 120,
  sampling: { temperature: 1, maxNewTokens: 16 },
  reward: { epochs: 6, batchSize: 16, learningRate: 5e-4, normalise: "shift-and-scale" },
  ppo: {
    iterations: 10,
    batchSize: 128,
    epochs: 2,
    minibatches: 4,
    maxNewTokens: 16,
    learningRate: 3e-4,
    valueLearningRate: 1e-3,
    finalLearningRate: 0.2,
    kl: "fixed",
    beta: 0.05,
    scoreClip: 5,
  },
} as const;
