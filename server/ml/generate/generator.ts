import { AppError } from "../../domain/app-error";
import { cacheHeadDim } from "../nn/attention";
import type { Model } from "../nn/model";
import type { SessionOptions } from "../runtime/session";
import { decodeBatch } from "./decode-batch";
import { DecodeProgram } from "./decode-program";
import {
  type Generated,
  type GenerationRequest,
  openRequest,
  type TextSource,
  type Token,
} from "./request";
import type { Sequence } from "./sequence";

export interface GenerateOptions {
  readonly signal?: AbortSignal;
  /** After each step: tokens made so far, and at most to be made. */
  readonly onProgress?: (tokens: number, atMost: number) => void;
}

export interface GeneratorOptions extends SessionOptions {
  /** Sequences decoded at once, at most; default 256, or what fits half a GB of cache. */
  readonly batchSize?: number;
  /** Whether weights become constants of the program; default: on the CPU, where a copy of them is small. */
  readonly constants?: boolean;
}

/** Text generation by one model. A trainer that updates the model's weights in place is seen at the next call. */
export interface Generator {
  /**
   * Completes every request, in the order given. A request gives the same tokens whatever else is in the batch.
   * @throws AppError bad-input for a prompt that is empty, too long or not of this vocabulary; cancelled
   */
  generate(requests: readonly GenerationRequest[], options?: GenerateOptions): Promise<Generated[]>;
  /** One completion, token by token. Stop reading to stop generating. */
  stream(request: GenerationRequest, options?: GenerateOptions): AsyncGenerator<Token>;
  dispose(): Promise<void>;
}

const CACHE_BYTES = 2 ** 29;
const PROMPT_TOKENS = 2 ** 15; // of a batch, padding included: bounds what their first step holds at once

/**
 * @param model its tokenizer, if it has one, finds stop strings and gives streamed text
 * @throws AppError bad-input when the model has no language-model head or the provider is not there
 */
export async function createGenerator(
  model: Model & { tokenizer?: TextSource },
  options: GeneratorOptions = {},
): Promise<Generator> {
  const { config } = model;
  if (config.head !== "lm") {
    throw new AppError("bad-input", "A reward model cannot generate text. Give a language model.");
  }
  const program = await DecodeProgram.compile(model, options);
  return {
    async generate(requests, { signal, onProgress } = {}) {
      const sequences = requests.map((request, index) =>
        openRequest(request, model, `request ${index + 1}`, false),
      );
      const atMost = sequences.reduce((sum, { room }) => sum + room, 0);
      let tokens = 0;
      // Like lengths together: less padding of prompts, and rows that end together.
      const order = sequences.toSorted((a, b) => a.prompt.length - b.prompt.length);
      for (let start = 0; start < order.length;) {
        const batch = takeBatch(order, start);
        start += batch.length;
        for await (const made of decodeBatch(program, config, batch, signal)) {
          tokens += made;
          onProgress?.(tokens, atMost);
        }
      }
      return sequences.map(({ ids, logProbs, finish, text }) => {
        const done: Generated = { ids, logProbs, finish };
        if (text) done.text = text.text;
        return done;
      });
    },
    async *stream(request, { signal, onProgress } = {}) {
      const sequence = openRequest(request, model, "the request", true);
      const { ids, logProbs, room } = sequence;
      for await (const _ of decodeBatch(program, config, [sequence], signal)) {
        onProgress?.(ids.length, room);
        yield { id: ids.at(-1)!, logProb: logProbs.at(-1)!, text: sequence.fresh };
      }
    },
    dispose: () => program.dispose(),
  };

  function takeBatch(order: readonly Sequence[], start: number): Sequence[] {
    const bytesPerSlot = 8 * config.layers * config.kvHeads * cacheHeadDim(config);
    const batch: Sequence[] = [];
    let [prompt, whole] = [0, 0];
    for (const sequence of order.slice(start, start + (options.batchSize ?? 256))) {
      prompt = Math.max(prompt, sequence.prompt.length);
      whole = Math.max(whole, sequence.prompt.length + sequence.room);
      const rows = batch.length + 1;
      const tooMany = rows * whole * bytesPerSlot > CACHE_BYTES || rows * prompt > PROMPT_TOKENS;
      if (tooMany && batch.length > 0) break;
      batch.push(sequence);
    }
    return batch;
  }
}
