import { isExact, isOrdered } from "../domain/sorter/task";
import { createGenerator, type Generator } from "../ml/generate/generator";
import type { Model } from "../ml/nn/model";
import type { TextModel } from "../ml/rlhf/data";
import { encodePrompts } from "../ml/rlhf/encode";
import { programReward } from "../ml/rlhf/reward-source";
import { openRollouts } from "../ml/rlhf/rollout-run";
import { Random } from "../ml/runtime/random";

/** Where a model is computed: execution provider, and threads of the processor. */
export interface Session {
  readonly provider?: string;
  readonly threads?: number;
}

/** Lets a policy answer, as its weights are at the time. */
export interface Answerer {
  /** One answer a prompt; temperature 0 is greedy. @returns text, or null where it did not end */
  answer(
    prompts: readonly string[],
    options: { temperature: number; seed: (index: number) => number },
  ): Promise<(string | null)[]>;
  /** Shares of prompts whose greedy answer is exactly right, and in order upwards or downwards. */
  truth(prompts: readonly string[]): Promise<{ exact: number; ordered: number }>;
  dispose(): Promise<void>;
}

/** @param maxNewTokens of an answer, its end included */
export async function createAnswerer(
  policy: TextModel,
  maxNewTokens: number,
  session: Session = {},
): Promise<Answerer> {
  const generator: Generator = await createGenerator(policy, session);
  const answer: Answerer["answer"] = async (prompts, { temperature, seed }) => {
    const ids = await encodePrompts(policy, prompts);
    const generated = await generator.generate(
      ids.map((prompt, i) => ({ ids: prompt, seed: seed(i), maxNewTokens, temperature })),
    );
    return generated.map(({ ids: tokens, finish }, i) =>
      finish === "stop" ? policy.tokenizer.decodeAfter(ids[i], tokens) : null,
    );
  };
  return {
    answer,
    async truth(prompts) {
      const answers = await answer(prompts, { temperature: 0, seed: () => 0 });
      const share = (is: (prompt: string, text: string) => boolean) =>
        answers.filter((text, i) => text !== null && is(prompts[i], text)).length / prompts.length;
      return { exact: share(isExact), ordered: share(isOrdered) };
    },
    dispose: () => generator.dispose(),
  };
}

/** What samples of a policy are like, whatever moved it. */
export interface Sampled {
  /** Share that is exactly right. */
  sampled: number;
  /** Nats a response from the reference. */
  kl: number;
}

/** Samples one answer a prompt, as the policy's weights are at the time. */
export interface Sampler {
  measure(draw: number): Promise<Sampled>;
  dispose(): Promise<void>;
}

/** @param reference what KL is measured from, at the same temperature */
export async function createSampler(
  models: { policy: TextModel; reference: Model },
  prompts: readonly string[],
  config: { maxNewTokens: number; temperature: number; seed: number },
  session: Session = {},
): Promise<Sampler> {
  const random = new Random(config.seed).fork("samples to measure");
  const rollouts = await openRollouts(
    {
      ...models,
      critic: null,
      source: programReward((prompt, text) => Number(isExact(prompt, text)), "the truth"),
      prompts,
    },
    { ...config, batchSize: prompts.length, tokensPerPass: 16_384 },
    session,
    random,
  );
  return {
    async measure(draw) {
      const episodes = await rollouts.collect(0, random.fork(draw));
      const right = episodes.filter(({ rawScore, hasEos }) => hasEos && rawScore === 1);
      const nats = episodes.map(({ logProbs, refLogProbs }) =>
        logProbs.reduce((sum, x, t) => sum + x - refLogProbs[t], 0),
      );
      return {
        sampled: right.length / episodes.length,
        kl: nats.reduce((a, x) => a + x, 0) / nats.length,
      };
    },
    dispose: () => rollouts.dispose(),
  };
}
