import type { Command } from "commander";
import { loadModel } from "../ml/checkpoint/load-model";
import { evaluateReward, type RewardReport } from "../ml/rlhf/reward-report";
import { describeConfig } from "./config";
import { readRankings } from "./data";
import { examples } from "./options";
import { createOutput, short } from "./output";
import { chooseProvider } from "./provider";
import { readingConfig, type ReadingFlags, readingOf, readingOptions } from "./reading";
import { namingRows } from "./row-names";

interface Flags extends ReadingFlags {
  readonly model: string;
  readonly data: string;
}

export function evalReward(parent: Command): void {
  const command = parent
    .command("reward")
    .description("how often a reward model agrees with people's rankings")
    .requiredOption("--model <dir>", "reward model")
    .requiredOption("--data <file>", "rankings it was not trained on: K-wise rows or pairs");
  examples(
    readingOptions(command),
    `
The interval is a bootstrap over prompts; "longer wins" is what a model must beat.
Example:
  $ revealed eval reward --model rm --data heldout.jsonl.gz
Options for --config FILE.json:
${describeConfig(readingConfig)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const provider = await chooseProvider(flags.ep, output);
    const model = await loadModel(flags.model);
    const reading = await readingOf(flags, model.config.context);
    const data = await readRankings(flags.data, model.tokenizer, output);
    const report = await namingRows({ ranking: data }, () =>
      evaluateReward(model, data.examples, {
        provider,
        seed: flags.seed,
        ...reading,
      }),
    );
    const result = reportResult(report);
    output.result(result, reportLines(result));
  });
}

/** A report under the names of the shell's contract. */
export function reportResult(report: RewardReport) {
  return {
    prompts: report.prompts,
    pairs: report.pairs,
    accuracy: report.accuracy,
    accuracy_ci: report.accuracyInterval,
    ece: report.ece,
    brier: report.brier,
    length_baseline: report.lengthBaseline,
    length_baseline_ci: report.lengthBaselineInterval,
    reliability: report.reliability.map(({ low, high, count, meanPredicted, observed }) => {
      return { low, high, count, mean_predicted: meanPredicted, observed };
    }),
  };
}

export function reportLines(result: ReturnType<typeof reportResult>): string[] {
  const share = (x: number) => `${(100 * x).toFixed(1)} %`;
  const interval = ([low, high]: readonly number[]) =>
    `95 % interval ${share(low)} to ${share(high)}`;
  return [
    `held out: ${result.pairs} pairs of ${result.prompts} prompts`,
    `accuracy         ${share(result.accuracy)} (${interval(result.accuracy_ci)})`,
    `"longer wins"    ${share(result.length_baseline)} (${interval(result.length_baseline_ci)})`,
    `calibration      ECE ${short(result.ece)}, Brier ${short(result.brier)}`,
  ];
}
