import type { Command } from "commander";
import { AppError } from "../domain/app-error";
import type { LoadedModel } from "../ml/checkpoint/load-model";
import { memberFolder } from "../ml/checkpoint/member-folders";
import type { RankedExample, SftExample } from "../ml/rlhf/data";
import { trainReward } from "../ml/rlhf/reward";
import { type RewardConfig, rewardConfig } from "../ml/rlhf/reward-config";
import { rewardModelFrom } from "../ml/rlhf/reward-model";
import { reportResult } from "../ml/rlhf/report-json";
import { evaluateReward, normaliseReward } from "../ml/rlhf/reward-report";
import { configOf, describeConfig } from "./config";
import { type FileOf, readRankings, readSft } from "./data";
import { hashOf } from "./files";
import { loadToTrain, loraFlags, saveTrained, withLoraOptions } from "./lora";
import { trainerOptions } from "../ml/rlhf/lora-options";
import {
  type CombineFlags,
  combineOf,
  combineOptions,
  examples,
  freezeOption,
  type TrainingFlags,
  trainingOptions,
  whole,
} from "./options";
import { createOutput, duration, type Output, short } from "./output";
import { chooseProvider } from "./provider";
import { reportLines } from "./reward-report";
import { namingRows, namingRowsOf } from "./row-names";
import { loadRewards } from "./score";
import { impliedByFlags, modelName, trainingFlags } from "./shared";
import { warnOfSharedPrompts } from "./shared-prompts";
import { runTraining } from "./training";

interface Flags extends TrainingFlags, CombineFlags {
  readonly model: string;
  readonly data: string;
  readonly eval?: string;
  readonly references?: string;
  readonly members?: number;
  readonly folds?: boolean;
  readonly freezeLayers?: number;
}

const schema = withLoraOptions(rewardConfig);

