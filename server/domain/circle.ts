import type { RunKind } from "./run-kinds";

/** The six stations of the loop, in the order in which work flows. */
export const stationNames = [
  "prompts",
  "demonstrations",
  "policy",
  "rankings",
  "reward",
  "ppo",
] as const;
export type StationName = (typeof stationNames)[number];

/** What happens between two stations: people write, the policy imitates, answers, and so on. */
export const edgeNames = [
  "collect",
  "write",
  "imitate",
  "answer",
  "fit",
  "practise",
  "renew",
] as const;
export type EdgeName = (typeof edgeNames)[number];

export const edgeEnds: Record<EdgeName, { from: StationName; to: StationName }> = {
  write: { from: "prompts", to: "demonstrations" },
  collect: { from: "prompts", to: "policy" },
  imitate: { from: "demonstrations", to: "policy" },
  answer: { from: "policy", to: "rankings" },
  fit: { from: "rankings", to: "reward" },
  practise: { from: "reward", to: "ppo" },
  renew: { from: "ppo", to: "policy" },
};

/** Where a run of this kind moves. */
export const edgeOfRun: Record<RunKind, EdgeName> = {
  sft: "imitate",
  reward: "fit",
  ppo: "practise",
  rloo: "practise",
  grpo: "practise",
  dpo: "practise",
  "best-of-n": "practise",
};
