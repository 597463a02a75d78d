import { type Command, Option } from "commander";
import { AppError } from "../domain/app-error";
import { inspectModel } from "../ml/checkpoint/load-model";
import { generationBytes, gigabytes, trainingBytes } from "../ml/rlhf/memory";
import { sftConfig } from "../ml/rlhf/sft-config";
import { availableMemory } from "../ml/runtime/available-memory";
import { listProviders } from "../ml/runtime/session";
import { type CommonFlags, idleOptions, examples, PROVIDERS, whole } from "./options";
import { createOutput } from "./output";
import { judgeAll, type Verdict } from "./provider";
import { notInBuild } from "./provider-advice";
import { trainBriefly } from "./provider-trial";

interface Flags extends CommonFlags {
  readonly model?: string;
  readonly batchSize?: number;
  readonly maxLength?: number;
  readonly try?: string;
}

export function doctorCommand(program: Command): void {
  const command = program
    .command("doctor")
    .description("what this machine can compute with, and what a training would take")
    .option("--model <dir>", "a model whose memory is estimated")
    .option("--batch-size <n>", "examples an update, or completions at once (32)", whole(1))
    .option("--max-length <n>", "tokens of prompt and completion (the model's context)", whole(2))
    .addOption(new Option("--try <provider>").hideHelp());
  examples(
    idleOptions(command),
    `
Each provider trains a small model in a process of its own, and its losses are compared with the
processor's. With --model, the estimate is of SFT with AdamW, and of generation, on the processor.
Example:
  $ revealed doctor --model models/TinyStories-656K --batch-size 64 --max-length 256`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    if (flags.try !== undefined) {
      output.result(await trainBriefly(flags.try), []);
      return;
    }
    const estimate = flags.model === undefined ? null : await estimateOf(flags.model, flags);
    const here = listProviders();
    const known = PROVIDERS.filter((name) => name !== "auto");
    const tried = await judgeAll(known.filter((name) => here.includes(name)));
    const missing = known
      .filter((name) => !here.includes(name))
      .map((name): Verdict => ({ name, usable: false, why: notInBuild(name) }));
    const verdicts = [...tried, ...missing];
    const available = availableMemory();
    const result = {
      providers: verdicts.map(({ trial, ...verdict }) => ({ ...verdict, ...trial })),
      available_bytes: Math.round(available),
      ...(estimate && { estimate }),
    };
    output.result(result, [
      ...verdicts.map(lineOf),
      "",
      `memory: ${gigabytes(available)} to give`,
      ...(estimate
        ? [
            `training: about ${gigabytes(estimate.train_bytes)}${fits(estimate.train_bytes, available)}`,
            `generation: about ${gigabytes(estimate.generate_bytes)}${fits(estimate.generate_bytes, available)}`,
          ]
        : []),
    ]);
  });
}

/** @throws AppError bad-input where the length exceeds the model's context */
async function estimateOf(dir: string, { batchSize, maxLength }: Flags) {
  const { config } = await inspectModel(dir);
  const { tokensPerPass, batchSize: usual } = sftConfig.parse({});
  const rows = batchSize ?? usual;
  const length = maxLength ?? config.context;
  if (length > config.context)
    throw new AppError(
      "bad-input",
      `--max-length ${length} exceeds the context of ${dir}, which is ${config.context} tokens; give at most that.`,
    );
  return {
    train_bytes: trainingBytes({ learners: [config], rows, length, tokensPerPass }),
    generate_bytes: generationBytes(config, rows, length),
  };
}

function lineOf({ name, usable, why, trial }: Verdict): string {
  const lacks = trial?.lacks.length ? `; leaves ${trial.lacks.join(", ")} to the processor` : "";
  const said = usable ? `usable, ${trial!.ms.toFixed(1)} ms a small step${lacks}` : why;
  return `${name.padEnd(8)}${usable ? "yes" : "no "}  ${said}`;
}

const fits = (bytes: number, available: number) =>
  bytes > available ? ", which does not fit" : "";
