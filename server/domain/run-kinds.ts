/** The methods by which a run trains, by the names that the shell has for them. */
export const runKinds = ["sft", "reward", "ppo", "rloo", "grpo", "dpo"] as const;
export type RunKind = (typeof runKinds)[number];

export type RewardedKind = Extract<RunKind, "ppo" | "rloo" | "grpo">;

/** Whether the policy answers prompts and a reward model scores the answers: a step is an iteration then. */
export const isRewarded = (kind: RunKind): kind is RewardedKind =>
  kind === "ppo" || kind === "rloo" || kind === "grpo";

/** Whether it learns from the rankings of a snapshot; the others learn from a campaign. */
export const learnsRankings = (kind: RunKind): kind is "reward" | "dpo" =>
  kind === "reward" || kind === "dpo";
