import type { RunKind } from "../domain/run-kinds";
import type { BestOfNOptions } from "../ml/rlhf/best-of-n-config";
import type { ChosenOptions, OptionValue, PresetName } from "../domain/training-options";
import type { DpoTrainingOptions } from "../ml/rlhf/dpo-config";
import type { GrpoOptions, RlooOptions } from "../ml/rlhf/group-config";
import type { LoraOptions } from "../ml/rlhf/lora-options";
import type { PpoOptions } from "../ml/rlhf/ppo-config";
import { type RewardOptions, smallRewardPreset } from "../ml/rlhf/reward-config";
import type { SftOptions } from "../ml/rlhf/sft-config";

/** Below this the published learning rates, meant for billions of parameters, do not move a model. */
export const small = 10_000_000;

interface OptionsOf {
  sft: SftOptions;
  reward: RewardOptions;
  ppo: PpoOptions;
  rloo: RlooOptions;
  grpo: GrpoOptions;
  dpo: DpoTrainingOptions;
  "best-of-n": BestOfNOptions;
}

/** Values with their reasons: a paper, or what was seen. */
type Chosen<Kind extends RunKind> = {
  readonly [Name in keyof (OptionsOf[Kind] & LoraOptions)]?: readonly [
    value: (OptionsOf[Kind] & Partial<LoraOptions>)[Name] & OptionValue,
    why: string,
  ];
};

const ofSmall = "a model under 10 million parameters hardly moves at the published one";

/** What suits a small model where neither the campaign nor the run says otherwise. */
const suitedToSmall: { readonly [Kind in RunKind]: Chosen<Kind> } = {
  sft: {},
  reward: {
    epochs: [4, "4: a small model has learnt little after the published 1"],
    batchSize: [16, "16: a small snapshot gives few updates with the published 64"],
    normalise: ["shift-and-scale", "shift-and-scale, so that β and scoreClip mean the same"],
  },
  ppo: {
    iterations: [12, "12: some minutes; the reward model is learnt anew each round"],
    batchSize: [128, "128: small models answer fast, and learn from less"],
    epochs: [2, "2: at 4 the KL was seen to run away"],
    learningRate: [3e-4, `0.0003: ${ofSmall}`],
    valueLearningRate: [1e-3, `0.001: ${ofSmall}`],
    finalLearningRate: [0.2, "0.2: without a fall a run was seen to fall back"],
    kl: ["fixed", "fixed, as in InstructGPT: a short run leaves β no time to adapt"],
    beta: [0.05, "0.05, Stiennon et al. 2020"],
    scoreClip: [5, "5: one strange score must not carry an iteration"],
  },
  rloo: {
    iterations: [12, "12: some minutes; the reward model is learnt anew each round"],
    batchSize: [128, "128: small models answer fast, and learn from less"],
    learningRate: [3e-4, `0.0003: ${ofSmall}`],
    finalLearningRate: [0.2, "0.2: without a fall a run was seen to fall back"],
    scoreClip: [5, "5: one strange score must not carry an iteration"],
  },
  grpo: {
    iterations: [12, "12: some minutes; the reward model is learnt anew each round"],
    batchSize: [128, "128: small models answer fast, and learn from less"],
    learningRate: [3e-4, `0.0003: ${ofSmall}`],
    finalLearningRate: [0.2, "0.2: without a fall a run was seen to fall back"],
    scoreClip: [5, "5: one strange score must not carry an iteration"],
  },
  dpo: {
    batchSize: [16, "16: a small snapshot gives few updates with the published 64"],
    evaluateEvery: [20, "20: often enough to see it overfit"],
  },
  "best-of-n": {},
};

/** Where the worker chooses for larger models. */
const suitedToLarge: { readonly [Kind in RunKind]: Chosen<Kind> } = {
  sft: {},
  reward: {},
  ppo: {},
  rloo: {},
  grpo: {},
  dpo: { evaluateEvery: [20, "20: often enough to see it overfit"] },
  "best-of-n": {},
};

