import type { RunKind } from "@/server/domain/run-kinds";
import type { TrainingOption } from "@/server/domain/training-options";

const updates = ["epochs", "learningRate", "batchSize"];
const rollouts = ["iterations", "batchSize", "learningRate", "beta", "maxNewTokens", "temperature"];

/** The options that one changes first; the others wait behind folds. */
const first: Record<RunKind, readonly string[]> = {
  sft: updates,
  reward: [...updates, "members", "folds"],
  ppo: [...rollouts, "kl"],
  rloo: [...rollouts, "generations"],
  grpo: [...rollouts, "generations"],
  dpo: [...updates, "beta"],
  "best-of-n": ["completions", "prompts", "split", "maxNewTokens", "temperature"],
};

const frozen = ["freezeLayers", "frozen"];

/** The options by where they stand in the form. */
export function groupsOf(kind: RunKind, options: readonly TrainingOption[]) {
  const at = (names: readonly string[]) =>
    names.flatMap((name) => options.filter((option) => option.name === name));
  const adapters = options.filter(({ name }) => name.startsWith("lora"));
  const known = new Set([...at(first[kind]), ...adapters, ...at(frozen)]);
  return {
    first: at(first[kind]),
    adapters,
    frozen: at(frozen),
    more: options.filter((option) => !known.has(option)),
  };
}
