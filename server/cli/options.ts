import { type Command, InvalidArgumentError, Option } from "commander";
import { type TrackingFlags, trackingOptions } from "./tracking";

/** Flags of every command. */
export interface CommonFlags {
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Flags of every command that computes. */
export interface ComputeFlags extends CommonFlags {
  readonly seed?: number;
  readonly ep: string;
}

/** Flags of every training. */
export interface TrainingFlags extends ComputeFlags, TrackingFlags {
  readonly out: string;
  readonly lr?: number;
  readonly epochs?: number;
  readonly maxSteps?: number;
  readonly batchSize?: number;
  readonly maxLength?: number;
  readonly config?: string;
  readonly resume?: boolean;
  readonly checkpointEvery?: number;
  readonly loraRank?: number;
  readonly loraAlpha?: number;
  readonly loraMerge?: boolean;
}

export const PROVIDERS = ["cpu", "webgpu", "cuda", "coreml", "dml", "auto"] as const;

export function commonOptions(command: Command): Command {
  return command
    .option("--quiet", "say nothing on the way")
    .option("--json", "print the result as one JSON object, the last line of stdout");
}

export function computeOptions(command: Command): Command {
  return commonOptions(
    command
      .option("--seed <n>", "the same seed gives the same result", whole(0))
      .addOption(
        new Option("--ep <provider>", "what computes: execution provider of ONNX Runtime")
          .choices([...PROVIDERS])
          .default("auto"),
      ),
  );
}

export function trainingOptions(command: Command): Command {
  return computeOptions(
    trackingOptions(command)
      .option("--lr <rate>", "learning rate", positive)
      .option("--epochs <n>", "times through the data", positive)
      .option("--max-steps <n>", "stop after this many steps", whole(1))
      .option("--batch-size <n>", "prompts or examples in one step", whole(1))
      .option("--max-length <n>", "longest prompt and completion together, in tokens", whole(2))
      .option("--lora-rank <n>", "learn adapters of this rank, not the weights (LoRA)", whole(1))
      .option("--lora-alpha <a>", "scale of the adapters, times their rank (2 × rank)", positive)
      .option("--lora-merge", "write a whole model, not an adapter folder")
      .option("--config <file.json>", "every other option, by name")
      .option(
        "--checkpoint-every <n>",
        "steps between checkpoints (otherwise one a minute)",
        whole(1),
      )
      .option("--resume", "go on from the last checkpoint in the --out folder"),
  );
}

export function freezeOption(command: Command): Command {
  return command.option(
    "--freeze-layers <n>",
    "leave the embedding and the first n blocks as they are",
    whole(0),
  );
}

/** How an ensemble's scores become one. */
export interface CombineFlags {
  readonly combine: "mean" | "wco" | "uwo";
  readonly uwoLambda: number;
}

export function combineOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--combine <rule>",
        "how an ensemble's scores become one: their mean, the worst (wco), or mean − λ·variance (uwo)",
      )
        .choices(["mean", "wco", "uwo"])
        .default("mean"),
    )
    .option("--uwo-lambda <λ>", "λ of uwo", notNegative, 0.5);
}

/** Those flags as a scorer takes them. */
export function combineOf({ combine, uwoLambda }: CombineFlags) {
  return { ensemble: combine, lambda: uwoLambda };
}

/** Common options in a command where nothing depends on them: a script may give all commands the same. */
export function idleOptions(command: Command): Command {
  const idle = [
    new Option("--seed <n>").argParser(whole(0)),
    new Option("--ep <provider>").choices([...PROVIDERS]),
  ];
  const known = new Set(command.options.map(({ long }) => long));
  for (const option of idle) if (!known.has(option.long)) command.addOption(option.hideHelp());
  return commonOptions(command);
}

/** Parser of an integer of at least `least`. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Give a whole number of at least ${least}.`);
    }
    return value;
  };
}

export function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError("Give a number above 0.");
  }
  return value;
}

export function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && value <= 1)) {
    throw new InvalidArgumentError("Give a number above 0 and at most 1.");
  }
  return value;
}

export function notNegative(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError("Give a number of 0 or more.");
  }
  return value;
}

/** Adds what teaches to the end of `--help`. */
export function examples(command: Command, text: string): Command {
  return command.addHelpText("after", `\n${text.trim()}\n`);
}
