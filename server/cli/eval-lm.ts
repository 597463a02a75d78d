import type { Command } from "commander";
import { loadModel } from "../ml/checkpoint/load-model";
import { evaluateLm } from "../ml/rlhf/evaluate-lm";
import { requireLanguageHead } from "../ml/rlhf/reward-model";
import { describeConfig } from "./config";
import { readSft } from "./data";
import { examples } from "./options";
import { createOutput, short } from "./output";
import { chooseProvider } from "./provider";
import { readingConfig, type ReadingFlags, readingOf, readingOptions } from "./reading";
import { namingRows } from "./row-names";

interface Flags extends ReadingFlags {
  readonly model: string;
  readonly data: string;
}

export function evalLm(parent: Command): void {
  const command = parent
    .command("lm")
    .description("how well a model predicts texts: loss and perplexity")
    .requiredOption("--model <dir>", "language model")
    .requiredOption("--data <file>", "{prompt, completion}, {messages} or {text} rows");
  examples(
    readingOptions(command),
    `
The loss is in nats a token, over the completions' tokens (of {text} rows, all).
Example:
  $ revealed eval lm --model sft --data heldout.jsonl
Options for --config FILE.json:
${describeConfig(readingConfig)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const provider = await chooseProvider(flags.ep, output);
    const model = await loadModel(flags.model);
    const reading = await readingOf(flags, model.config.context);
    requireLanguageHead(model, `--model ${flags.model}`);
    const data = await readSft(flags.data, model.tokenizer);
    const { tokens, loss, perplexity } = await namingRows({ example: data }, () =>
      evaluateLm(model, data.examples, {
        provider,
        ...reading,
      }),
    );
    output.result({ tokens, loss, perplexity }, [
      `loss ${short(loss)} nats a token, perplexity ${short(perplexity)}, over ${short(tokens)} tokens`,
    ]);
  });
}
