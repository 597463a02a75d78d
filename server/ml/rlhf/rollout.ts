import { AppError } from "../../domain/app-error";
import type { Generator } from "../generate/generator";
import { padBatch } from "../nn/batch";
import type { Feeds } from "../runtime/feeds";
import { compileInference } from "../runtime/inference";
import type { Random } from "../runtime/random";
import type { SessionOptions } from "../runtime/session";
import { intVector } from "../runtime/values";
import { paddingMultiple, passesByLength } from "./batch";
import type { TextModel } from "./data";
import { truncateAtStop } from "./formulas/scores";
import type { PpoConfig } from "./ppo-config";
import { responseInputs, responseLogProbs, responseValues } from "./ppo-graph";
import type { Scorer } from "./score";

/** One response of the policy, and all that is known of it before the update. Token arrays hold no padding. */
export interface Episode {
  prompt: string;
  /** Prompt and response. */
  ids: number[];
  promptLength: number;
  hasEos: boolean;
  /** Of the reward model, before clip and EOS rule. */
  rawScore: number;
  logProbs: Float32Array;
  entropies: Float32Array;
  refLogProbs: Float32Array;
  values: Float32Array;
}

export interface PromptRow {
  prompt: string;
  ids: number[];
}

/** Samples responses by the generator; the same seed gives the same ones. */
export async function sampleResponses(
  generator: Generator,
  policy: TextModel,
  prompts: readonly PromptRow[],
  config: Pick<PpoConfig, "maxNewTokens" | "temperature">,
  random: Random,
  signal?: AbortSignal,
): Promise<Pick<Episode, "prompt" | "ids" | "promptLength" | "hasEos">[]> {
  const { context, eosId } = policy.config;
  const stopIds = eosId === null ? [] : [eosId];
  const requests = prompts.map(({ ids }, i) => ({
    ids,
    seed: random.fork(i).bits(),
    maxNewTokens: Math.min(config.maxNewTokens, context - ids.length),
    temperature: config.temperature,
    stopIds,
  }));
  const generated = await generator.generate(requests, { signal });
  return generated.map(({ ids }, i) => {
    const response = truncateAtStop(ids, stopIds);
    return {
      prompt: prompts[i].prompt,
      ids: [...prompts[i].ids, ...response.ids],
      promptLength: prompts[i].ids.length,
      hasEos: response.hasEos,
    };
  });
}

/** Programs that measure responses: log-probabilities of policy and reference, values. */
export async function compileMeasures(
  models: { policy: TextModel; reference: Pick<TextModel, "config" | "weights">; value: TextModel },
  { temperature }: Pick<PpoConfig, "temperature">,
  session: SessionOptions,
) {
  const { provider, threads } = session;
  const logProbsOf = ({ config, weights }: Pick<TextModel, "config" | "weights">) =>
    compileInference({
      provider,
      threads,
      weights,
      inputs: responseInputs,
      build: ({ inputs, params }) => responseLogProbs(config, params, inputs, temperature),
    });
  const { targets: _, ...valueInputs } = responseInputs;
  const programs = {
    policy: await logProbsOf(models.policy),
    reference: await logProbsOf(models.reference),
    value: await compileInference({
      provider,
      threads,
      weights: models.value.weights,
      inputs: valueInputs,
      build: ({ inputs, params }) => ({
        values: responseValues(models.value.config, params, inputs),
      }),
    }),
  };
  return {
    /** Scores and measures responses; order is kept. */
    async measure(
      responses: readonly Pick<Episode, "prompt" | "ids" | "promptLength" | "hasEos">[],
      scorer: Pick<Scorer, "scoreIds">,
      tokensPerPass: number,
    ): Promise<Episode[]> {
      const rawScores = await scorer.scoreIds(responses.map(({ ids }) => ids));
      const episodes = Array.from<Episode>({ length: responses.length });
      const items = responses.map((response, index) => ({ ids: response.ids, response, index }));
      for (const pass of passesByLength(items, tokensPerPass)) {
        const feeds = responseFeeds(
          pass.map(({ response }) => response),
          models.policy.tokenizer.padId,
        );
        const { targets: _, ...valueFeeds } = feeds;
        const policy = await programs.policy.run(feeds);
        const reference = await programs.reference.run(feeds);
        const { values } = await programs.value.run(valueFeeds);
        let next = 0;
        for (const { response, index } of pass) {
          const start = next;
          next += response.ids.length - response.promptLength;
          const cut = (value: { data: unknown }) => (value.data as Float32Array).slice(start, next);
          episodes[index] = {
            ...response,
            rawScore: rawScores[index],
            logProbs: cut(policy.logProbs),
            entropies: cut(policy.entropies),
            refLogProbs: cut(reference.logProbs),
            values: cut(values),
          };
        }
      }
      return episodes;
    },
    async dispose() {
      for (const program of Object.values(programs)) await program.dispose();
    },
  };
}

/** Token t of a response is predicted, and its value read, at the token before it. */
export function responseFeeds(
  responses: readonly Pick<Episode, "ids" | "promptLength">[],
  padId: number | null,
): Feeds<keyof typeof responseInputs> {
  const longest = Math.max(...responses.map(({ ids }) => ids.length));
  const { at, ...batch } = padBatch(
    responses.map(({ ids }) => ids),
    { padId: padId ?? 0, multiple: paddingMultiple(longest) },
  );
  const rows: number[] = [];
  const targets: number[] = [];
  responses.forEach(({ ids, promptLength }, b) => {
    for (let i = promptLength; i < ids.length; i++) {
      rows.push(at(b, i - 1));
      targets.push(ids[i]);
    }
  });
  return { ...batch, rows: intVector(rows), targets: intVector(targets) };
}

/** @throws bad-input naming the first prompt (from 1) that is empty or leaves no room to answer */
export function checkPrompts(rows: readonly PromptRow[], context: number): void {
  rows.forEach(({ ids }, i) => {
    if (ids.length === 0)
      throw new AppError(
        "bad-input",
        `prompt ${i + 1} has no token: write one, or use a tokenizer that begins with bos`,
      );
    if (ids.length >= context)
      throw new AppError(
        "bad-input",
        `prompt ${i + 1} has ${ids.length} tokens, the model's context is ${context}: no room to answer; shorten it`,
      );
  });
}
