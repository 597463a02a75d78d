import { generateWorks } from "../ml/generate/generate.bench";
import { ppoWorks } from "../ml/rlhf/ppo.bench";
import { rewardWorks } from "../ml/rlhf/reward.bench";
import { rewardEpochWork } from "../ml/rlhf/reward-epoch.bench";
import { trainStepWorks } from "../ml/runtime/train-step.bench";
import { AppError } from "../domain/app-error";
import type { Work } from "./work";

/** What can be asked for by name. */
export const benchmarks = {
  "train-step": trainStepWorks,
  generate: generateWorks,
  reward: [...rewardWorks, rewardEpochWork],
  ppo: ppoWorks,
} as const satisfies Record<string, readonly Work[]>;

export type BenchmarkName = keyof typeof benchmarks;

export function findWork(name: string): Work {
  const found = Object.values<readonly Work[]>(benchmarks)
    .flat()
    .find((work) => work.name === name);
  if (!found) throw new AppError("internal", `there is no work "${name}"`);
  return found;
}
