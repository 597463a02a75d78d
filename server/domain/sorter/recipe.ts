/** Numbers of one size of the example: what is trained, on how much, and how often people are asked again. */
export interface SorterRecipe {
  /** Digits in a list. */
  length: number;
  /** Times that people rank, a reward model learns, and PPO moves the policy. */
  rounds: number;
  model: { width: number; layers: number; heads: number; ffn: number; context: number };
  sft: {
    /** Different prompts with a demonstration each. */
    demonstrations: number;
    batchSize: number;
    learningRate: number;
    /** Share of demonstrators who misread the task and put the largest number first. */
    downwards: number;
    /** Training on demonstrations ends at this share of answers in order, either way: the rest is for rankings. */
    stopAtOrdered: number;
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
  reward: {
    batchSize: number;
    learningRate: number;
    epochs: number;
    /** How it learns from later rankings: anew from all so far, or on from where it is at this rate. */
    again: { from: "start" } | { from: "present"; learningRate: number; epochs: number };
  };
  /** Of one round. */
  ppo: {
    iterations: number;
    batchSize: number;
    epochs: number;
    minibatches: number;
    learningRate: number;
    valueLearningRate: number;
    finalLearningRate: number;
    valueWarmup: number;
    temperature: number;
    beta: number;
    scoreClip: number;
  };
}

const model = { width: 64, layers: 2, heads: 4, ffn: 256, context: 32 };

/** Demonstrations are plenty and cheap here; stopping early is what leaves errors. */
const sft = {
  demonstrations: 20_000,
  batchSize: 128,
  learningRate: 2e-3,
  downwards: 0,
  stopAtOrdered: 0.45,
  maxSteps: 600,
};

/**
 * The shell's: thousands of simulated rankings, asked for again every round. Low temperatures
 * matter: at 1 a model that is stopped early writes noise, and rankings of noise teach little.
 */
export const shellRecipe: SorterRecipe = {
  length: 5,
  rounds: 10,
  model,
  sft,
  rank: {
    first: 1500,
    again: 200,
    replay: 400,
    samples: 4,
    demonstrations: 1,
    slips: 1,
    temperature: 0.8,
  },
  reward: {
    batchSize: 32,
    learningRate: 2e-3,
    epochs: 6,
    again: { from: "present", learningRate: 1e-3, epochs: 1 },
  },
  ppo: {
    iterations: 8,
    batchSize: 512,
    epochs: 2,
    minibatches: 4,
    learningRate: 3e-4,
    valueLearningRate: 1e-3,
    finalLearningRate: 0.2,
    valueWarmup: 2,
    temperature: 0.6,
    beta: 0.05,
    scoreClip: 5,
  },
};

/** The site's: as many rankings a round as a few people give, and fewer steps on what they say. */
export const siteRecipe: SorterRecipe = {
  length: 5,
  rounds: 4,
  model,
  sft: { ...sft, downwards: 0.5, stopAtOrdered: 0.8 },
  rank: {
    first: 100,
    again: 100,
    replay: 0,
    samples: 6,
    demonstrations: 1,
    slips: 0,
    temperature: 0.8,
  },
  reward: { batchSize: 16, learningRate: 2e-3, epochs: 10, again: { from: "start" } },
  ppo: {
    ...shellRecipe.ppo,
    iterations: 10,
    learningRate: 2e-4,
    beta: 0.1,
  },
};
