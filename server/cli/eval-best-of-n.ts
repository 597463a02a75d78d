import type { Command } from "commander";
import { loadModel } from "../ml/checkpoint/load-model";
import { measureBestOfN } from "../ml/rlhf/best-of-n";
import { bestOfMetrics, bestOfNConfig, bestOfSizes } from "../ml/rlhf/best-of-n-config";
import { bestOfNKl } from "../ml/rlhf/formulas/kl";
import { requireLanguageHead } from "../ml/rlhf/reward-model";
import { configOf, describeConfig } from "./config";
import { readPrompts } from "./data";
import { type ComputeFlags, computeOptions, examples, whole } from "./options";
import { createOutput, short } from "./output";
import { chooseProvider } from "./provider";
import { openReward, REWARD_HELP, type RewardFlags, rewardOptions } from "./reward-sources";
import { namingRowsOf } from "./row-names";

interface Flags extends ComputeFlags, RewardFlags {
  readonly model: string;
  readonly prompts: string;
  readonly k?: number;
  readonly maxNewTokens?: number;
  readonly config?: string;
}

/** Which prompts there are is said by the file. */
const schema = bestOfNConfig.omit({ split: true });

export function evalBestOfN(parent: Command): void {
  const command = parent
    .command("best-of-n")
    .description("what keeping the best of n answers is worth, by what rewards them")
    .requiredOption("--model <dir>", "policy that answers")
    .requiredOption("--prompts <file>", "{prompt} rows to answer")
    .option("--k <n>", "answers to each prompt", whole(2))
    .option("--max-new-tokens <n>", "tokens of an answer at most", whole(1))
    .option("--config <file.json>", "every other option, by name");
  examples(
    computeOptions(rewardOptions(command)),
    `
The mean score of the best of 1, 2, 4 … and of all answers, by all draws of n from those there are, with
a 95 % interval over prompts, and the KL from the policy that picking costs: log n − (n − 1)/n.
${REWARD_HELP}
Example:
  $ revealed eval best-of-n --model sft --reward rm --prompts heldout.jsonl --k 64
Options for --config FILE.json:
${describeConfig(schema)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const { seed, k: completions, maxNewTokens } = flags;
    const config = await configOf(schema, { seed, completions, maxNewTokens }, flags.config);
    const provider = await chooseProvider(flags.ep, output);
    const model = await loadModel(flags.model);
    requireLanguageHead(model, `--model ${flags.model}`);
    const prompts = await readPrompts(flags.prompts, model.tokenizer);
    const texts = prompts.examples.map(({ text }) => text);
    const { source } = await openReward(flags, model, { provider, prompt: texts[0] });
    let measured: Record<string, number> = {};
    try {
      const labels = prompts.examples.map(({ label }) => label);
      const steps = measureBestOfN(model, texts, config, { source, labels, provider });
      for await (const { step, totalSteps, metrics } of namingRowsOf({ prompt: prompts }, steps)) {
        measured = metrics;
        output.progress(step, totalSteps, { score: metrics[bestOfMetrics(1).score] });
      }
    } finally {
      output.close();
      await source.dispose();
    }
    const table = bestOfSizes(config.completions).map((n) => {
      const names = bestOfMetrics(n);
      const [score, error] = [measured[names.score], 1.96 * measured[names.scoreError]];
      return { n, kl: bestOfNKl(n), score, score_ci: [score - error, score + error] };
    });
    const result = { prompts: measured.prompts, completions: config.completions, table };
    output.result(result, [
      "    n      KL     score   95 % interval",
      ...table.map(({ n, kl, score, score_ci: [low, high] }) =>
        [
          String(n).padStart(5),
          kl.toFixed(2).padStart(8),
          score.toFixed(3).padStart(10),
          `   ${short(low)} to ${short(high)}`,
        ].join(""),
      ),
    ]);
  });
}
