import { AppError } from "../../domain/app-error";
import { createGenerator } from "../generate/generator";
import type { Model } from "../nn/model";
import type { Random } from "../runtime/random";
import type { TextModel } from "./data";
import { encodePrompts } from "./encode";
import { longestOf } from "./memory";
import type { PpoConfig } from "./ppo-config";
import { cycled } from "./ppo-ptx";
import type { Answer, RewardSource } from "./reward-source";
import {
  checkPrompts,
  compileMeasures,
  type Critic,
  type Episode,
  type PromptRow,
  type Response,
  sampleResponses,
} from "./rollout";
import type { RunOptions, Sample, SampleTokens } from "./step";

/** The rollouts of a run: responses of the policy as it is at the time, rewarded and measured. */
export interface Rollouts {
  /** Those of an iteration; they follow from the seed, the iteration and the policy alone. */
  collect(iteration: number, draw: Random): Promise<Episode[]>;
  /** Tokens of prompt and response together, at most. */
  longest: number;
  dispose(): Promise<void>;
}

export type RolloutConfig = Pick<
  PpoConfig,
  "batchSize" | "maxNewTokens" | "temperature" | "tokensPerPass"
>;

/**
 * @param setup copies: responses to each prompt, one after another @param random orders the prompts
 * @throws bad-input for prompts that are empty or too long
 */
export async function openRollouts(
  setup: {
    policy: TextModel;
    reference: Model;
    critic: Critic;
    source: RewardSource;
    prompts: readonly string[];
    labels?: readonly (string | null)[];
    copies?: number;
  },
  config: RolloutConfig,
  run: RunOptions,
  random: Random,
): Promise<Rollouts> {
  const { policy, source, prompts, labels, copies = 1 } = setup;
  const rows = await promptRows(policy, prompts, labels);
  const session = { provider: run.provider, threads: run.threads };
  const generator = await createGenerator(policy, session);
  const measures = await compileMeasures(setup, config, session);
  return {
    longest: Math.min(policy.config.context, longestOf(rows) + config.maxNewTokens),
    async collect(iteration, draw) {
      const different = config.batchSize / copies;
      const chosen = cycled(rows, iteration * different, different, random).flatMap((row) =>
        Array.from<PromptRow>({ length: copies }).fill(row),
      );
      const responses = await sampleResponses(
        generator,
        policy,
        chosen,
        config,
        draw.fork("sample"),
        run.signal,
      );
      const answers = responses.map((response) => answerOf(response, policy));
      const scores = await source.score(answers, run.signal);
      return await measures.measure(responses, scores, config.tokensPerPass);
    },
    async dispose() {
      await measures.dispose();
      await generator.dispose();
    },
  };
}

async function promptRows(
  policy: TextModel,
  prompts: readonly string[],
  labels: readonly (string | null)[] = [],
): Promise<PromptRow[]> {
  if (prompts.length === 0)
    throw new AppError("bad-input", "there are no prompts; give at least one");
  const ids = await encodePrompts(policy, prompts);
  const rows = prompts.map((prompt, i) => ({ prompt, label: labels[i] ?? null, ids: ids[i] }));
  checkPrompts(rows, policy.config.context);
  return rows;
}

/** Its text is told where it is asked for: a reward model reads the tokens. */
function answerOf(response: Response, policy: TextModel): Answer {
  let text: string | undefined;
  return {
    ...response,
    get completion() {
      return (text ??= completionOf(response, policy));
    },
  };
}

/** What was written, without special tokens. */
function completionOf(
  { ids, promptLength }: Pick<Response, "ids" | "promptLength">,
  policy: TextModel,
) {
  return policy.tokenizer.decodeAfter(ids.slice(0, promptLength), ids.slice(promptLength));
}

/** The first episodes of an iteration as texts with their scores. */
export function samplesOf(
  episodes: readonly Episode[],
  scores: readonly number[],
  policy: TextModel,
  count: number,
): Sample[] {
  return episodes.slice(0, count).map((episode, i) => ({
    prompt: episode.prompt,
    completion: completionOf(episode, policy),
    score: scores[i],
    rawScore: episode.rawScore,
    tokens: tokensOf(episode, policy),
  }));
}

/** What is kept of a number: samples are read by people. */
const rounded = (values: Float32Array): number[] =>
  Array.from(values, (value) => Math.round(value * 1e4) / 1e4);

function tokensOf(episode: Episode, { tokenizer }: TextModel): SampleTokens {
  const { ids, promptLength } = episode;
  const stream = tokenizer.stream(ids.slice(0, promptLength));
  const texts = ids.slice(promptLength).map((id) => {
    const text = stream.push(id);
    return tokenizer.isSpecial(id) ? (tokenizer.tokenOf(id) ?? text) : text;
  });
  const rest = stream.end();
  if (rest !== "") texts[texts.length - 1] += rest;
  return {
    texts,
    logProbs: rounded(episode.logProbs),
    refLogProbs: rounded(episode.refLogProbs),
  };
}
