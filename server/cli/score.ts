import type { Command } from "commander";
import { AppError } from "../domain/app-error";
import { loadModel } from "../ml/checkpoint/load-model";
import { memberFolders } from "../ml/checkpoint/member-folders";
import { requireScoreHead } from "../ml/rlhf/reward-model";
import { scoreCompletions } from "../ml/rlhf/score";
import { describeConfig } from "./config";
import { readScorable } from "./data";
import { prepareOut, writeLines } from "./files";
import { type CombineFlags, combineOf, combineOptions, examples } from "./options";
import { createOutput, duration } from "./output";
import { chooseProvider } from "./provider";
import { readingConfig, type ReadingFlags, readingOf, readingOptions } from "./reading";
import { namingRows } from "./row-names";

interface Flags extends ReadingFlags, CombineFlags {
  readonly reward: string;
  readonly data: string;
  readonly out: string;
}

export function scoreCommand(program: Command): void {
  const command = program
    .command("score")
    .description("what a reward model gives to completions")
    .requiredOption(
      "--reward <dir>",
      "reward model; several, with commas between, make an ensemble",
    )
    .requiredOption("--data <file>", "rankings, completions of `generate`, or {prompt, completion}")
    .requiredOption("--out <file>", "each row with its `scores`, in the order of its completions");
  examples(
    readingOptions(combineOptions(command)),
    `
Scores are normalised as the reward model's config.json says. With --max-length, a completion that
is longer gets the score null.
Example:
  $ revealed score --reward rm --data answers.jsonl --out scored.jsonl
Options for --config FILE.json:
${describeConfig(readingConfig)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const begun = performance.now();
    await prepareOut(flags.out);
    const provider = await chooseProvider(flags.ep, output);
    const models = await loadRewards(flags.reward);
    const reading = await readingOf(flags, models[0].config.context);
    const rows = await readScorable(flags.data, models[0].tokenizer);
    const owners = rows.examples.flatMap(({ pairs }, i) => pairs.map(() => rows.lines[i]));
    const scores = await namingRows({ completion: { file: flags.data, lines: owners } }, () =>
      scoreCompletions(
        models,
        rows.examples.flatMap(({ pairs }) => pairs),
        {
          provider,
          ...combineOf(flags),
          ...reading,
        },
      ),
    );
    let next = 0;
    const written = rows.examples.map(({ source, pairs }) => {
      return JSON.stringify({ ...source, scores: scores.slice(next, (next += pairs.length)) });
    });
    await writeLines(flags.out, written);
    const seconds = (performance.now() - begun) / 1000;
    const result = { out: flags.out, rows: written.length, completions: scores.length, seconds };
    output.result(result, [`${flags.out}: ${scores.length} completions in ${duration(seconds)}`]);
  });
}

/**
 * Reward models of "DIR,DIR,…"; a folder of `train reward --members` stands for its members. Each must
 * encode text alike, or their scores are of other texts.
 */
export async function loadRewards(list: string, flag = "--reward") {
  const named = list
    .split(",")
    .map((dir) => dir.trim())
    .filter(Boolean);
  const dirs = (await Promise.all(named.map(memberFolders))).flat();
  const models = await Promise.all(
    dirs.map(async (dir) => Object.assign(await loadModel(dir), { dir })),
  );
  if (models.length === 0) throw new AppError("bad-input", `${flag} names no folder; give one.`);
  for (const model of models) {
    requireScoreHead(model, `${flag} ${model.dir}`);
    if (model.tokenizer.fingerprint === models[0].tokenizer.fingerprint) continue;
    throw new AppError(
      "bad-input",
      `${flag} ${list}: ${model.dir} has another tokenizer than ${models[0].dir}; members of an ensemble must read the same token ids.`,
    );
  }
  return models;
}
