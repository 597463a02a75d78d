import { AppError } from "../../domain/app-error";
import type { SessionOptions } from "../runtime/session";
import type { TextModel } from "./data";
import { endpointReward, type EndpointOptions } from "./reward-endpoint";
import {
  modelReward,
  programReward,
  type RewardProgram,
  type RewardSource,
  retokenisedReward,
  weightedReward,
} from "./reward-source";
import type { ScoreOptions } from "./score";

/** One summand of what rewards: reward models (several are an ensemble), a program, or an endpoint. */
export type RewardPart = { readonly weight: number } & (
  | {
      readonly kind: "models";
      readonly models: readonly TextModel[];
      readonly combine: Pick<ScoreOptions, "ensemble" | "lambda">;
      /** For messages. */
      readonly name: string;
    }
  | { readonly kind: "program"; readonly program: RewardProgram; readonly name: string }
  | { readonly kind: "endpoint"; readonly url: string; readonly options: EndpointOptions }
);

export interface PartsOptions extends SessionOptions {
  /** A reward model with another tokenizer reads the text instead of the tokens. */
  readonly retokenise: boolean;
  /** What to do where one has and that was not asked for, for the message. */
  readonly todo: string;
  /** What an endpoint is tried with, before anything else is done. */
  readonly prompt: string;
  readonly signal?: AbortSignal;
}

export interface OpenedParts {
  readonly source: RewardSource;
  /** The first reward models that read the policy's tokens: what a value network may start from. */
  readonly models: readonly TextModel[];
}

/**
 * What rewards a policy's answers, ready to be asked. Every endpoint is tried first: one that does not answer
 * ends the run before it has begun.
 * @throws AppError bad-input for a reward model of another tokenizer, unavailable for an endpoint that is away
 */
export async function openRewardParts(
  parts: readonly RewardPart[],
  policy: TextModel,
  { retokenise, todo, prompt, signal, ...session }: PartsOptions,
): Promise<OpenedParts> {
  const opened: { source: RewardSource; weight: number }[] = [];
  let first: readonly TextModel[] = [];
  const sourceOf = async (part: RewardPart): Promise<RewardSource> => {
    if (part.kind === "program") return programReward(part.program, part.name);
    if (part.kind === "endpoint") {
      const endpoint = endpointReward(part.url, part.options);
      await endpoint.probe(prompt, signal);
      return endpoint;
    }
    const { models, combine, name } = part;
    const isOwn = models.every((model) => readsAlike(policy, model));
    if (!isOwn && !retokenise) throw stranger(name, todo);
    if (isOwn && first.length === 0) first = models;
    const options = { ...session, ...combine };
    return isOwn ? await modelReward(models, options) : retokenisedReward(models, options);
  };
  const rank = (part: RewardPart) => (part.kind === "endpoint" ? 0 : 1);
  const sources = new Map<RewardPart, RewardSource>();
  try {
    for (const part of parts.toSorted((a, b) => rank(a) - rank(b)))
      sources.set(part, await sourceOf(part));
  } catch (error) {
    for (const source of sources.values()) await source.dispose();
    throw error;
  }
  for (const part of parts) opened.push({ source: sources.get(part)!, weight: part.weight });
  const [only] = opened;
  const isPlain = opened.length === 1 && only.weight === 1;
  return { source: isPlain ? only.source : weightedReward(opened), models: first };
}

const readsAlike = (a: TextModel, b: TextModel): boolean =>
  a.tokenizer.fingerprint === b.tokenizer.fingerprint;

const stranger = (name: string, todo: string): AppError =>
  new AppError(
    "bad-input",
    `${name} has another tokenizer than the policy, so that their token ids mean different texts; train it from a model with the same tokenizer, or ${todo} to let it read the text.`,
  );
