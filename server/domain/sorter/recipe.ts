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
    /** Rankings of the present policy before each later one. */
    again: number;
    /** Completions of a ranking: samples of the policy, a demonstration, demonstrations with slips. */
    samples: number;
    demonstrations: number;
    slips: number;
    temperature: number;
  };
  /** Each round anew from the SFT model, on all rankings so far. */
  reward: { batchSize: number; learningRate: number; epochs: number };
  /** Learning rates of the last round's PPO, as a share of the first's: without a fall it was seen to fall back. */
  lastRoundRate: number;
  /** β after the first round when the reward model is frozen: a short leash would hide how it is gamed. */
  frozenBeta: number;
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
  /** As in PPO, without a value network: answers to each prompt, and the price of a nat. */
  rloo: { generations: number; beta: number };
  grpo: { generations: number; beta: number };
  /** DPO of one round, on all rankings so far. */
  dpo: { batchSize: number; learningRate: number; epochs: number; beta: number };
}

const model = { width: 64, layers: 2, heads: 4, ffn: 256, context: 32 };

/**
 * Demonstrations are plenty and cheap here, and about half of their authors misread the task: the model learns
 * the skill, not yet which way is wanted, and stops early enough to slip. Both are left to the rankings.
 */
const sft = {
  demonstrations: 20_000,
  batchSize: 128,
  learningRate: 2e-3,
  downwards: 0.52,
  stopAtOrdered: 0.8,
  maxSteps: 600,
};

/** Low temperatures matter: at 1 a model that stopped early writes noise, and rankings of noise teach little. */
const temperatures = { rank: 0.8, ppo: 0.6 };

const ppo = {
  iterations: 10,
  batchSize: 512,
  epochs: 2,
  minibatches: 4,
  learningRate: 2e-4,
  valueLearningRate: 1e-3,
  finalLearningRate: 0.2,
  valueWarmup: 2,
  temperature: temperatures.ppo,
  beta: 0.1, // at 0.05 a run was seen to swing between 0.41 and 0.62 from round to round
  scoreClip: 5,
};

const rloo = { generations: 4, beta: ppo.beta };

/** Dividing by a group's deviation makes small differences large: at a β of 0.1 KL was seen to swing between 1.8 and 4 nats. */
const grpo = { generations: 8, beta: 0.3 };

/** With a β of 0.1 the policy was 4 to 7 nats away at once. */
const dpo = { learningRate: 2e-4, beta: 1 };

/**
 * The shell's: some 1,900 simulated rankings in eight rounds, about 90 s of one core. Seen: exact
 * 0.36 → 0.80, 0.24 → 0.70, 0.38 → 0.79, 0.33 → 0.77, 0.29 → 0.81 (seeds 1 to 5).
 */
export const shellRecipe: SorterRecipe = {
  length: 5,
  rounds: 8,
  model,
  sft,
  rank: {
    first: 500,
    again: 200,
    samples: 4,
    demonstrations: 1,
    slips: 1,
    temperature: temperatures.rank,
  },
  reward: { batchSize: 32, learningRate: 2e-3, epochs: 5 },
  lastRoundRate: 0.2,
  frozenBeta: 0.01,
  ppo,
  rloo,
  grpo,
  dpo: { ...dpo, batchSize: 32, epochs: 2 },
};

/**
 * The site's: as many rankings a round as a few people give. Seen with simulated labelers of noise 0.03
 * and half of the demonstrators misreading: exact 0.37 → 0.65 after 100 rankings, 0.80 after 400; with 55 %
 * of them 0.17 → 0.62 → 0.73. About 7 s of one core a round.
 */
export const siteRecipe: SorterRecipe = {
  length: 5,
  rounds: 4,
  model,
  sft,
  rank: {
    first: 100,
    again: 100,
    samples: 6,
    demonstrations: 1,
    slips: 0,
    temperature: temperatures.rank,
  },
  reward: { batchSize: 16, learningRate: 2e-3, epochs: 10 },
  lastRoundRate: 1,
  frozenBeta: 0.01,
  ppo,
  rloo,
  grpo,
  dpo: { ...dpo, batchSize: 16, epochs: 4 },
};