const tokens = [4096, "4096, which keeps the memory near 1 GB"] as const;
const firstLook = "a first look, not a result";
const tinyUpdates = {
  maxSteps: [60, `60: ${firstLook}`],
  batchSize: [16, "16: an update takes a moment"],
  tokensPerPass: tokens,
} as const;
const ofArguments = "of what was tried on the arguments, the best";
const tinyReward = {
  learningRate: [
    smallRewardPreset.learningRate,
    `${smallRewardPreset.learningRate}: ${ofArguments}`,
  ],
  epochs: [
    smallRewardPreset.epochs,
    `${smallRewardPreset.epochs}: ${ofArguments}, with words replaced and weights averaged; 1 without`,
  ],
  batchSize: [smallRewardPreset.batchSize, `${smallRewardPreset.batchSize}: ${ofArguments}`],
  wordReplacement: [
    smallRewardPreset.wordReplacement,
    `${smallRewardPreset.wordReplacement}: ${ofArguments}; 0 where every word counts, as in code`,
  ],
  emaDecay: [smallRewardPreset.emaDecay, `${smallRewardPreset.emaDecay}: ${ofArguments}`],
  normalisePairs: [
    smallRewardPreset.normalisePairs,
    `${smallRewardPreset.normalisePairs}: ${ofArguments}`,
  ],
  tokensPerPass: tokens,
} as const;
const tinyRollouts = {
  iterations: [6, `6: ${firstLook}`],
  batchSize: [64, "64: an iteration takes seconds"],
  minibatches: [2, "2: updates of 32 episodes"],
  learningRate: [3e-4, `0.0003: ${ofSmall}`],
  tokensPerPass: tokens,
} as const;

const adapters = {
  loraRank: [
    16,
    "16: with adapters beside all linear modules enough for most, QLoRA (Dettmers 2023)",
  ],
  loraAlpha: [32, "32: twice the rank, a common choice"],
  loraTargetModules: ["all-linear", "all-linear: attention alone learns less, Dettmers 2023"],
  recompute: [true, "true: a third slower, memory for one layer's values rather than all layers'"],
  tokensPerPass: tokens,
} as const;
const adaptedUpdates = {
  ...adapters,
  batchSize: [16, "16: large batches serve adapters badly, Schulman 2025"],
} as const;
const adaptedRollouts = {
  ...adapters,
  learningRate: [1e-4, "0.0001: ten times that of whole weights, Schulman 2025"],
  iterations: [30, "30: enough to see which way it goes"],
  batchSize: [64, "64: answers of a larger model take long"],
} as const;

