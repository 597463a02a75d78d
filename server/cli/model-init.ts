import type { Command } from "commander";
import { saveModel } from "../ml/checkpoint/save-model";
import { initialWeights, parameterCount } from "../ml/nn/model";
import { loadTokenizer } from "../ml/text/load-tokenizer";
import { architectures, newConfig, type Sizes } from "./architectures";
import { type CommonFlags, idleOptions, examples, whole } from "./options";
import { createOutput } from "./output";

interface Flags extends CommonFlags, Sizes {
  readonly arch: string;
  readonly tokenizer: string;
  readonly seed: number;
  readonly out: string;
}

export function modelInit(parent: Command): void {
  const command = parent
    .command("init")
    .description("make a model with random weights")
    .requiredOption("--arch <name>", Object.keys(architectures).join(", "))
    .requiredOption("--tokenizer <dir>", "folder with the tokenizer, whose vocabulary it takes")
    .requiredOption("--out <dir>", "folder for the model")
    .option("--layers <n>", "blocks (4)", whole(1))
    .option("--width <n>", "width of the residual stream (128)", whole(1))
    .option("--heads <n>", "attention heads (4)", whole(1))
    .option("--kv-heads <n>", "heads of keys and values (as many as heads)", whole(1))
    .option(
      "--ffn <n>",
      "width inside the feed-forward block (4 × width; llama, mistral, qwen2 and qwen3: 8/3)",
      whole(1),
    )
    .option("--context <n>", "longest text in tokens (256)", whole(1))
    .option("--seed <n>", "of the random weights", whole(0), 0);
  const meanings = Object.entries(architectures).map(([name, meaning]) => `  ${name}: ${meaning}`);
  examples(
    idleOptions(command),
    `
${meanings.join("\n")}
Example:
  $ revealed model init --arch llama --tokenizer tok --layers 6 --width 192 --heads 6 --kv-heads 2 --seed 1 --out base`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const tokenizer = await loadTokenizer(flags.tokenizer);
    const { vocabSize: vocab, bosId, eosId, padId } = tokenizer;
    const config = newConfig(flags.arch, flags, { vocab, bosId, eosId, padId });
    const model = { config, weights: initialWeights(config, flags.seed) };
    const text = `Random weights, seed ${flags.seed}: not trained yet.`;
    await saveModel(flags.out, model, tokenizer, { card: { text } });
    const parameters = parameterCount(config);
    output.result({ out: flags.out, parameters }, [
      `${flags.out}: ${flags.arch} of ${parameters.toLocaleString("en-US")} parameters`,
    ]);
  });
}
