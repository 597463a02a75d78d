import { isExact, isOrdered } from "../domain/sorter/task";
import { createGenerator, type Generator } from "../ml/generate/generator";
import type { TextModel } from "../ml/rlhf/data";
import { encodePrompts } from "../ml/rlhf/encode";

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
  threads?: number,
): Promise<Answerer> {
  const generator: Generator = await createGenerator(policy, { threads });
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
