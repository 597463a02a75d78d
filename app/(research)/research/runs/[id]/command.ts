import type { Outputs } from "@/app/lib/trpc";
import { isRewarded, learnsRankings } from "@/server/domain/run-kinds";
import type { TrainingOption } from "@/server/domain/training-options";

type Run = Pick<
  Outputs["runs"]["get"],
  "kind" | "config" | "seed" | "model" | "rewardModel" | "referenceModel" | "snapshotCounts"
>;

export interface Command {
  readonly text: string;
  /** Files that the command reads and the reader has to download first, by what they hold. */
  readonly files: readonly { readonly name: string; readonly split: "train" | "heldout" }[];
}

const dataFiles = {
  sft: "demonstrations",
  reward: "rankings",
  dpo: "rankings",
  ppo: "prompts",
  rloo: "prompts",
  grpo: "prompts",
} as const satisfies Record<Run["kind"], string>;

/**
 * The lines that do a run again in a shell: its options as a file, then the trainer.
 * @param options what the trainer takes by itself, which needs no saying
 */
export function commandOf(run: Run, options: readonly TrainingOption[] = []): Command {
  const name = dataFiles[run.kind];
  const data = `${name}-train.jsonl`;
  const files: Command["files"][number][] = [{ name: data, split: "train" }];
  const flags = [`--model ${quote(run.model?.path ?? "MODEL")}`];
  if (isRewarded(run.kind)) {
    flags.push(`--reward ${quote(run.rewardModel?.path ?? "REWARD-MODEL")}`, `--prompts ${data}`);
    if (run.referenceModel && run.referenceModel.id !== run.model?.id)
      flags.push(`--reference ${quote(run.referenceModel.path)}`);
  } else flags.push(`--data ${data}`);
  if (learnsRankings(run.kind) && (run.snapshotCounts?.heldout.rankings ?? 0) > 0) {
    const heldout = `${name}-heldout.jsonl`;
    files.push({ name: heldout, split: "heldout" });
    flags.push(`--eval ${heldout}`);
  }
  const defaults = new Map(options.map((option) => [option.name, option.default]));
  const config = Object.fromEntries(
    Object.entries(run.config).filter(
      ([key, value]) => key !== "seed" && !(defaults.has(key) && defaults.get(key) === value),
    ),
  );
  const told = Object.keys(config).length > 0;
  if (told) flags.push("--config options.json");
  // the site keeps whole models, which every page of it can use
  if (typeof run.config.loraRank === "number") flags.push("--lora-merge");
  flags.push(`--seed ${run.seed}`, `--out ${run.kind}-again`);
  const command = [`npm run -s revealed -- train ${run.kind}`, ...flags].join(" \\\n  ");
  if (!told) return { text: command, files };
  const json = JSON.stringify(config, null, 2);
  return { text: `cat > options.json <<'JSON'\n${json}\nJSON\n${command}`, files };
}

/** Safe as one word of a POSIX shell. */
function quote(word: string): string {
  return /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
