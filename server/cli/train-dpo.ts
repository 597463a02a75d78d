import { type Command, Option } from "commander";
import { loadModel } from "../ml/checkpoint/load-model";
import { AppError } from "../domain/app-error";
import { trainDpo } from "../ml/rlhf/dpo";
import { dpoConfig } from "../ml/rlhf/dpo-config";
import { requireLanguageHead } from "../ml/rlhf/reward-model";
import { configOf, describeConfig } from "./config";
import { readRankings } from "./data";
import { hashOf } from "./files";
import { loadToTrain, loraFlags, saveTrained, withLoraOptions } from "./lora";
import { refuseDropout, trainerOptions } from "../ml/rlhf/lora-options";
import { examples, notNegative, positive, type TrainingFlags, trainingOptions } from "./options";
import { createOutput, duration, short } from "./output";
import { chooseProvider } from "./provider";
import { namingRowsOf } from "./row-names";
import { impliedByFlags, modelName, trainingFlags } from "./shared";
import { warnOfSharedPrompts } from "./shared-prompts";
import { runTraining } from "./training";

interface Flags extends TrainingFlags {
  readonly model: string;
  readonly data: string;
  readonly eval?: string;
  readonly reference?: string;
  readonly loss?: string;
  readonly beta?: number;
  readonly labelSmoothing?: number;
}

const schema = withLoraOptions(dpoConfig);

export function trainDpoCommand(parent: Command, args: readonly string[]): void {
  const command = parent
    .command("dpo")
    .description("improve a policy by rankings alone, without a reward model")
    .requiredOption("--model <dir>", "policy to start from")
    .requiredOption("--data <file>", "rankings: K-wise rows or pairs")
    .requiredOption("--out <dir>", "folder for the new policy")
    .option("--eval <file>", "rankings of other prompts, to measure loss and accuracy on")
    .option("--reference <dir>", "frozen model (the policy at its start)")
    .addOption(
      new Option("--loss <name>", "sigmoid is DPO's").choices([
        "sigmoid",
        "ipo",
        "hinge",
        "robust",
      ]),
    )
    .option("--beta <β>", "price of a nat away from the reference (0.1)", positive)
    .option("--label-smoothing <ε>", "share of comparisons believed to be wrong (0)", notNegative);
  examples(
    trainingOptions(command),
    `
All pairs of a ranking are learnt at once, one forward pass a completion.
Example:
  $ revealed train dpo --model sft --data rankings.jsonl.gz --eval heldout.jsonl --out policy
  $ revealed train dpo --model sft --data pairs.jsonl --loss ipo --out policy
Options for --config FILE.json:
${describeConfig(schema)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const { loss, beta, labelSmoothing } = flags;
    const config = await configOf(
      schema,
      { ...trainingFlags(flags), ...loraFlags(flags), loss, beta, labelSmoothing },
      flags.config,
      impliedByFlags(flags),
    );
    refuseDropout(config, "DPO");
    const provider = await chooseProvider(flags.ep, output);
    const policy = await loadToTrain(flags.model, config);
    requireLanguageHead(policy, `--model ${flags.model}`);
    const reference = flags.reference ? await loadModel(flags.reference) : undefined;
    if (reference && reference.tokenizer.fingerprint !== policy.tokenizer.fingerprint)
      throw new AppError(
        "bad-input",
        `--reference ${flags.reference} has another tokenizer than --model ${flags.model}; give a model with the same tokenizer.`,
      );
    const data = await readRankings(flags.data, policy.tokenizer, output);
    const heldOut = flags.eval ? await readRankings(flags.eval, policy.tokenizer, output) : null;
    if (heldOut !== null) warnOfSharedPrompts(data.examples, heldOut.examples, output);
    const result = await runTraining(
      {
        kind: "dpo",
        config,
        schema,
        provider,
        inputs: {
          model: { path: flags.model, hash: policy.hash },
          data: { path: flags.data, hash: await hashOf(flags.data) },
          ...(flags.eval && { eval: { path: flags.eval, hash: await hashOf(flags.eval) } }),
          ...(reference && { reference: { path: flags.reference!, hash: reference.hash } }),
        },
        start: (run) =>
          namingRowsOf(
            { ranking: data, ...(heldOut && { "held-out ranking": heldOut }) },
            trainDpo(policy, data.examples, trainerOptions(config), {
              ...run,
              provider,
              ...(reference && { reference }),
              ...(heldOut && { evaluation: heldOut.examples }),
            }),
          ),
        shown: (metrics) => ({ loss: metrics.loss, accuracy: metrics["rewards/accuracies"] }),
        async finish({ metrics }) {
          const text = `Improved by ${config.loss === "ipo" ? "IPO" : "DPO"} on ${data.examples.length} rankings.`;
          const card = { baseModel: modelName(flags.model), text, tags: ["dpo"] };
          return {
            ...(await saveTrained(flags, policy, policy.base, card)),
            loss: metrics.loss,
            accuracy: metrics["rewards/accuracies"],
            ...("eval/loss" in metrics && {
              eval_loss: metrics["eval/loss"],
              eval_accuracy: metrics["eval/accuracy"],
            }),
          };
        },
      },
      flags,
      args,
      output,
    );
    const {
      loss: last,
      accuracy,
      steps,
      seconds,
      eval_accuracy,
    } = result as Record<string, number>;
    output.result(result, [
      `${flags.out}: ${steps} steps in ${duration(seconds)}, loss ${short(last)}, accuracy ${short(accuracy)}`,
      ...(eval_accuracy === undefined ? [] : [`held-out accuracy ${short(eval_accuracy)}`]),
    ]);
  });
}
