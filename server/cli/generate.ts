import type { Command } from "commander";
import { AppError } from "../domain/app-error";
import { loadModel } from "../ml/checkpoint/load-model";
import { createGenerator } from "../ml/generate/generator";
import { encodePrompts } from "../ml/rlhf/encode";
import { requireLanguageHead } from "../ml/rlhf/reward-model";
import { Random } from "../ml/runtime/random";
import { readPrompts } from "./data";
import { prepareOut, writeLines } from "./files";
import {
  type ComputeFlags,
  computeOptions,
  examples,
  fraction,
  notNegative,
  whole,
} from "./options";
import { createOutput, duration, short } from "./output";
import { chooseProvider } from "./provider";
import { modelName } from "./shared";

interface Flags extends ComputeFlags {
  readonly model: string;
  readonly prompts: string;
  readonly k: number;
  readonly maxNewTokens: number;
  readonly out: string;
  readonly temperature: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly batchSize?: number;
}

export function generateCommand(program: Command): void {
  const command = program
    .command("generate")
    .description("let a model answer prompts, K times each")
    .requiredOption("--model <dir>", "language model")
    .requiredOption("--prompts <file>", "{prompt} rows; other fields are left alone")
    .requiredOption(
      "--out <file>",
      "rows {prompt, completions: [{id, text, …}]}, ready to be ranked",
    )
    .option("--k <n>", "completions of each prompt", whole(1), 4)
    .option("--max-new-tokens <n>", "tokens of a completion at most", whole(1), 64)
    .option("--temperature <t>", "0 takes the likeliest token each time", notNegative, 1)
    .option("--top-k <n>", "only the n likeliest tokens", whole(1))
    .option("--top-p <p>", "only the likeliest tokens that make up this share", fraction)
    .option("--batch-size <n>", "completions made at once", whole(1));
  examples(
    computeOptions(command),
    `
The same seed gives the same completions, whatever the batch size.
Example:
  $ revealed generate --model sft --prompts prompts.jsonl --k 6 --max-new-tokens 60 --out answers.jsonl`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    await prepareOut(flags.out);
    const provider = await chooseProvider(flags.ep);
    const model = await loadModel(flags.model);
    requireLanguageHead(model);
    const { tokenizer, config } = model;
    const prompts = await readPrompts(flags.prompts, tokenizer);
    const ids = await encodePrompts(
      model,
      prompts.examples.map(({ text }) => text),
    );
    const random = new Random(flags.seed ?? 0).fork("generate");
    const { temperature, topK, topP } = flags;
    const requests = ids.flatMap((prompt, i) => {
      const room = config.context - prompt.length;
      if (room < 1 || prompt.length === 0)
        throw unfit(prompts.file, prompts.lines[i], prompt.length, config.context);
      const own = random.fork(`prompt ${i}`);
      const maxNewTokens = Math.min(flags.maxNewTokens, room);
      return Array.from({ length: flags.k }, (_, k) => ({
        ids: prompt,
        seed: own.fork(`completion ${k}`).bits(),
        maxNewTokens,
        temperature,
        topK,
        topP,
      }));
    });
    const begun = performance.now();
    const generator = await createGenerator(model, { provider, batchSize: flags.batchSize });
    const onProgress = (tokens: number, atMost: number) => {
      output.progress(tokens, atMost, { tokens });
    };
    const made = await generator.generate(requests, { onProgress });
    await generator.dispose();
    const seconds = (performance.now() - begun) / 1000;
    const params = { temperature, top_k: topK, top_p: topP, seed: flags.seed ?? 0 };
    const rows = prompts.examples.map(({ prompt }, i) => ({
      prompt,
      completions: made.slice(i * flags.k, (i + 1) * flags.k).map(({ ids: tokens, finish }, k) => ({
        id: `${i + 1}-${k + 1}`,
        text: tokenizer.decodeAfter(ids[i], finish === "stop" ? tokens.slice(0, -1) : tokens),
        model: modelName(flags.model),
        params,
        finish,
        tokens: tokens.length,
      })),
    }));
    await writeLines(
      flags.out,
      rows.map((row) => JSON.stringify(row)),
    );
    const tokens = made.reduce((sum, { ids: { length } }) => sum + length, 0);
    const result = {
      out: flags.out,
      prompts: rows.length,
      completions: made.length,
      tokens,
      seconds,
      tokens_per_second: tokens / seconds,
    };
    output.result(result, [
      `${flags.out}: ${made.length} completions of ${rows.length} prompts in ${duration(seconds)}, ${short(tokens / seconds)} tokens a second`,
    ]);
  });
}

function unfit(file: string, line: number, tokens: number, context: number): AppError {
  return new AppError(
    "bad-input",
    tokens === 0
      ? `${file}, line ${line}: the prompt is empty, and this tokenizer puts no token in front; write something to begin with.`
      : `${file}, line ${line}: the prompt has ${tokens} tokens, which leaves no room in the model's context of ${context}; shorten it.`,
  );
}
