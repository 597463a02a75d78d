import { AppError } from "../../domain/app-error";
import type { ModelConfig } from "../nn/model";
import type { TextStream } from "../text/text-stream";
import { CompletionText } from "./completion-text";
import type { SamplingSettings } from "./sampling";
import { Sequence } from "./sequence";

/** One completion to make. */
export interface GenerationRequest extends Partial<SamplingSettings> {
  /** the prompt, at least one token */
  readonly ids: readonly number[];
  /** same seed, same request → same tokens */
  readonly seed: number;
  /** fewer where the model's context ends */
  readonly maxNewTokens: number;
  /** default 1 */
  readonly temperature?: number;
  /** default: the model's eos */
  readonly stopIds?: readonly number[];
  /** Text that ends the completion, which is cut before it. It may begin and end within tokens. */
  readonly stopStrings?: readonly string[];
}

/** What a tokenizer does for a completion: its text as it grows. */
export interface TextSource {
  stream(prompt?: readonly number[]): TextStream;
}

export interface Generated {
  /** The new tokens; the last of them is the stop token, or the one that completed a stop string. */
  ids: number[];
  /** Nats, of softmax(logits / temperature) before penalty, top-k, top-p and min-p; with temperature 0 of softmax(logits). */
  logProbs: number[];
  finish: "stop" | "length";
  /** Where the request has stop strings: the text before the first of them, without a stop token. */
  text?: string;
}

export interface Token {
  readonly id: number;
  readonly logProb: number;
  /** The text that it completes: "" while that is uncertain, or where the model has no tokenizer. */
  readonly text: string;
}

/**
 * @param name for messages @param withText whether its text is asked for, stop strings or not
 * @throws AppError bad-input saying what to change
 */
export function openRequest(
  request: GenerationRequest,
  { config, tokenizer }: { config: ModelConfig; tokenizer?: TextSource },
  name: string,
  withText: boolean,
): Sequence {
  const { context, vocab, eosId } = config;
  const {
    ids: prompt,
    maxNewTokens,
    temperature = 1,
    topK,
    topP,
    minP,
    repetitionPenalty,
    stopStrings = [],
  } = request;
  const refuse = (what: string): never => {
    throw new AppError("bad-input", `${name}: ${what}`);
  };
  if (prompt.length === 0) refuse("the prompt is empty. Give at least one token, the bos say.");
  if (prompt.length >= context) {
    refuse(
      `the prompt has ${prompt.length} tokens and the model's context is ${context}. Shorten the prompt.`,
    );
  }
  const stranger = prompt.find((id) => !Number.isInteger(id) || id < 0 || id >= vocab);
  if (stranger !== undefined) {
    refuse(
      `id ${stranger} is not in the model's vocabulary of ${vocab}. Encode the prompt with the model's own tokenizer.`,
    );
  }
  const check = (name: string, value: number | undefined, right: boolean, expected: string) => {
    if (value !== undefined && !right) refuse(`${name} is ${value}, expected ${expected}.`);
  };
  check(
    "maxNewTokens",
    maxNewTokens,
    Number.isInteger(maxNewTokens) && maxNewTokens > 0,
    "a whole number above 0",
  );
  check("temperature", temperature, temperature >= 0 && temperature < Infinity, "0 or more");
  check("topK", topK, Number.isInteger(topK) && topK! > 0, "a whole number above 0");
  check("topP", topP, topP! > 0 && topP! <= 1, "above 0, at most 1");
  check("minP", minP, minP! >= 0 && minP! <= 1, "0 to 1");
  check("repetitionPenalty", repetitionPenalty, repetitionPenalty! > 0, "above 0");
  if (stopStrings.includes("")) refuse("a stop string is empty. Leave it out.");
  if (stopStrings.length > 0 && !tokenizer) {
    refuse("stop strings need the model's tokenizer. Give stop ids, or a model with a tokenizer.");
  }
  const texts = withText || stopStrings.length > 0;
  return new Sequence(
    prompt,
    Math.min(maxNewTokens, context - prompt.length),
    { temperature, topK, topP, minP, repetitionPenalty },
    request.seed,
    new Set(request.stopIds ?? (eosId === null ? [] : [eosId])),
    tokenizer && texts ? new CompletionText(tokenizer.stream(prompt), stopStrings) : null,
  );
}
