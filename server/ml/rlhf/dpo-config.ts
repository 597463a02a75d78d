import { z } from "zod";
import { frozenOptions } from "./frozen";
import { epochOptions, evaluationOptions, lengthOptions, option, sharedOptions } from "./config";

export const dpoConfig = z.strictObject({
  loss: option(
    z.enum(["sigmoid", "ipo", "hinge", "robust"]).default("sigmoid"),
    "sigmoid: DPO; ipo: squared distance of the margin from 1/(2β); hinge: SLiC's; robust: DPO for labels of which labelSmoothing are wrong",
    "sigmoid, Rafailov et al. 2023",
  ),
  beta: option(
    z.number().positive().default(0.1),
    "β, the price of a nat away from the reference (of IPO: τ)",
    "0.1, Rafailov et al. 2023",
  ),
  labelSmoothing: option(
    z.number().min(0).lt(0.5).default(0),
    "Share of comparisons believed to be the wrong way round (sigmoid, robust)",
    "0: people are taken at their word",
  ),
  averageLogProbs: option(
    z.boolean().default(false),
    "Answers are compared by the mean of their tokens' log-probabilities in place of the sum",
    "false, as DPO and IPO are defined; TRL averages for IPO",
  ),
  learningRate: option(
    z.number().positive().nullable().default(null),
    "Peak learning rate; null chooses by size, from 1e-4 at 1 million parameters to 1e-6 at 100 million",
    "null; 1e-6 is that of Rafailov et al. 2023",
  ),
  ...epochOptions(1, "1, the code of Rafailov et al. 2023; 3 in TRL"),
  ...sharedOptions({
    batchSize: 64,
    batchUnit: "Rankings",
    schedule: "linear",
    finalLearningRate: 0,
    warmup: 0.1,
    adamEpsilon: 1e-8,
    sources: {
      batchSize: ", Rafailov et al. 2023",
      schedule: ", TRL; constant in Rafailov et al. 2023",
      finalLearningRate: ", TRL",
      warmup: ", our choice; 150 updates in Rafailov et al. 2023",
    },
  }),
  ...lengthOptions,
  ...frozenOptions,
  normalisePairs: option(
    z.enum(["implied", "all", "batch"]).default("implied"),
    "What a ranking's loss is divided by: the pairs it implies, so that each ranking weighs 1; C(K,2) always; or the mean of those in its batch, so that each pair weighs the same",
    "implied, so that a ranking with ties is no weaker; batch is what training pair by pair does",
  ),
  normaliseWeights: option(
    z.enum(["weights", "count"]).default("weights"),
    "What a batch's loss is divided by: its labelers' weights, or its number of rankings",
    "weights: every batch moves alike",
  ),
  ...evaluationOptions,
});

export type DpoConfig = z.output<typeof dpoConfig>;
export type DpoTrainingOptions = z.input<typeof dpoConfig>;
