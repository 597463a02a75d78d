import { expect, test } from "vitest";
import { padBatch } from "../nn/batch";
import type { RopeScaling } from "../nn/config";
import { decoder, logits } from "../nn/decoder";
import { sequenceInputs } from "../nn/inputs";
import { initialWeights, type Model, type ModelConfig } from "../nn/model";
import { compileInference } from "../runtime/inference";
import { createGenerator } from "./generator";
import "../runtime/testing";

const base: ModelConfig = {
  family: "gpt_neox",
  head: "lm",
  vocab: 19,
  width: 20,
  layers: 2,
  heads: 2,
  kvHeads: 2,
  headDim: 10,
  ffn: 24,
  context: 32,
  normEps: 1e-5,
  activation: "gelu",
  rope: { theta: 100, scaling: null, partial: 0.5 },
  tied: false,
  attentionBias: "all",
  mlpBias: true,
  bosId: 1,
  eosId: 2,
  padId: 0,
};
const qwen3 = (scaling: RopeScaling | null): ModelConfig => ({
  ...base,
  family: "qwen3",
  heads: 4,
  kvHeads: 2,
  headDim: 6,
  activation: "silu",
  rope: { theta: 100, scaling },
  mlpBias: false,
});
const opt: ModelConfig = {
  ...base,
  family: "opt",
  activation: "relu",
  rope: null,
  opt: { normFirst: true, finalNorm: false, affine: true, embedWidth: 12 },
};

function lively(config: ModelConfig): Model {
  const weights = initialWeights(config, 1);
  for (const [name, { data }] of weights)
    if (!name.includes("norm")) data.forEach((x, i) => (data[i] = 12 * x));
  return { config, weights };
}

const prompts = [[1, 5, 6, 7, 8, 9, 10, 3], [4], [11, 12, 13]];

test.each([base, { ...base, parallelResidual: false }, qwen3(null), opt])(
  "$family: tokens from the cache are those of whole sequences",
  async (config) => {
    const model = lively(config);
    const generator = await createGenerator(model, { threads: 1 });
    const requests = prompts.map((ids) => {
      return { ids, seed: 1, maxNewTokens: 8, temperature: 0, stopIds: [] };
    });
    const generated = await generator.generate(requests);
    await generator.dispose();
    const program = await compileInference({
      weights: model.weights,
      inputs: sequenceInputs,
      build: ({ inputs, params }) => {
        return { y: logits(config, params, decoder(config, params, inputs).tokens) };
      },
      threads: 1,
    });
    for (const [i, { ids, logProbs }] of generated.entries()) {
      const { at: _, ...feeds } = padBatch([[...prompts[i], ...ids.slice(0, -1)]]);
      const all = (await program.run(feeds)).y.data as Float32Array;
      const expected = ids.map((id, t) => {
        const place = prompts[i].length - 1 + t;
        const row = [...all.subarray(place * config.vocab, (place + 1) * config.vocab)];
        expect(row.indexOf(Math.max(...row))).toBe(id);
        return row[id] - Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0));
      });
      expect(logProbs).toBeAllclose(expected, { atol: 1e-4 });
    }
    await program.dispose();
  },
);

test("dynamic scaling follows each row's own length: a request is the same in any batch", async () => {
  const config = qwen3({ type: "dynamic", factor: 4, trainedContext: 5 });
  const generator = await createGenerator(lively(config), { threads: 1 });
  const requests = prompts.map((ids, seed) => ({ ids, seed, maxNewTokens: 8, stopIds: [] }));
  const together = await generator.generate(requests);
  for (const [i, request] of requests.entries()) {
    const [alone] = await generator.generate([request]);
    expect(alone.ids).toEqual(together[i].ids);
    expect(alone.logProbs).toBeAllclose(together[i].logProbs, { atol: 1e-5 });
  }
  await generator.dispose();
});
