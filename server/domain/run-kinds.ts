/** The methods by which a run trains, by the names that the shell has for them. */
export const trainingKinds = ["sft", "reward", "ppo", "rloo", "grpo", "dpo"] as const;

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
