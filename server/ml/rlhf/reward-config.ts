import { z } from "zod";
import { frozenOptions } from "./frozen";
import { epochOptions, evaluationOptions, lengthOptions, option, sharedOptions } from "./config";

export const rewardConfig = z.strictObject({
  learningRate: option(
    z.number().positive().nullable().default(null),
    "Peak learning rate; null chooses by size, from 5e-4 at 1 million parameters to 9e-6 at 100 million",
    "null; 9e-6 is InstructGPT's",
  ),
  ...epochOptions(1, "1, InstructGPT: more overfits, as all pairs of a prompt are seen at once"),
  ...sharedOptions({
    batchSize: 64,
    batchUnit: "Rankings",
    schedule: "cosine",
    finalLearningRate: 0.1,
    warmup: 0.03,
    adamEpsilon: 1e-8,
    sources: {
      batchSize: ", InstructGPT",
      schedule: ", InstructGPT",
      finalLearningRate: ", InstructGPT",
      warmup: ", our choice: small models start faster than without; InstructGPT names none",
    },
  }),
  ...lengthOptions,
  ...frozenOptions,
  loss: option(
    z.enum(["pairwise", "plackett-luce"]).default("pairwise"),
    "Pairwise: −log σ(r_w − r_l) over the pairs of a ranking; plackett-luce: listwise, each place chosen among all below",
    "pairwise, InstructGPT",
  ),
  ties: option(
    z.enum(["drop", "rao-kupper", "davidson"]).default("drop"),
    "Ties are no evidence (drop), or evidence of equal worth by the model of Rao and Kupper (1967) or Davidson (1970)",
    "drop: a tie says nothing of the order",
  ),
  tieParameter: option(
    z.number().positive().nullable().default(null),
    "Rao and Kupper's θ (above 1) or Davidson's ν; null estimates it from the share of ties",
    "null: the data say it best",
  ),
  normalisePairs: option(
    z.enum(["implied", "all", "batch"]).default("implied"),
    "What a ranking's loss is divided by: the pairs (listwise: choices) it implies, so that each ranking weighs 1; C(K,2) (listwise: K − 1) always; or the mean of those in its batch, so that each pair weighs the same",
    "implied, so that a ranking with ties is no weaker; batch is what training pair by pair does",
  ),
  normaliseWeights: option(
    z.enum(["weights", "count"]).default("weights"),
    "What a batch's loss is divided by: its labelers' weights, or its number of rankings, so that a batch of light ones moves less",
    "weights: every batch moves alike",
  ),
  margin: option(
    z.number().min(0).default(0),
    "m of −log σ(r_w − r_l − m); a row that has a margin of its own keeps it",
    "0; Llama 2 uses up to 3",
  ),
  centring: option(
    z.number().min(0).default(0),
    "λ of λ·(r_w + r_l)², which holds rewards near 0",
    "0; 0.01 in TRL",
  ),
  labelSmoothing: option(
    z.number().min(0).max(0.5).default(0),
    "Share of comparisons believed to be the wrong way round",
    "0: people are taken at their word",
  ),
  wordReplacement: option(
    z.number().min(0).lt(1).default(0),
    "Share of the completions' words that give way to others of the data, drawn anew at each step, so that rare words are not learnt by heart. Not for data of fewer than 100 different words",
    "0: every word counts; unigram noising, Xie et al. 2017",
  ),
  ...evaluationOptions,
  normalise: option(
    z.enum(["none", "shift", "shift-and-scale"]).default("shift"),
    "After training: reference completions get mean 0, or also standard deviation 1; kept in config.json",
    "shift, Stiennon et al. 2020",
  ),
});

export type RewardConfig = z.output<typeof rewardConfig>;
export type RewardOptions = z.input<typeof rewardConfig>;

/**
 * What suits a model of under a million parameters and some hundred rankings of people's texts: the
 * candidate of server/curves/choose.ts of the best mean accuracy on debates that it had not learnt from.
 */
export const smallRewardPreset = {
  learningRate: 1e-3,
  epochs: 3,
  batchSize: 8,
  wordReplacement: 0.5,
  emaDecay: 0.99,
  normalisePairs: "batch",
} as const satisfies RewardOptions;
