/** Numbers of one size of the example: what is trained, on how much, and how often people are asked again. */
export interface SorterRecipe {
  /** Digits in a list. */
  length: number;
  model: { width: number; layers: number; heads: number; ffn: number; context: number };
  sft: {
    /** Different prompts with a demonstration each. */
    demonstrations: number;
    batchSize: number;
    learningRate: number;
    /** Training on demonstrations ends at this share of exact answers: the rest is for rankings. */
    stopAtExact: number;
    maxSteps: number;
  };
  rank: {
    /** Rankings before the first PPO. */
    first: number;
    /** Fresh rankings of the present policy each time people are asked again, and old ones learnt again with them. */
    again: number;
    replay: number;
    /** Completions of a ranking: samples of the policy, a demonstration, demonstrations with slips. */
    samples: number;
    demonstrations: number;
    slips: number;
    temperature: number;
  };
  reward: { batchSize: number; learningRate: number; epochs: number; againLearningRate: number };
  ppo: {
    iterations: number;
    /** Iterations between two rounds of rankings. */
    every: number;
    batchSize: number;
    epochs: number;
    minibatches: number;
    learningRate: number;
    valueLearningRate: number;
    finalLearningRate: number;
    valueWarmup: number;
    beta: number;
    scoreClip: number;
  };
}

export const shellRecipe: SorterRecipe = {
  length: 6,
  model: { width: 96, layers: 3, heads: 4, ffn: 384, context: 32 },
  sft: {
    demonstrations: 20_000,
    batchSize: 128,
    learningRate: 1e-3,
    stopAtExact: 0.45,
    maxSteps: 600,
  },
  rank: {
    first: 2000,
    again: 200,
    replay: 400,
    samples: 4,
    demonstrations: 1,
    slips: 1,
    temperature: 1,
  },
  reward: { batchSize: 32, learningRate: 5e-4, epochs: 2, againLearningRate: 3e-4 },
  ppo: {
    iterations: 40,
    every: 5,
    batchSize: 256,
    epochs: 2,
    minibatches: 4,
    learningRate: 3e-4,
    valueLearningRate: 1e-3,
    finalLearningRate: 0.2,
    valueWarmup: 3,
    beta: 0.05,
    scoreClip: 5,
  },
};
