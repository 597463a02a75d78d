import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { initialWeights, type Model, type ModelConfig } from "../nn/model";
import { Random } from "../runtime/random";
import { createGenerator, type Generator } from "./generator";
import type { Generated, GenerationRequest } from "./request";

const base = {
  head: "lm",
  vocab: 512,
  width: 96,
  layers: 2,
  heads: 6,
  headDim: 16,
  ffn: 200,
  context: 128,
  normEps: 1e-5,
  bosId: 1,
  eosId: 2,
  padId: 0,
} as const;

const configs: Record<string, ModelConfig> = {
  gpt2: {
    ...base,
    family: "gpt2",
    kvHeads: 6,
    activation: "gelu_new",
    rope: null,
    tied: true,
    attentionBias: "all",
    mlpBias: true,
  },
  llama: {
    ...base,
    family: "llama",
    kvHeads: 2,
    activation: "silu",
    rope: { theta: 10_000, scaling: null },
    tied: false,
    attentionBias: "none",
    mlpBias: false,
  },
};

/** Random weights, large enough that tokens matter to what follows. */
function modelOf(config: ModelConfig): Model {
  const weights = initialWeights(config, 1);
  for (const [name, { data }] of weights)
    if (!name.includes("norm") && !name.includes("ln_"))
      for (let i = 0; i < data.length; i++) data[i] *= 4;
  return { config, weights };
}

const random = new Random("requests");
const requests: GenerationRequest[] = Array.from({ length: 80 }, (_, seed) => ({
  seed,
  ids: Array.from({ length: 1 + random.below(20) }, () => 3 + random.below(500)),
  maxNewTokens: 1 + random.below(12),
  temperature: random.pick([0, 0.7, 1, 1.5]),
  topK: random.pick([undefined, undefined, 1, 20]),
  topP: random.pick([undefined, undefined, 0.5, 0.9]),
  minP: random.pick([undefined, undefined, undefined, 0.1]),
  repetitionPenalty: random.pick([undefined, undefined, 1.3, 0.8]),
  stopIds: random.pick([undefined, [], Array.from({ length: 50 }, (_, i) => 10 * i)]),
}));

describe.each(Object.keys(configs).flatMap((name) => [1, 2].map((threads) => ({ name, threads }))))(
  "$name, $threads threads",
  ({ name, threads }) => {
    let generator: Generator;
    let alone: Generated[];
    beforeAll(async () => {
      generator = await createGenerator(modelOf(configs[name]), { threads });
      alone = [];
      for (const request of requests) alone.push(...(await generator.generate([request])));
    }, 60_000);
    afterAll(() => generator.dispose());

    test("alone and in batches of 2 to 80, to the last digit", async () => {
      expect(new Set(alone.map(({ finish }) => finish)).size).toBe(2);
      for (let n = 2; n <= requests.length; n++)
        expect(await generator.generate(requests.slice(0, n))).toEqual(alone.slice(0, n));
    }, 120_000);

    test("in any mix", async () => {
      const mix = fc.array(fc.nat(requests.length - 1), { minLength: 1, maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(mix, async (chosen) => {
          const made = await generator.generate(chosen.map((i) => requests[i]));
          expect(made).toEqual(chosen.map((i) => alone[i]));
        }),
        { numRuns: 20 },
      );
    }, 60_000);
  },
);

test("threads do not matter", async () => {
  const model = modelOf(configs["llama"]);
  const made: Generated[][] = [];
  for (const threads of [1, 2]) {
    const generator = await createGenerator(model, { threads });
    made.push(await generator.generate(requests));
    await generator.dispose();
  }
  expect(made[1]).toEqual(made[0]);
}, 60_000);
