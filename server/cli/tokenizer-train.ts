import type { Command } from "commander";
import { trainByteLevelBpe } from "../ml/text/train-bpe";
import { linesOf } from "../domain/formats/lines";
import { objectOf } from "../domain/formats/row";
import { AppError } from "../domain/app-error";
import { bytesOf, named } from "./files";
import { type CommonFlags, idleOptions, examples, whole } from "./options";
import { createOutput } from "./output";

interface Flags extends CommonFlags {
  readonly data: string[];
  readonly vocab: number;
  readonly out: string;
}

export function tokenizerTrain(parent: Command): void {
  const command = parent
    .command("train")
    .description("learn a byte-level BPE tokenizer from texts")
    .requiredOption("--data <file...>", "rows of any format (.jsonl, .gz), or plain text")
    .requiredOption("--vocab <n>", "tokens, the 256 bytes and special ones included", whole(1))
    .requiredOption("--out <dir>", "folder for tokenizer.json");
  examples(
    idleOptions(command),
    `
Every text in the rows is read: prompts, completions, messages, rankings.
Example:
  $ revealed tokenizer train --data stories.jsonl.gz --vocab 2000 --out tok`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const texts: string[] = [];
    for (const file of flags.data) {
      const before = texts.length;
      for await (const text of textsOf(file)) texts.push(text);
      if (texts.length === before) {
        throw new AppError("bad-input", `${file} holds no text; give a file that does.`);
      }
    }
    output.note(`learning ${flags.vocab} tokens from ${texts.length} texts`);
    const tokenizer = trainByteLevelBpe(texts, { vocab: flags.vocab });
    try {
      await tokenizer.save(flags.out);
    } catch (error) {
      throw named(error, flags.out);
    }
    const { vocabSize: vocab } = tokenizer;
    if (vocab < flags.vocab) {
      output.note(`the texts give only ${vocab} tokens: there is nothing left to merge`);
    }
    output.result({ out: flags.out, vocab }, [`${flags.out}: ${vocab} tokens`]);
  });
}

/** Texts of a file: all strings that are text in its rows, or its lines where it is plain text. */
async function* textsOf(file: string): AsyncGenerator<string> {
  const isRows = /\.jsonl?(\.gz)?$/i.test(file);
  for await (const { line, text } of linesOf(bytesOf(file), file)) {
    if (isRows) yield* textsIn(objectOf(text, { file, line }));
    else yield `${text}\n`;
  }
}

/** Fields that hold text; ids, names and dates would only teach the tokenizer noise. */
const TEXTS = new Set(["text", "content", "prompt", "completion", "chosen", "rejected"]);
const LISTS = new Set(["messages", "completions", "prompt", "completion", "chosen", "rejected"]);

function* textsIn(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (typeof part === "string" && TEXTS.has(key)) yield part;
    else if (Array.isArray(part) && LISTS.has(key)) for (const item of part) yield* textsIn(item);
  }
}
