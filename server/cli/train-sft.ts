import type { Command } from "commander";
import { trainSft } from "../ml/rlhf/sft";
import { sftConfig } from "../ml/rlhf/sft-config";
import { requireLanguageHead } from "../ml/rlhf/reward-model";
import { configOf, describeConfig } from "./config";
import { readSft } from "./data";
import { hashOf } from "./files";
import { loadToTrain, loraFlags, saveTrained, withLoraOptions } from "./lora";
import { trainerOptions } from "../ml/rlhf/lora-options";
import { examples, freezeOption, type TrainingFlags, trainingOptions } from "./options";
import { createOutput, duration, short } from "./output";
import { chooseProvider } from "./provider";
import { namingRowsOf } from "./row-names";
import { impliedByFlags, modelName, trainingFlags } from "./shared";
import { runTraining } from "./training";

interface Flags extends TrainingFlags {
  readonly model: string;
  readonly data: string;
  readonly eval?: string;
  readonly freezeLayers?: number;
}

const schema = withLoraOptions(sftConfig);

export function trainSftCommand(parent: Command, args: readonly string[]): void {
  const command = parent
    .command("sft")
    .description("teach a model by demonstrations")
    .requiredOption("--model <dir>", "model to start from")
    .requiredOption("--data <file>", "{prompt, completion}, {messages} or {text} rows")
    .requiredOption("--out <dir>", "folder for the trained model")
    .option("--eval <file>", "rows held out, to measure the loss on");
  examples(
    freezeOption(trainingOptions(command)),
    `
Only the completion's tokens are learnt; of {text} rows, all. An example longer than the model's
context is an error; with --max-length longer ones are left out, and counted ("overlong" below).
Example:
  $ revealed train sft --model base --data demonstrations.jsonl --out sft --epochs 2 --lr 5e-4
  $ echo '{"packing": true, "micro_batch_size": 8, "ema_decay": 0.999}' > fast.json
  $ revealed train sft --model base --data demonstrations.jsonl --out sft --config fast.json
With --lora-rank, adapters learn beside the weights, and --out becomes a PEFT adapter folder: --model
of every command takes it, as long as its base stays where it was.
  $ revealed train sft --model base --data demonstrations.jsonl --out sft --lora-rank 16
Options for --config FILE.json:
${describeConfig(schema)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const config = await configOf(
      schema,
      { ...trainingFlags(flags), ...loraFlags(flags), freezeLayers: flags.freezeLayers },
      flags.config,
      impliedByFlags(flags),
    );
    const provider = await chooseProvider(flags.ep, output);
    const model = await loadToTrain(flags.model, config);
    requireLanguageHead(model, `--model ${flags.model}`);
    const data = await readSft(flags.data, model.tokenizer);
    const evaluation = flags.eval ? await readSft(flags.eval, model.tokenizer) : null;
    const result = await runTraining(
      {
        kind: "sft",
        config,
        schema,
        provider,
        inputs: {
          model: { path: flags.model, hash: model.hash },
          data: { path: flags.data, hash: await hashOf(flags.data) },
          ...(flags.eval && { eval: { path: flags.eval, hash: await hashOf(flags.eval) } }),
        },
        start: (run) =>
          namingRowsOf(
            { example: data, ...(evaluation && { "evaluation example": evaluation }) },
            trainSft(model, data.examples, trainerOptions(config), {
              ...run,
              provider,
              evaluation: evaluation?.examples,
            }),
          ),
        shown: ({ loss, tokens_per_second }) => ({ loss, "tokens/s": tokens_per_second }),
        async finish({ history, metrics }) {
          const text = `Fine-tuned on ${data.examples.length} demonstrations.`;
          const card = { baseModel: modelName(flags.model), text, tags: ["sft"] };
          return {
            ...(await saveTrained(flags, model, model.base, card)),
            tokens: history.reduce((sum, step) => sum + step.tokens, 0),
            loss: metrics.loss,
            ...(evaluation && { eval_loss: heldOutLoss(history, config.keepBest) }),
          };
        },
      },
      flags,
      args,
      output,
    );
    const { loss, eval_loss, steps, seconds } = result as Record<string, number>;
    output.result(result, [
      `${flags.out}: ${steps} steps in ${duration(seconds)}, loss ${short(loss)}`,
      ...(eval_loss === undefined ? [] : [`held-out loss ${short(eval_loss)}`]),
    ]);
  });
}

/** Held-out loss of the weights that are written: the last ones, or the best. */
function heldOutLoss(
  history: readonly Readonly<Record<string, number>>[],
  keepBest: boolean,
): number {
  const losses = history.flatMap((step) => ("eval/loss" in step ? [step["eval/loss"]] : []));
  return keepBest ? Math.min(...losses) : losses[losses.length - 1];
}
