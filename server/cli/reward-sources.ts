import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Command, InvalidArgumentError, Option } from "commander";
import { AppError } from "../domain/app-error";
import type { TextModel } from "../ml/rlhf/data";
import { endpointReward } from "../ml/rlhf/reward-endpoint";
import {
  modelReward,
  programReward,
  type RewardProgram,
  type RewardSource,
  retokenisedReward,
  weightedReward,
} from "../ml/rlhf/reward-source";
import type { SessionOptions } from "../ml/runtime/session";
import { hashOf } from "./files";
import { type CombineFlags, combineOf, combineOptions, positive, whole } from "./options";
import { loadRewards } from "./score";
import { modelName } from "./shared";

export interface RewardFlags extends CombineFlags {
  readonly reward: readonly Part[];
  readonly retokenise?: boolean;
  readonly rewardTimeout: number;
  readonly rewardRetries: number;
}

/** One --reward: reward models (an ensemble), a program, or an endpoint, and its weight in the sum. */
interface Part {
  readonly weight: number;
  readonly kind: "models" | "program" | "endpoint";
  readonly what: string;
}

export function rewardOptions(command: Command, { required = true } = {}): Command {
  const option = new Option(
    "--reward <source>",
    "what rewards: reward model DIR (DIR,DIR: an ensemble), program FILE.js, or endpoint http://…; with a weight as 0.5*SOURCE; give it again for a sum",
  )
    .argParser(collect)
    .makeOptionMandatory(required);
  return combineOptions(
    command
      .addOption(option)
      .option(
        "--retokenise",
        "let a reward model with another tokenizer read the text instead of the tokens",
      )
      .option("--reward-timeout <s>", "seconds an endpoint may take", positive, 60)
      .option("--reward-retries <n>", "requests after one that failed", whole(0), 3),
  );
}

/** What the sources are, for --help. */
export const REWARD_HELP = `A program's module has a default export (prompt, completion, label) => number; label is the prompt
row's, or null. An endpoint gets POST {query, prompts, labels} and answers {rewards}.`;

function collect(text: string, before: readonly Part[] = []): Part[] {
  return [...before, partOf(text)];
}

/** @throws InvalidArgumentError for an empty source */
export function partOf(text: string): Part {
  const weighted = /^\s*(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)\*(.*)$/i.exec(text);
  const what = (weighted?.[2] ?? text).trim();
  if (what === "") throw new InvalidArgumentError("Name a folder, a file or an address.");
  const kind = /^https?:\/\//.test(what)
    ? "endpoint"
    : /\.[cm]?[jt]s$/.test(what)
      ? "program"
      : "models";
  return { weight: weighted ? Number(weighted[1]) : 1, kind, what };
}

/** All --reward together. */
export interface OpenedReward {
  readonly source: RewardSource;
  /** The first reward models that read the policy's tokens: what a value network may start from. */
  readonly models: readonly TextModel[];
  /** For run.json. */
  readonly inputs: Record<string, { path: string; hash: string }>;
  /** What rewards, in a word or two each. */
  readonly names: readonly string[];
}

/** @param policy whose answers are rewarded @throws bad-input for a reward model of another tokenizer */
export async function openReward(
  flags: RewardFlags,
  policy: TextModel,
  session: SessionOptions,
): Promise<OpenedReward> {
  const parts: { source: RewardSource; weight: number }[] = [];
  const inputs: OpenedReward["inputs"] = {};
  const names: string[] = [];
  let first: readonly TextModel[] = [];
  for (const [i, part] of flags.reward.entries()) {
    const name = flags.reward.length === 1 ? "reward" : `reward ${i + 1}`;
    const { what, weight } = part;
    if (part.kind === "models") {
      const models = await loadRewards(what);
      for (const [m, { dir, hash }] of models.entries())
        inputs[models.length === 1 ? name : `${name}, member ${m + 1}`] = { path: dir, hash };
      names.push(...models.map(({ dir }) => modelName(dir)));
      const own = models.every((model) => readsAlike(policy, model));
      if (!own && !flags.retokenise) throw stranger(what);
      if (own && first.length === 0) first = models;
      const options = { ...session, ...combineOf(flags) };
      const source = own ? await modelReward(models, options) : retokenisedReward(models, options);
      parts.push({ source, weight });
    } else if (part.kind === "program") {
      inputs[name] = { path: what, hash: await hashOf(what) };
      names.push(path.basename(what));
      parts.push({ source: programReward(await loadProgram(what), what), weight });
    } else {
      inputs[name] = { path: what, hash: what };
      names.push(what);
      const { rewardTimeout, rewardRetries: retries } = flags;
      const source = endpointReward(what, { timeout: 1000 * rewardTimeout, retries });
      parts.push({ source, weight });
    }
  }
  const [only] = parts;
  const isPlain = parts.length === 1 && only.weight === 1;
  return { source: isPlain ? only.source : weightedReward(parts), models: first, inputs, names };
}

const readsAlike = (a: TextModel, b: TextModel): boolean =>
  a.tokenizer.fingerprint === b.tokenizer.fingerprint;

const stranger = (what: string): AppError =>
  new AppError(
    "bad-input",
    `--reward ${what} has another tokenizer than --model, so that their token ids mean different texts; train it from a model with the same tokenizer, or add --retokenise to let it read the text.`,
  );

async function loadProgram(file: string): Promise<RewardProgram> {
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(path.resolve(file)).href)) as { default?: unknown };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new AppError("bad-input", `--reward ${file} cannot be loaded (${why}); correct it.`, {
      cause,
    });
  }
  const program = loaded.default;
  if (typeof program !== "function")
    throw new AppError(
      "bad-input",
      `--reward ${file} has no default export that is a function; write: export default (prompt, completion) => 1`,
    );
  return program as RewardProgram;
}
