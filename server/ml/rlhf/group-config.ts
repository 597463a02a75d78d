import { z } from "zod";
import { option } from "./config";
import { ppoConfig } from "./ppo-config";

const count = z.int().positive();

/** What is as in PPO. */
const asInPpo = ppoConfig.pick({
  seed: true,
  iterations: true,
  batchSize: true,
  minibatches: true,
  maxNewTokens: true,
  temperature: true,
  learningRate: true,
  schedule: true,
  finalLearningRate: true,
  warmup: true,
  clip: true,
  scoreClip: true,
  eosRule: true,
  missingEosScore: true,
  stopKl: true,
  adamEpsilon: true,
  beta1: true,
  beta2: true,
  gradientClip: true,
  freezeLayers: true,
  frozen: true,
  tokensPerPass: true,
  microBatchSize: true,
  recompute: true,
  emaDecay: true,
  samples: true,
  samplesEvery: true,
}).shape;

const ofGroups = (defaults: {
  generations: number;
  beta: number;
  /** Where each comes from. */
  sources: Record<"generations" | "epochs" | "beta", string>;
}) => ({
  ...asInPpo,
  generations: option(
    z.int().min(2).default(defaults.generations),
    "Responses to each prompt; batchSize is a multiple of it",
    `${defaults.generations}, ${defaults.sources.generations}`,
  ),
  epochs: option(
    count.default(1),
    "Passes over an iteration's episodes",
    `1, ${defaults.sources.epochs}`,
  ),
  beta: option(
    z.number().min(0).default(defaults.beta),
    "β, the price of a nat away from the reference",
    `${defaults.beta}, ${defaults.sources.beta}`,
  ),
});

export const rlooConfig = z.strictObject({
  ...ofGroups({
    generations: 4,
    beta: 0.05,
    sources: {
      generations: "the better of 2 and 4 in Ahmadian et al. 2024",
      epochs: "TRL",
      beta: "TRL",
    },
  }),
  loss: option(
    z.enum(["clipped", "reinforce"]).default("clipped"),
    "Of whole responses: clipped ratio, or REINFORCE (exact for one update an iteration)",
    "clipped, TRL; reinforce in Ahmadian et al. 2024",
  ),
  normaliseAdvantages: option(
    z.boolean().default(false),
    "Advantages get mean 0 and standard deviation 1 over the batch",
    "false, Ahmadian et al. 2024",
  ),
});

export const grpoConfig = z.strictObject({
  ...ofGroups({
    generations: 8,
    beta: 0.04,
    sources: {
      generations: "TRL; 64 in Shao et al. 2024",
      epochs: "Shao et al. 2024",
      beta: "Shao et al. 2024",
    },
  }),
  aggregation: option(
    z.enum(["grpo", "bnpo", "dr_grpo"]).default("grpo"),
    "How losses of tokens become one: mean over responses of their means; mean over all tokens; sum by a constant (Liu et al. 2025)",
    "grpo, Shao et al. 2024",
  ),
  scale: option(
    z.enum(["group", "batch", "none"]).default("group"),
    "Whose standard deviation advantages are divided by",
    "group, Shao et al. 2024; none in Dr. GRPO",
  ),
});

export type RlooConfig = z.output<typeof rlooConfig>;
export type GrpoConfig = z.output<typeof grpoConfig>;
export type RlooOptions = z.input<typeof rlooConfig>;
export type GrpoOptions = z.input<typeof grpoConfig>;

/** Either, told apart by its kind. */
export type GroupMethod =
  | { kind: "rloo"; config: RlooConfig }
  | { kind: "grpo"; config: GrpoConfig };
