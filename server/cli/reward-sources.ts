import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { AppError } from "../domain/app-error";
import type { TextModel } from "../ml/rlhf/data";
import { openRewardParts, type RewardPart } from "../ml/rlhf/reward-parts";
import { loadRewardProgram } from "../ml/rlhf/reward-program";
import type { RewardSource } from "../ml/rlhf/reward-source";
import type { SessionOptions } from "../ml/runtime/session";
import { hashOf } from "./files";
import { type CombineFlags, combineOf, combineOptions, positive, whole } from "./options";
import { loadRewards } from "./score";
import { modelName } from "./shared";

export interface RewardFlags extends CombineFlags {
  readonly reward: readonly Part[];
  readonly retokenise?: boolean;
  readonly rewardHeaders?: string;
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
      .option(
        "--reward-headers <file>",
        "JSON object of an endpoint's request headers; not written down",
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

/**
 * @param policy whose answers are rewarded @param prompt that endpoints are tried with
 * @throws bad-input for a reward model of another tokenizer, unavailable for an endpoint that is away
 */
export async function openReward(
  flags: RewardFlags,
  policy: TextModel,
  { prompt, ...session }: SessionOptions & { prompt: string },
): Promise<OpenedReward> {
  const parts: RewardPart[] = [];
  const inputs: OpenedReward["inputs"] = {};
  const names: string[] = [];
  const headers = flags.rewardHeaders ? await headersOf(flags.rewardHeaders) : {};
  if (flags.rewardHeaders && !flags.reward.some(({ kind }) => kind === "endpoint"))
    throw new AppError(
      "bad-input",
      "--reward-headers are for an endpoint, and no --reward is one; leave them out.",
    );
  for (const [i, part] of flags.reward.entries()) {
    const name = flags.reward.length === 1 ? "reward" : `reward ${i + 1}`;
    const { kind, what, weight } = part;
    if (kind === "models") {
      const models = await loadRewards(what);
      for (const [m, { dir, hash }] of models.entries())
        inputs[models.length === 1 ? name : `${name}, member ${m + 1}`] = { path: dir, hash };
      names.push(...models.map(({ dir }) => modelName(dir)));
      parts.push({ kind, weight, models, combine: combineOf(flags), name: `--reward ${what}` });
    } else if (kind === "program") {
      inputs[name] = { path: what, hash: await hashOf(what) };
      names.push(path.basename(what));
      const program = await loadRewardProgram(what, `--reward ${what}`);
      parts.push({ kind, weight, program, name: what });
    } else {
      inputs[name] = { path: what, hash: what };
      names.push(what);
      const { rewardTimeout, rewardRetries: retries } = flags;
      const options = { timeout: 1000 * rewardTimeout, retries, headers };
      parts.push({ kind, weight, url: what, options });
    }
  }
  const options = {
    ...session,
    retokenise: flags.retokenise ?? false,
    todo: "add --retokenise",
    prompt,
  };
  const { source, models } = await openRewardParts(parts, policy, options);
  return { source, models, inputs, names };
}

/** Headers that say who asks an endpoint: in a file, so that no list of processes and no history has them. */
async function headersOf(file: string): Promise<Record<string, string>> {
  const todo = `write one object of names and texts, such as {"authorization": "Bearer …"}`;
  const text = await readFile(file, "utf8").catch(() => {
    throw new AppError("not-found", `--reward-headers ${file} does not exist; ${todo}.`);
  });
  try {
    return zHeaders.parse(JSON.parse(text));
  } catch {
    throw new AppError("bad-input", `--reward-headers ${file} is no list of headers; ${todo}.`);
  }
}

const zHeaders = z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/), z.string());
