import { createGenerator } from "../ml/generate/generator";
import type { Model } from "../ml/nn/model";
import { type Cases, Skip } from "./case";
import { expectSame } from "./close";

/** Greedy continuations of prompts, with the smallest lead that a chosen token has over the next. */
export interface GreedyVectors {
  readonly prompts: readonly number[][];
  readonly tokens: readonly number[][];
  readonly smallest_margin: readonly number[];
}

const CLEAR = 1e-3; // under this lead another order of additions may choose otherwise

/** Greedy continuations through the generator: all prompts in one batch, then each alone. */
export async function checkGreedy(
  cases: Cases,
  name: string,
  model: Model,
  { prompts, tokens, smallest_margin }: GreedyVectors,
): Promise<void> {
  const generator = await createGenerator(model);
  const requests = prompts.map((ids, i) => {
    return { ids, seed: 1, maxNewTokens: tokens[i].length, temperature: 0, stopIds: [] };
  });
  const together = await generator.generate(requests);
  for (const [i, request] of requests.entries()) {
    const label = `${name} greedy ${i + 1}`;
    const [alone] = await generator.generate([request]);
    await cases.check(label, () => {
      const same = [together[i], alone].every(({ ids }) => ids.join() === tokens[i].join());
      if (!same && smallest_margin[i] <= CLEAR) throw new Skip("two tokens are as good as equal");
      expectSame("in a batch", together[i].ids, tokens[i]);
      expectSame("alone", alone.ids, tokens[i]);
    });
  }
  await generator.dispose();
}
