import type { Command } from "commander";
import { reportResult } from "../ml/rlhf/report-json";
import { evaluateReward } from "../ml/rlhf/reward-report";
import { describeConfig } from "./config";
import { readRankings } from "./data";
import { type CombineFlags, combineOf, combineOptions, examples } from "./options";
import { createOutput } from "./output";
import { chooseProvider } from "./provider";
import { readingConfig, type ReadingFlags, readingOf, readingOptions } from "./reading";
import { reportLines } from "./reward-report";
import { namingRows } from "./row-names";
import { loadRewards } from "./score";

interface Flags extends ReadingFlags, CombineFlags {
  readonly model: string;
  readonly data: string;
}

export function evalReward(parent: Command): void {
  const command = parent
    .command("reward")
    .description("how often a reward model agrees with people's rankings")
    .requiredOption("--model <dir>", "reward model; DIR,DIR or the folder of an ensemble")
    .requiredOption("--data <file>", "rankings it was not trained on: K-wise rows or pairs");
  examples(
    readingOptions(combineOptions(command)),
    `
Intervals are bootstraps over prompts. "Longer wins" is what a model must beat; how often labelers who
ranked the same completions agree (rows with a \`labeler\`) is what it cannot be expected to. With --json
the report also has the calibration curve, accuracy by margin, by length difference and by
\`labeler_group\`, and the worst and nearest mistakes with their texts.
Example:
  $ revealed eval reward --model rm --data heldout.jsonl.gz
Options for --config FILE.json:
${describeConfig(readingConfig)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const provider = await chooseProvider(flags.ep, output);
    const models = await loadRewards(flags.model, "--model");
    const reading = await readingOf(flags, models[0].config.context);
    const data = await readRankings(flags.data, models[0].tokenizer, output);
    const owners = data.examples.flatMap(({ completions }, i) =>
      completions.map(() => data.lines[i]),
    );
    const completion = { file: flags.data, lines: owners };
    const report = await namingRows({ ranking: data, completion }, () =>
      evaluateReward(models, data.examples, {
        provider,
        ...combineOf(flags),
        seed: flags.seed,
        ...reading,
      }),
    );
    const result = reportResult(report);
    output.result(result, reportLines(result));
  });
}
