import { AppError } from "../../domain/app-error";
import type { Generator } from "../generate/generator";
import { padBatch } from "../nn/batch";
import type { Model, Weights } from "../nn/model";
import type { Feeds, Value } from "../runtime/feeds";
import { compileInference } from "../runtime/inference";
import type { Random } from "../runtime/random";
import { defaultProvider, type SessionOptions } from "../runtime/session";
import { intVector } from "../runtime/values";
import { paddingMultiple, passesByLength } from "./batch";
import type { TextModel } from "./data";
import { truncateAtStop } from "./formulas/scores";
import type { PpoConfig } from "./ppo-config";
import { responseInputs, responseLogProbs, responseValues } from "./ppo-graph";
import { trunkOutputs, withValueHead } from "./ppo-trunk";

/** One response of the policy, and all that is known of it before the update. Token arrays hold no padding. */
export interface Episode {
  prompt: string;
  /** Its prompt's, for rewards that know the right answer. */
  label: string | null;
  /** Prompt and response. */
  ids: number[];
  promptLength: number;
  hasEos: boolean;
  /** As rewarded, before clip and EOS rule. */
  rawScore: number;
  /** Of the policy, as it sampled or as its training measures them. */
  logProbs: Float32Array;
  refLogProbs: Float32Array;
  /** Zeros where nothing estimates values. */
  values: Float32Array;
}

/** What is known of a response before it is measured. */
export type Response = Pick<
  Episode,
  "prompt" | "label" | "ids" | "promptLength" | "hasEos" | "logProbs"
>;

export interface PromptRow {
  prompt: string;
  label: string | null;
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
): Promise<Response[]> {
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
  return generated.map(({ ids, logProbs }, i) => {
    const response = truncateAtStop(ids, stopIds);
    return {
      prompt: prompts[i].prompt,
      label: prompts[i].label,
      ids: [...prompts[i].ids, ...response.ids],
      promptLength: prompts[i].ids.length,
      hasEos: response.hasEos,
      logProbs: Float32Array.from(logProbs.slice(0, response.ids.length)),
    };
  });
}

/** What estimates values: a network of its own, a head on the policy's trunk, or nothing. */
export type Critic = { network: TextModel } | { head: Weights } | null;

/** Programs that measure responses: log-probabilities of policy and reference, values. */
export async function compileMeasures(
  models: { policy: TextModel; reference: Model; critic: Critic },
  { temperature }: Pick<PpoConfig, "temperature">,
  session: SessionOptions,
) {
  const { provider, threads } = session;
  const { policy, reference, critic } = models;
  const logProbsOf = ({ config, weights }: Model) =>
    compileInference({
      provider,
      threads,
      weights,
      inputs: responseInputs,
      build: ({ inputs, params }) => ({
        logProbs: responseLogProbs(config, params, inputs, temperature).logProbs,
      }),
    });
  const withHead = (head: Weights) =>
    compileInference({
      provider,
      threads,
      weights: withValueHead(policy.weights, head),
      inputs: responseInputs,
      build: ({ inputs, params }) => {
        const { logProbs, values } = trunkOutputs(policy.config, params, inputs, temperature);
        return { logProbs, values };
      },
    });
  const { targets: _, ...valueInputs } = responseInputs;
  const valuesOf = ({ config, weights }: Model) =>
    compileInference({
      provider,
      threads,
      weights,
      inputs: valueInputs,
      build: ({ inputs, params }) => ({ values: responseValues(config, params, inputs) }),
    });
  const trunk = critic && "head" in critic ? await withHead(critic.head) : null;
  // on the CPU the sampling computes in the same precision, elsewhere perhaps not
  const isSampled = trunk === null && (provider ?? defaultProvider) === "cpu";
  const own = isSampled ? null : (trunk ?? (await logProbsOf(policy)));
  const frozen = await logProbsOf(reference);
  const network = critic && "network" in critic ? await valuesOf(critic.network) : null;
  return {
    /** Measures responses; order is kept. @param rawScores one a response */
    async measure(
      responses: readonly Response[],
      rawScores: readonly number[],
      tokensPerPass: number,
    ): Promise<Episode[]> {
      const episodes = Array.from<Episode>({ length: responses.length });
      const items = responses.map((response, index) => ({ ids: response.ids, response, index }));
      for (const pass of passesByLength(items, tokensPerPass)) {
        const feeds = responseFeeds(
          pass.map(({ response }) => response),
          policy.tokenizer.padId,
        );
        const { targets: _, ...valueFeeds } = feeds;
        const measured = own && (await own.run(feeds));
        const { logProbs: refLogProbs } = await frozen.run(feeds);
        const none = { data: new Float32Array(feeds.rows.data.length) };
        const values =
          network === null
            ? ((measured as { values?: Value } | null)?.values ?? none)
            : (await network.run(valueFeeds)).values;
        let next = 0;
        for (const { response, index } of pass) {
          const start = next;
          next += response.ids.length - response.promptLength;
          const cut = (value: { data: unknown }) => (value.data as Float32Array).slice(start, next);
          episodes[index] = {
            ...response,
            rawScore: rawScores[index],
            logProbs: measured ? cut(measured.logProbs) : response.logProbs,
            refLogProbs: cut(refLogProbs),
            values: cut(values),
          };
        }
      }
      return episodes;
    },
    async dispose() {
      for (const program of [own, frozen, network]) await program?.dispose();
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
        `prompt ${i + 1}: it has no token; write one, or use a tokenizer that begins with bos`,
      );
    if (ids.length >= context)
      throw new AppError(
        "bad-input",
        `prompt ${i + 1}: it has ${ids.length} tokens, which leaves no room to answer in the model's context of ${context}; shorten it, or leave it out`,
      );
  });
}
