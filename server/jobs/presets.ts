import type { PpoOptions } from "../ml/rlhf/ppo-config";
import type { RewardOptions } from "../ml/rlhf/reward-config";
import type { SftOptions } from "../ml/rlhf/sft-config";

/** Below this the published learning rates, meant for billions of parameters, do not move a model. */
export const small = 10_000_000;

/** Options that suit a model of so many parameters where neither the campaign nor the run says otherwise. */
export const presets = {
  sft: (): SftOptions => ({}),
  reward: (parameters: number): RewardOptions =>
    parameters < small ? { epochs: 4, batchSize: 16, normalise: "shift-and-scale" } : {},
  ppo: (parameters: number): PpoOptions =>
    parameters < small
      ? {
          iterations: 12,
          batchSize: 128,
          epochs: 2,
          learningRate: 3e-4,
          valueLearningRate: 1e-3,
          finalLearningRate: 0.2,
          kl: "fixed",
          beta: 0.05,
          scoreClip: 5,
        }
      : { iterations: 50 },
};