/** Sets of options for one click. The published ones stand on the trainers' defaults, most of which are published too. */
export const presets: {
  readonly [Kind in RunKind]: { readonly [Name in PresetName]: Chosen<Kind> };
} = {
  sft: {
    tiny: tinyUpdates,
    lora: adaptedUpdates,
    published: {
      epochs: [16, "16, Ouyang et al. 2022 (InstructGPT), with a dropout of 0.2 that is not here"],
      learningRate: [9.65e-6, "9.65e-6, InstructGPT at 1.3 and 6 billion parameters"],
      batchSize: [32, "32, InstructGPT"],
      schedule: ["cosine", "cosine, InstructGPT"],
      finalLearningRate: [0.1, "0.1, InstructGPT"],
      warmup: [0, "0: InstructGPT had none"],
    },
  },
  reward: {
    tiny: tinyReward,
    lora: adaptedUpdates,
    published: {
      epochs: [1, "1, Ouyang et al. 2022 (InstructGPT): more overfits"],
      learningRate: [9e-6, "9e-6, InstructGPT at 6 billion parameters"],
      batchSize: [64, "64 prompts, InstructGPT"],
      finalLearningRate: [0.1, "0.1, InstructGPT"],
      warmup: [0, "0: InstructGPT names none"],
    },
  },
  ppo: {
    tiny: { ...tinyRollouts, epochs: [2, "2: at 4 the KL was seen to run away"] },
    lora: adaptedRollouts,
    published: {
      iterations: [500, "500: 256,000 episodes, Ouyang et al. 2022 (InstructGPT)"],
      batchSize: [512, "512, InstructGPT"],
      minibatches: [8, "8 of 64 episodes, InstructGPT"],
      epochs: [1, "1, InstructGPT; 4 in Stiennon et al. 2020"],
      kl: ["fixed", "fixed, InstructGPT"],
      beta: [0.02, "0.02, InstructGPT"],
      learningRate: [
        5e-6,
        "5e-6: InstructGPT names none; it tried 2.55e-6 to 2.55e-5, and without ptx diverged above 8.05e-6",
      ],
      valueLearningRate: [9e-6, "9e-6, InstructGPT at 1.3 and 6 billion parameters"],
      schedule: ["constant", "constant after warm-up, InstructGPT"],
      warmup: [10, "10 iterations, InstructGPT (from a tenth of the peak; here from 0)"],
      beta2: [0.95, "0.95, InstructGPT"],
      emaDecay: [0.992, "0.992, InstructGPT"],
    },
  },
  rloo: {
    tiny: tinyRollouts,
    lora: adaptedRollouts,
    published: {
      generations: [4, "4, the better of 2 and 4 in Ahmadian et al. 2024"],
      batchSize: [1024, "1024: 2 updates of 512, TRL's reading of Ahmadian et al. 2024"],
      loss: ["reinforce", "reinforce, Ahmadian et al. 2024"],
      minibatches: [2, "2 of 512 episodes, TRL's reading of Ahmadian et al. 2024"],
      epochs: [1, "1, Ahmadian et al. 2024"],
      beta: [0.03, "0.03, Ahmadian et al. 2024 on TL;DR"],
      learningRate: [1e-6, "1e-6, Ahmadian et al. 2024"],
    },
  },
  grpo: {
    tiny: tinyRollouts,
    lora: adaptedRollouts,
    published: {
      generations: [64, "64, Shao et al. 2024 (DeepSeekMath)"],
      batchSize: [1024, "1024, Shao et al. 2024"],
      minibatches: [1, "1: a single update after each exploration, Shao et al. 2024"],
      epochs: [1, "1, Shao et al. 2024"],
      maxNewTokens: [1024, "1024, Shao et al. 2024; at most the model's context"],
      beta: [0.04, "0.04, Shao et al. 2024"],
      learningRate: [1e-6, "1e-6, Shao et al. 2024"],
    },
  },
  dpo: {
    tiny: tinyUpdates,
    lora: adaptedUpdates,
    published: {
      beta: [0.1, "0.1, Rafailov et al. 2023; 0.5 on TL;DR"],
      epochs: [1, "1, the code of Rafailov et al. 2023"],
      learningRate: [1e-6, "1e-6, Rafailov et al. 2023 with RMSprop; here AdamW"],
      batchSize: [64, "64, Rafailov et al. 2023"],
      schedule: ["constant", "constant after warm-up, Rafailov et al. 2023"],
      warmup: [150, "150 updates, Rafailov et al. 2023"],
      gradientClip: [10, "10, the code of Rafailov et al. 2023"],
    },
  },
  "best-of-n": {
    tiny: {
      prompts: [32, `32: ${firstLook}`],
      completions: [8, `8: ${firstLook}`],
    },
    lora: {},
    published: {
      completions: [64, "64, Nakano et al. 2021 (WebGPT)"],
      temperature: [1, "1, the policy as it is"],
    },
  },
};

/** @param parameters of the model that starts */
export const suitedTo = (kind: RunKind, parameters: number): Chosen<RunKind> =>
  (parameters < small ? suitedToSmall : suitedToLarge)[kind];

/** The values alone, as a trainer takes them. */
export function valuesOf(chosen: Chosen<RunKind>): Record<string, OptionValue> {
  return Object.fromEntries(Object.entries(chosen).map(([name, [value]]) => [name, value]));
}

/** The same for the site, with the reasons. */
export function chosenOptions(chosen: Chosen<RunKind>): ChosenOptions {
  return Object.fromEntries(
    Object.entries(chosen).map(([name, [value, why]]) => [name, { value, why }]),
  );
}
