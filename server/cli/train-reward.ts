import type { Command } from "commander";
import type { RankedExample } from "../ml/rlhf/data";
import { impliedPairs } from "../ml/rlhf/formulas/kwise";
import { trainReward } from "../ml/rlhf/reward";
import { rewardConfig } from "../ml/rlhf/reward-config";
import { rewardModelFrom } from "../ml/rlhf/reward-model";
import { evaluateReward, normaliseReward } from "../ml/rlhf/reward-report";
import { configOf, describeConfig } from "./config";
import { readRankings } from "./data";
import { reportLines, reportResult } from "./eval-reward";
import { hashOf } from "./files";
import { loadToTrain, loraFlags, saveTrained, trainerOptions, withLoraOptions } from "./lora";
import { examples, freezeOption, type TrainingFlags, trainingOptions } from "./options";
import { createOutput, duration, type Output, short } from "./output";
import { chooseProvider } from "./provider";
import { namingRows, namingRowsOf } from "./row-names";
import { impliedByFlags, modelName, trainingFlags } from "./shared";
import { runTraining } from "./training";

interface Flags extends TrainingFlags {
  readonly model: string;
  readonly data: string;
  readonly eval?: string;
  readonly freezeLayers?: number;
}

const config = withLoraOptions(rewardConfig);

export function trainRewardCommand(parent: Command, args: readonly string[]): void {
  const command = parent
    .command("reward")
    .description("learn from rankings what people prefer")
    .requiredOption("--model <dir>", "language model (or reward model) to start from")
    .requiredOption("--data <file>", "rankings: K-wise rows or pairs")
    .requiredOption("--out <dir>", "folder for the reward model")
    .option("--eval <file>", "rankings of other prompts, to measure the accuracy on");
  examples(
    freezeOption(trainingOptions(command)),
    `
K-wise rows are {prompt, completions: [{id, text}], ranking: [[ids of the best], [next], …]},
pairs {prompt, chosen, rejected}. Split by prompt: none should be in both --data and --eval.
Example:
  $ revealed train reward --model sft --data rankings.jsonl.gz --eval heldout.jsonl --out rm
Options for --config FILE.json:
${describeConfig(config)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const all = await configOf(
      config,
      { ...trainingFlags(flags), ...loraFlags(flags), freezeLayers: flags.freezeLayers },
      flags.config,
      impliedByFlags(flags),
    );
    const provider = await chooseProvider(flags.ep);
    const base = await loadToTrain(flags.model, all);
    const data = await readRankings(flags.data, base.tokenizer, output);
    const heldOut = flags.eval ? await readRankings(flags.eval, base.tokenizer, output) : null;
    if (heldOut !== null) warnOfSharedPrompts(data.examples, heldOut.examples, output);
    const model = rewardModelFrom(base, all.seed);
    const own = trainerOptions(all);
    const result = await runTraining(
      {
        kind: "reward",
        config: all,
        provider,
        inputs: {
          model: { path: flags.model, hash: base.hash },
          data: { path: flags.data, hash: await hashOf(flags.data) },
          ...(flags.eval && { eval: { path: flags.eval, hash: await hashOf(flags.eval) } }),
        },
        start: (run) =>
          namingRowsOf(
            { ranking: data, ...(heldOut && { "evaluation ranking": heldOut }) },
            trainReward(model, data.examples, own, {
              ...run,
              provider,
              evaluation: heldOut?.examples,
            }),
          ),
        shown: ({ loss, accuracy }) => ({ loss, accuracy }),
        async finish({ history, metrics }) {
          const options = { ...own, provider };
          const references = data.examples.flatMap(({ prompt, completions }) =>
            completions.map((completion) => ({ prompt, completion })),
          );
          const trained = await normaliseReward(model, references, options);
          const kind = await saveTrained(flags, trained, base.base, {
            baseModel: modelName(flags.model),
            text: `Learnt from ${data.examples.length} rankings.`,
          });
          const counted = (key: string) => history.reduce((sum, step) => sum + step[key], 0);
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
            ...(report && { eval: reportResult(report) }),
          };
        },
      },
      flags,
      args,
      output,
    );
    const { loss, steps, seconds } = result as Record<string, number>;
    const report = result.eval as ReturnType<typeof reportResult> | undefined;
    output.result(result, [
      `${flags.out}: ${steps} steps in ${duration(seconds)}, loss ${short(loss)}`,
      ...(report ? reportLines(report) : []),
    ]);
  });
}

function warnOfSharedPrompts(
  data: readonly RankedExample[],
  heldOut: readonly RankedExample[],
  output: Output,
): void {
  const known = new Set(data.map(({ prompt }) => prompt));
  const shared = heldOut.filter(({ prompt, groups }) => {
    return known.has(prompt) && impliedPairs(groups).length > 0;
  }).length;
  if (shared === 0) return;
  output.warn(
    `${shared} of ${heldOut.length} held-out rankings are of prompts that are trained on too: their accuracy flatters; split by prompt`,
  );
}
