import { AppError } from "../../domain/app-error";
import type { ModelConfig } from "../nn/model";
import { Random } from "../runtime/random";
import type { SamplingSettings } from "./sampling";

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
}

export interface Generated {
  /** The new tokens; a stop token is the last of them. */
  ids: number[];
  /** Nats, of softmax(logits / temperature) before penalty, top-k, top-p and min-p; with temperature 0 of softmax(logits). */
  logProbs: number[];
  finish: "stop" | "length";
}

export interface Token {
  readonly id: number;
  readonly logProb: number;
}

/** A request under way. */
export interface Sequence extends Generated {
  readonly prompt: readonly number[];
  /** new tokens at most */
  readonly room: number;
  readonly settings: SamplingSettings;
  readonly stop: ReadonlySet<number>;
  readonly uniform: () => number;
}

/** @param name for messages @throws AppError bad-input saying what to change */
export function checkRequest(
  request: GenerationRequest,
  { context, vocab, eosId }: ModelConfig,
  name: string,
): Sequence {
  const {
    ids: prompt,
    maxNewTokens,
    temperature = 1,
    topK,
    topP,
    minP,
    repetitionPenalty,
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
  const random = new Random(request.seed);
  return {
    prompt,
    room: Math.min(maxNewTokens, context - prompt.length),
    settings: { temperature, topK, topP, minP, repetitionPenalty },
    stop: new Set(request.stopIds ?? (eosId === null ? [] : [eosId])),
    uniform: () => random.uniform(),
    ids: [],
    logProbs: [],
    finish: "length",
  };
}
