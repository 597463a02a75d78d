/** The methods by which a run trains, by the names that the shell has for them. */
export const trainingKinds = ["sft", "reward", "ppo", "rloo", "grpo", "dpo"] as const;
export type TrainingKind = (typeof trainingKinds)[number];

/** What a run may do: train a model, or measure what picking the best of n answers would give. */
export const runKinds = [...trainingKinds, "best-of-n"] as const;
export type RunKind = (typeof runKinds)[number];

export type RewardedKind = Extract<RunKind, "ppo" | "rloo" | "grpo">;
/** The policy answers prompts, and something rewards the answers. */
export type JudgedKind = RewardedKind | "best-of-n";

/** Whether the policy answers prompts and learns from their rewards: a step is an iteration then. */
export const isRewarded = (kind: RunKind): kind is RewardedKind =>
  kind === "ppo" || kind === "rloo" || kind === "grpo";

export const isJudged = (kind: RunKind): kind is JudgedKind =>
  isRewarded(kind) || kind === "best-of-n";

/** Whether it learns from the rankings of a snapshot; the others learn from a campaign. */
export const learnsRankings = (kind: RunKind): kind is "reward" | "dpo" =>
  kind === "reward" || kind === "dpo";

/** What a run measured of picking the best of n answers, by the names of its metrics. */
export const bestOfMetrics = (n: number) =>
  ({
    score: `best_of_${n}/score`,
    scoreError: `best_of_${n}/score_error`,
    exact: `best_of_${n}/exact`,
    exactError: `best_of_${n}/exact_error`,
  }) as const;

/** 1, 2, 4 … and all of them. */
export function bestOfSizes(samples: number): number[] {
  const sizes: number[] = [];
  for (let n = 1; n < samples; n *= 2) sizes.push(n);
  return [...sizes, samples];
}
