import { z } from "zod";
import { emaDecay, option, passOptions } from "./config";
import { frozenOptions } from "./frozen";

const count = z.int().positive();
const share = z.number().min(0).max(1);
const positive = z.number().positive();

export const ppoConfig = z.strictObject({
  seed: option(z.int().min(0).default(0), "Seed of every random choice", "0: any does"),
  iterations: option(
    count.default(50),
    "Rounds of rollout and update",
    "50: where a run can be judged",
  ),
  batchSize: option(count.default(256), "Episodes an iteration", "256; 512 in Stiennon et al."),
  minibatches: option(
    count.default(4),
    "Updates an epoch",
    "4: of 64 episodes, as InstructGPT's; 1 in TRL",
  ),
  epochs: option(count.default(4), "Passes over an iteration's episodes", "4, Stiennon et al."),
  maxNewTokens: option(
    count.default(64),
    "Tokens of a response at most",
    "64: short answers; 53 in Huang et al. 2024 on TL;DR",
  ),
  temperature: option(
    positive.default(1),
    "Logits are divided by it: in rollout, policy and reference alike",
    "1, InstructGPT; 0.7 in the code of Ziegler et al.",
  ),
  learningRate: option(
    positive.default(1e-5),
    "Of the policy at the start",
    "1e-5, near Stiennon's 1.5e-5; a model under 10 million parameters learns at 3e-4",
  ),
  valueLearningRate: option(
    positive.nullable().default(null),
    "Of the value network at the start; null for the policy's",
    "null: the same, Stiennon et al.; 9e-6 in InstructGPT",
  ),
  schedule: option(
    z.enum(["constant", "linear", "cosine"]).default("linear"),
    "How both learning rates fall after warm-up",
    "linear, Stiennon et al.",
  ),
  finalLearningRate: option(
    share.default(0.1),
    "Both learning rates at the last iteration, as a share (linear and cosine)",
    "0.1; without a fall a run was seen to fall back",
  ),
  warmup: option(
    z.number().min(0).default(0),
    "Share of the iterations over which both learning rates rise from 0; above 1 their number",
    "0: Stiennon et al. name none; 10 iterations in InstructGPT",
  ),
  kl: option(
    z.enum(["adaptive", "fixed"]).default("adaptive"),
    "Whether β follows the KL (Ziegler et al. 2019) or stays",
    "adaptive, Ziegler et al.; fixed in InstructGPT",
  ),
  beta: option(
    z.number().min(0).default(0.15),
    "β, the price of a nat away from the reference, at the start",
    "0.15, Ziegler et al.; InstructGPT holds 0.02",
  ),
  klTarget: option(
    positive.default(6),
    "Nats a response that an adaptive β aims at",
    "6, Ziegler et al.",
  ),
  klHorizon: option(
    positive.default(10_000),
    "Episodes over which β may change by a fifth",
    "10000, Ziegler et al.",
  ),
  klEstimator: option(
    z.enum(["k1", "k2", "k3"]).default("k1"),
    "KL of a sampled token",
    "k1, Ziegler et al.",
  ),
  gamma: option(share.default(1), "γ, discount of later rewards", "1, Stiennon et al."),
  lambda: option(
    share.default(0.95),
    "λ of generalised advantage estimation",
    "0.95, Stiennon et al.",
  ),
  clip: option(positive.default(0.2), "ε of the clipped ratio", "0.2, Schulman et al. 2017"),
  dualClip: option(
    z.number().gt(1).nullable().default(null),
    "Bound c on the loss of a token with negative advantage; null for none",
    "null; 3 in Ye et al. 2020",
  ),
  valueClip: option(
    positive.nullable().default(0.2),
    "How far V may move at once; null for no clip",
    "0.2, the code of Ziegler et al.",
  ),
  valueCoefficient: option(
    z.number().min(0).default(0.1),
    "Weight of the value loss",
    "0.1, the code of Ziegler et al.",
  ),
  entropyCoefficient: option(
    z.number().min(0).default(0),
    "Weight of the entropy bonus",
    "0: off, as in Stiennon et al.",
  ),
  whitenAdvantages: option(
    z.boolean().default(true),
    "Mean 0 and variance 1 over real tokens",
    "true, the code of Ziegler et al.",
  ),
  whitenRewards: option(
    z.boolean().default(false),
    "Variance 1 over real tokens, mean kept",
    "false: scores keep their size; true in the code of Ziegler et al.",
  ),
  whitenVariance: option(
    z.enum(["population", "sample"]).default("population"),
    "What whitening divides by",
    "population, Huang et al. 2023; sample in TRL",
  ),
  scoreClip: option(
    positive.nullable().default(null),
    "Scores are held within ± this; null for no clip",
    "null: none; 5 or 10 are seen in practice",
  ),
  eosRule: option(
    z.enum(["set", "subtract"]).default("set"),
    "A response without stop token gets missingEosScore as its score, or that taken off",
    "set, the code of Ziegler et al.; subtract in TRL",
  ),
  missingEosScore: option(
    z.number().default(-1),
    "The score, or the size of the penalty",
    "-1, the code of Ziegler et al.",
  ),
  valueWarmup: option(
    z.int().min(0).default(0),
    "Iterations at the start in which only the value network learns: one from a reward model is no judge of unfinished answers yet",
    "0: as published, none",
  ),
  valueInit: option(
    z.enum(["reward", "policy", "trunk"]).default("reward"),
    "What estimates values: a network that starts from the reward model (without one, from the policy), one from the policy with a zero head, or a zero head on the policy's own trunk",
    "reward, Stiennon et al. and InstructGPT",
  ),
  ptxCoefficient: option(
    z.number().min(0).default(0),
    "γ of PPO-ptx: weight of −log π of pretraining text in the same step; needs such text",
    "0: off; 27.8 in InstructGPT",
  ),
  ptxTexts: option(
    count.nullable().default(null),
    "Such texts beside each minibatch; null for as many as it has episodes",
    "null; 8 an episode in InstructGPT",
  ),
  stopKl: option(
    positive.nullable().default(null),
    "The run ends after an iteration whose KL is above this, in nats a response; null for never",
    "null: a person watches",
  ),
  adamEpsilon: option(positive.default(1e-5), "Adam's ε", "1e-5, Huang et al. 2023"),
  beta1: option(share.default(0.9), "Adam's decay of the mean gradient", "0.9, Kingma and Ba 2014"),
  beta2: option(
    share.default(0.999),
    "Adam's decay of the squared gradient",
    "0.999, Kingma and Ba 2014; 0.95 in InstructGPT",
  ),
  gradientClip: option(
    positive.nullable().default(1),
    "Longest gradient norm, of each network; null for any",
    "1, TRL",
  ),
  ...frozenOptions,
  ...passOptions("Episodes"),
  emaDecay,
  samples: option(
    z.int().min(0).default(4),
    "Responses kept as samples, with their scores and the KL of each token",
    "4: enough to read each time",
  ),
  samplesEvery: option(count.default(1), "Iterations between samples", "1: each"),
});

export type PpoConfig = z.output<typeof ppoConfig>;
export type PpoOptions = z.input<typeof ppoConfig>;