export function trainRewardCommand(parent: Command, args: readonly string[]): void {
  const command = parent
    .command("reward")
    .description("learn from rankings what people prefer")
    .requiredOption("--model <dir>", "language model (or reward model) to start from")
    .requiredOption("--data <file>", "rankings: K-wise rows or pairs")
    .requiredOption("--out <dir>", "folder for the reward model")
    .option("--eval <file>", "rankings of other prompts, to measure the accuracy on")
    .option(
      "--references <file>",
      "demonstrations whose mean reward is to be 0 (the completions of --data)",
    );
  command
    .option("--members <n>", "train an ensemble of so many, in OUT/member-1 …", whole(1))
    .option(
      "--folds",
      "each member leaves out its own share of the prompts; otherwise seeds differ",
    );
  examples(
    combineOptions(freezeOption(trainingOptions(command))),
    `
K-wise rows are {prompt, completions: [{id, text}], ranking: [[ids of the best], [next], …]},
pairs {prompt, chosen, rejected}. Split by prompt: none should be in both --data and --eval.
An ensemble is used by its folder: --reward OUT --combine mean|wco|uwo.
Example:
  $ revealed train reward --model sft --data rankings.jsonl.gz --eval heldout.jsonl --out rm
  $ revealed train reward --model sft --data rankings.jsonl.gz --members 5 --out rms
Options for --config FILE.json:
${describeConfig(schema)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const all = await configOf(
      schema,
      { ...trainingFlags(flags), ...loraFlags(flags), freezeLayers: flags.freezeLayers },
      flags.config,
      impliedByFlags(flags),
    );
    const provider = await chooseProvider(flags.ep, output);
    const config = trainerOptions(all);
    const base = await loadToTrain(flags.model, all);
    const data = await readRankings(flags.data, base.tokenizer, output);
    const heldOut = flags.eval ? await readRankings(flags.eval, base.tokenizer, output) : null;
    const references = flags.references
      ? (await readSft(flags.references, base.tokenizer)).examples
      : null;
    if (heldOut !== null) warnOfSharedPrompts(data.examples, heldOut.examples, output);
    const inputs = {
      model: { path: flags.model, hash: base.hash },
      data: { path: flags.data, hash: await hashOf(flags.data) },
      ...(flags.eval && { eval: { path: flags.eval, hash: await hashOf(flags.eval) } }),
      ...(flags.references && {
        references: { path: flags.references, hash: await hashOf(flags.references) },
      }),
    };
    const setup: Setup = { base, heldOut, references, inputs, provider, args, output };
    if (flags.members === undefined) {
      if (flags.folds)
        throw new AppError(
          "bad-input",
          "--folds is for an ensemble; add --members N, or leave it out.",
        );
      const result = await fitMember(setup, flags, { config, data, recorded: all });
      output.result(result, linesOf(flags.out, result));
      return;
    }
    const results: Record<string, unknown>[] = [];
    for (let member = 1; member <= flags.members; member++) {
      output.note(`member ${member} of ${flags.members}`);
      const own = { ...config, seed: config.seed + member - 1 };
      const fold = flags.folds ? { member, of: flags.members } : null;
      const part = fold ? withoutFold(data, fold) : data;
      const out = memberFolder(flags.out, member);
      const recorded = {
        ...all,
        ...own,
        member,
        fold: fold ? `${member} of ${flags.members}` : null,
      };
      results.push(
        await fitMember(setup, { ...flags, out }, { config: own, data: part, recorded }),
      );
    }
    const result = await ensembleResult(setup, flags, config, results);
    output.result(result, linesOf(flags.out, result));
  });
}

interface Setup {
  readonly base: LoadedModel;
  readonly heldOut: FileOf<RankedExample> | null;
  readonly references: readonly SftExample[] | null;
  readonly inputs: Record<string, { path: string; hash: string }>;
  readonly provider: string;
  readonly args: readonly string[];
  readonly output: Output;
}

interface Member {
  readonly config: RewardConfig;
  readonly data: FileOf<RankedExample>;
  /** the config, and what distinguishes the member */
  readonly recorded: Record<string, unknown> & { seed: number };
}

/** Fits one reward model in the folder of the flags. */
function fitMember(
  { base, heldOut, references, inputs, provider, args, output }: Setup,
  flags: Flags,
  { config, data, recorded }: Member,
): Promise<Record<string, unknown>> {
  const model = rewardModelFrom(base, config.seed);
  return runTraining(
    {
      kind: "reward",
      config: recorded,
      schema,
      provider,
      inputs,
      start: (run) =>
        namingRowsOf(
          { ranking: data, ...(heldOut && { "evaluation ranking": heldOut }) },
          trainReward(model, data.examples, config, {
            ...run,
            provider,
            evaluation: heldOut?.examples,
          }),
        ),
      shown: ({ loss, accuracy }) => ({ loss, accuracy }),
      async finish({ history, metrics }) {
        const options = { ...config, provider };
        const ranked = () =>
          data.examples.flatMap(({ prompt, completions }) =>
            completions.map((completion) => ({ prompt, completion })),
          );
        const trained = await normaliseReward(model, references ?? ranked(), options);
        const text = cardText(data, config, metrics);
        const card = { baseModel: modelName(flags.model), text };
        const kind = await saveTrained(flags, trained, base.base, card);
        const counted = (key: string) => history.reduce((sum, step) => sum + (step[key] ?? 0), 0);
        const report =
          heldOut &&
          (await namingRows({ ranking: heldOut }, () =>
            evaluateReward(trained, heldOut.examples, options),
          ));
        return {
          ...kind,
          completions: counted("completions"),
          pairs: counted("pairs"),
          loss: metrics.loss,
          ...(config.ties !== "drop" && {
            ties: { model: config.ties, parameter: metrics.tie_parameter, pairs: counted("ties") },
          }),
          ...(report && { eval: reportResult(report) }),
        };
      },
    },
    flags,
    args,
    output,
  );
}

/** What was learnt from, and by what loss where it is not the plain one. */
function cardText(
  { examples: rows }: FileOf<RankedExample>,
  { loss, ties }: RewardConfig,
  metrics: Readonly<Record<string, number>>,
): string {
  const by = loss === "plackett-luce" ? " by the listwise loss of Plackett and Luce" : "";
  const tied =
    ties === "drop"
      ? ""
      : `; ties modelled by ${ties} with parameter ${short(metrics.tie_parameter)}`;
  return `Learnt from ${rows.length} rankings${by}${tied}.`;
}

/** The rankings of all prompts but each `of`-th, from the member's own on. */
function withoutFold(
  { file, lines, examples: all }: FileOf<RankedExample>,
  { member, of }: { member: number; of: number },
): FileOf<RankedExample> {
  const order = [...new Set(all.map(({ prompt }) => prompt))];
  const places = new Map(order.map((prompt, i) => [prompt, i % of]));
  const kept = (i: number) => places.get(all[i].prompt) !== member - 1;
  if (of < 2 || order.length < of)
    throw new AppError(
      "bad-input",
      `--folds needs at least 2 members and as many prompts as members: there are ${of} and ${order.length}; leave --folds out.`,
    );
  return {
    file,
    lines: lines.filter((_, i) => kept(i)),
    examples: all.filter((_, i) => kept(i)),
  };
}

/** What the members came to together; the report is of their combined scores. */
async function ensembleResult(
  { heldOut, provider }: Setup,
  flags: Flags,
  config: RewardConfig,
  results: readonly Record<string, unknown>[],
): Promise<Record<string, unknown>> {
  const sum = (key: string) => results.reduce((n, result) => n + Number(result[key]), 0);
  const report = heldOut && (await evaluated(heldOut));
  return {
    out: flags.out,
    members: results.map(({ out }) => out),
    steps: sum("steps"),
    completions: sum("completions"),
    pairs: sum("pairs"),
    loss: sum("loss") / results.length,
    ...(report && { combine: flags.combine, eval: reportResult(report) }),
    seconds: sum("seconds"),
  };

  async function evaluated(rows: FileOf<RankedExample>) {
    const members = await loadRewards(flags.out, "--out");
    const options = { ...config, provider, ...combineOf(flags) };
    return await namingRows({ ranking: rows }, () =>
      evaluateReward(members, rows.examples, options),
    );
  }
}

function linesOf(out: string, result: Record<string, unknown>): string[] {
  const { loss, steps, seconds } = result as Record<string, number>;
  const report = result.eval as ReturnType<typeof reportResult> | undefined;
  return [
    `${out}: ${steps} steps in ${duration(seconds)}, loss ${short(loss)}`,
    ...(report ? reportLines(report) : []),
  ];
}
