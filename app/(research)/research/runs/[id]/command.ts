import type { Outputs } from "@/app/lib/trpc";
import { measuresItself } from "@/server/domain/demonstration-split";
import { isJudged, learnsRankings } from "@/server/domain/run-kinds";
import type { TrainingOption } from "@/server/domain/training-options";

type Run = Pick<
  Outputs["runs"]["get"],
  | "kind"
  | "config"
  | "seed"
  | "model"
  | "reward"
  | "rewardModels"
  | "ptx"
  | "dropIns"
  | "referenceModel"
  | "snapshotCounts"
  | "hasReferences"
>;

type Part = NonNullable<Run["reward"]>["parts"][number];

export interface Command {
  readonly text: string;
  /** Files that the command reads and the reader has to download first, by what they hold. */
  readonly files: readonly {
    readonly name: string;
    readonly split: "train" | "heldout" | "ptx" | "references";
  }[];
}

const dataFiles = {
  sft: "demonstrations",
  reward: "rankings",
  dpo: "rankings",
  ppo: "prompts",
  rloo: "prompts",
  grpo: "prompts",
  "best-of-n": "prompts",
} as const satisfies Record<Run["kind"], string>;

/**
 * The lines that do a run again in a shell: its options as a file, then the trainer.
 * @param options what the trainer takes by itself, which needs no saying
 */
export function commandOf(run: Run, options: readonly TrainingOption[] = []): Command {
  const name = dataFiles[run.kind];
  const measures = run.kind === "best-of-n";
  const split = measures && run.config.split !== "train" ? "heldout" : "train";
  const data = `${name}-${split}.jsonl`;
  const files: Command["files"][number][] = [{ name: data, split }];
  const flags = [`--model ${quote(run.model?.path ?? "MODEL")}`];
  if (isJudged(run.kind)) {
    flags.push(...rewardFlags(run), `--prompts ${data}`);
    if (run.ptx) {
      const own = run.ptx.kind === "file" ? `${run.dropIns.texts}/${run.ptx.file}` : "ptx.jsonl";
      if (run.ptx.kind !== "file") files.push({ name: own, split: "ptx" });
      flags.push(`--ptx ${quote(own)}`);
    }
    if (run.referenceModel && run.referenceModel.id !== run.model?.id)
      flags.push(`--reference ${quote(run.referenceModel.path)}`);
  } else flags.push(`--data ${data}`);
  const isJudgedBy = learnsRankings(run.kind)
    ? (run.snapshotCounts?.heldout.rankings ?? 0) > 0
    : run.kind === "sft" && measuresItself(run.config);
  if (isJudgedBy) {
    const heldout = `${name}-heldout.jsonl`;
    files.push({ name: heldout, split: "heldout" });
    flags.push(`--eval ${heldout}`);
  }
  if (run.hasReferences) {
    files.push({ name: "references.jsonl", split: "references" });
    flags.push("--references references.jsonl");
  }
  const defaults = new Map(options.map((option) => [option.name, option.default]));
  const config = Object.fromEntries(
    Object.entries(run.config).filter(
      ([key, value]) =>
        key !== "seed" &&
        key !== "split" &&
        key !== "members" &&
        key !== "folds" &&
        !(defaults.has(key) && defaults.get(key) === value),
    ),
  );
  const told = Object.keys(config).length > 0;
  if (told) flags.push("--config options.json");
  if (Number(run.config.members ?? 1) > 1) flags.push(`--members ${Number(run.config.members)}`);
  if (run.config.folds === true) flags.push("--folds");
  // the site keeps whole models, which every page of it can use
  if (typeof run.config.loraRank === "number") flags.push("--lora-merge");
  flags.push(`--seed ${run.seed}`);
  if (!measures) flags.push(`--out ${run.kind}-again`);
  const verb = measures ? "eval" : "train";
  const command = [`npm run -s revealed -- ${verb} ${run.kind}`, ...flags].join(" \\\n  ");
  if (!told) return { text: command, files };
  const json = JSON.stringify(config, null, 2);
  return { text: `cat > options.json <<'JSON'\n${json}\nJSON\n${command}`, files };
}

type Rewarded = Pick<Run, "reward" | "rewardModels">;

/** How parts of a kind are asked, which the shell is told once for all of them. */
function settingsOf({ reward, rewardModels }: Rewarded, kind: Part["kind"]): string[] {
  const isEnsemble = (ids: readonly string[]) =>
    ids.length > 1 || rewardModels.some(({ id, members }) => id === ids[0] && members !== null);
  const settings = (reward?.parts ?? []).flatMap((part) => {
    if (part.kind !== kind) return [];
    if (part.kind === "models") {
      if (part.combine === "mean" && !isEnsemble(part.modelIds)) return [];
      const lambda = part.combine === "uwo" ? ` --uwo-lambda ${part.lambda}` : "";
      return [`--combine ${part.combine}${lambda}`];
    }
    if (part.kind !== "endpoint") return [];
    const secret = part.headers.length > 0 ? " --reward-headers reward-headers.json" : "";
    return [`--reward-timeout ${part.timeout} --reward-retries ${part.retries}${secret}`];
  });
  return [...new Set(settings)];
}

/** Whether parts of a sum are asked in ways that differ: such a sum is the site's alone. */
export const isBeyondShell = (run: Rewarded): boolean =>
  (["models", "endpoint"] as const).some((kind) => settingsOf(run, kind).length > 1);

/** What rewards the answers; values of headers are not known here. */
function rewardFlags(run: Run): string[] {
  const { reward, rewardModels, dropIns } = run;
  if (!reward) return ["--reward REWARD-MODEL"];
  const pathOf = (id: string) => rewardModels.find((one) => one.id === id)?.path ?? "REWARD-MODEL";
  const flags = reward.parts.map((part) => {
    const what =
      part.kind === "models"
        ? part.modelIds.map(pathOf).join(",")
        : part.kind === "program"
          ? `${dropIns.programs}/${part.file}`
          : part.url;
    return `--reward ${quote(part.weight === 1 ? what : `${part.weight}*${what}`)}`;
  });
  const settings = [...settingsOf(run, "models"), ...settingsOf(run, "endpoint")];
  return [
    ...flags,
    ...settings.filter((setting) => setting !== "--combine mean"),
    ...(reward.retokenise ? ["--retokenise"] : []),
  ];
}

/** Safe as one word of a POSIX shell. */
function quote(word: string): string {
  return /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
