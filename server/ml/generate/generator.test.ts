import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadWeights } from "../checkpoint/load-model";
import { padBatch } from "../nn/batch";
import { decoder, logits } from "../nn/decoder";
import { sequenceInputs } from "../nn/inputs";
import { initialWeights, type Model, type ModelConfig } from "../nn/model";
import { compileInference } from "../runtime/inference";
import { createGenerator, type Generator, type GeneratorOptions } from "./generator";
import type { Generated, GenerationRequest, Token } from "./request";

const gpt2: ModelConfig = {
  family: "gpt2",
  head: "lm",
  vocab: 19,
  width: 16,
  layers: 2,
  heads: 2,
  kvHeads: 2,
  headDim: 8,
  ffn: 24,
  context: 160,
  normEps: 1e-5,
  activation: "gelu_new",
  rope: null,
  tied: true,
  attentionBias: "all",
  mlpBias: true,
  bosId: 1,
  eosId: 2,
  padId: 0,
};
const llama: ModelConfig = {
  ...gpt2,
  family: "llama",
  heads: 4,
  activation: "silu",
  rope: { theta: 10_000, scaling: null },
  tied: false,
  attentionBias: "none",
  mlpBias: false,
};

/** Random weights, large enough that tokens matter to what follows. */
function modelOf(config: ModelConfig, seed = 1): Model {
  const weights = initialWeights(config, seed);
  for (const [name, { data }] of weights) {
    if (!name.includes("norm") && !name.includes("ln_"))
      for (let i = 0; i < data.length; i++) data[i] *= 12;
  }
  return { config, weights };
}

const prompts = [[1, 5, 6, 7, 8, 9, 10, 3], [4], [11, 12, 13], [1, 14, 15, 16, 17, 18]];
const requestsOf = (rest: Partial<GenerationRequest>): GenerationRequest[] =>
  prompts.map((ids, seed) => ({ ids, seed, maxNewTokens: 20, stopIds: [], ...rest }));

/** log softmax(logits / temperature) at every place of a sequence, by the whole-sequence program. */
async function logProbsOf({ config, weights }: Model, ids: number[], temperature: number) {
  const program = await compileInference({
    weights,
    inputs: sequenceInputs,
    build: ({ inputs, params }) => ({
      y: logits(config, params, decoder(config, params, inputs).tokens),
    }),
  });
  const { at: _, ...feeds } = padBatch([ids]);
  const { y } = await program.run(feeds);
  await program.dispose();
  return ids.map((_, t) => {
    const row = Array.from(
      (y.data as Float32Array).subarray(t * config.vocab, (t + 1) * config.vocab),
      (x) => x / temperature,
    );
    const most = Math.max(...row);
    const log = most + Math.log(row.reduce((sum, x) => sum + Math.exp(x - most), 0));
    return row.map((x) => x - log);
  });
}

let generators: Generator[];
beforeEach(() => (generators = []));
afterEach(() => Promise.all(generators.map((generator) => generator.dispose())));
const generatorOf = async (model: Model, options?: GeneratorOptions) => {
  const generator = await createGenerator(model, { threads: 1, ...options });
  generators.push(generator);
  return generator;
};
const idsOf = (generated: readonly Generated[]) => generated.map(({ ids }) => ids);

describe.each<[string, ModelConfig]>([
  ["gpt2", gpt2],
  ["llama with grouped queries", { ...llama, kvHeads: 2 }],
  ["llama with heads wide enough for the kernel's rotation", { ...llama, headDim: 16, kvHeads: 2 }],
  ["heads whose width is no multiple of 8", { ...llama, headDim: 6, kvHeads: 2 }],
])("%s", (_, config) => {
  const model = modelOf(config);

  test("greedy tokens are the whole-sequence program's likeliest, with their log-probabilities", async () => {
    const generator = await generatorOf(model);
    const all = await generator.generate(requestsOf({ temperature: 0 }));
    for (const [row, { ids, logProbs, finish }] of all.entries()) {
      expect([ids.length, finish]).toEqual([20, "length"]);
      const prompt = prompts[row];
      const reference = await logProbsOf(model, [...prompt, ...ids], 1);
      for (const [i, id] of ids.entries()) {
        const here = reference[prompt.length - 1 + i];
        expect(here[id]).toBeGreaterThan(Math.max(...here) - 1e-4);
        expect(Math.abs(logProbs[i] - here[id])).toBeLessThan(1e-4);
      }
    }
    expect(new Set(all.flatMap(({ ids }) => ids)).size).toBeGreaterThan(4); // the model is not a constant
  });

  test("log-probabilities are at the temperature, before top-k", async () => {
    const generator = await generatorOf(model);
    const [{ ids, logProbs }] = await generator.generate([
      { ids: prompts[0], seed: 3, maxNewTokens: 15, temperature: 1.7, topK: 4, stopIds: [] },
    ]);
    const reference = await logProbsOf(model, [...prompts[0], ...ids], 1.7);
    for (const [i, id] of ids.entries()) {
      const here = reference[prompts[0].length - 1 + i];
      expect(Math.abs(logProbs[i] - here[id])).toBeLessThan(1e-4);
      expect(here.filter((x) => x > here[id]).length).toBeLessThan(4);
    }
  });
});

describe("a request", () => {
  const model = modelOf(llama);

  test("gives the same tokens alone, in any batch, in any order, and again", async () => {
    const generator = await generatorOf(model);
    const requests = requestsOf({ maxNewTokens: 30, temperature: 1.2 });
    const together = await generator.generate(requests);
    const alone: Generated[] = [];
    for (const request of requests) alone.push(...(await generator.generate([request])));
    expect(alone).toEqual(together); // log-probabilities too, to the last digit
    expect(await generator.generate(requests.toReversed())).toEqual(together.toReversed());
    const small = await generatorOf(model, { batchSize: 3 });
    expect(await small.generate(requests)).toEqual(together);
    const many = Array.from({ length: 40 }, (_, i) => ({ ...requests[i % 4], seed: i }));
    expect((await generator.generate(many)).slice(0, 4)).toEqual(together);
  });

  test("gives other tokens with another seed", async () => {
    const generator = await generatorOf(model);
    const seeds = [1, 2, 3, 4].map((seed) => ({ ids: prompts[0], seed, maxNewTokens: 20 }));
    expect(new Set(idsOf(await generator.generate(seeds)).map(String)).size).toBe(4);
  });

  test("ends at its stop token, which is its last, while others go on", async () => {
    const generator = await generatorOf(model);
    const free = await generator.generate(requestsOf({ temperature: 1 }));
    const [stop] = free[0].ids;
    const stopped = await generator.generate(requestsOf({ temperature: 1, stopIds: [stop] }));
    for (const [row, { ids, finish, logProbs }] of stopped.entries()) {
      const at = free[row].ids.indexOf(stop);
      expect(ids).toEqual(at < 0 ? free[row].ids : free[row].ids.slice(0, at + 1));
      expect([finish, logProbs.length]).toEqual([at < 0 ? "length" : "stop", ids.length]);
    }
    expect(stopped[0].ids).toHaveLength(1);
    expect(new Set(stopped.map(({ finish }) => finish)).size).toBe(2);
  });

  test("may be longer than the cache's first size, up to the model's context", async () => {
    const generator = await generatorOf(model);
    const long = await generator.generate(requestsOf({ temperature: 0, maxNewTokens: 1000 }));
    expect(long.map(({ ids }, row) => ids.length + prompts[row].length)).toEqual(
      Array(4).fill(160),
    );
    const short = await generator.generate(requestsOf({ temperature: 0, maxNewTokens: 40 }));
    expect(long.map(({ ids }) => ids.slice(0, 40))).toEqual(idsOf(short));
    const reference = await logProbsOf(model, [...prompts[0], ...long[0].ids], 1);
    for (const [i, id] of long[0].ids.entries()) {
      const here = reference[prompts[0].length - 1 + i];
      expect(here[id]).toBeGreaterThan(Math.max(...here) - 1e-4);
    }
  });

  test("samples what the model says", async () => {
    const generator = await generatorOf(model);
    const n = 4000;
    const requests = Array.from({ length: n }, (_, seed) => ({
      ids: [4],
      seed,
      maxNewTokens: 1,
      stopIds: [],
    }));
    const counts = Array<number>(llama.vocab).fill(0);
    for (const { ids } of await generator.generate(requests)) counts[ids[0]]++;
    const [p] = await logProbsOf(model, [4], 1);
    // χ² with at most 18 degrees of freedom: 42.3 is passed once in a thousand
    const chi2 = p.reduce(
      (sum, logP, id) => sum + (counts[id] - n * Math.exp(logP)) ** 2 / (n * Math.exp(logP)),
      0,
    );
    expect(chi2).toBeLessThan(42.3);
  });

  test.each<[string, Partial<GenerationRequest>, RegExp]>([
    ["an empty prompt", { ids: [] }, /request 1: the prompt is empty/],
    [
      "a prompt as long as the context",
      { ids: Array(160).fill(1) },
      /160 tokens and the model's context is 160/,
    ],
    [
      "an id of another vocabulary",
      { ids: [1, 19] },
      /id 19 is not in the model's vocabulary of 19/,
    ],
    ["no room", { maxNewTokens: 0 }, /maxNewTokens is 0/],
    ["a temperature below 0", { temperature: -1 }, /temperature is -1/],
    ["a top-p of 0", { topP: 0 }, /topP is 0/],
    ["an empty stop string", { stopStrings: ["a", ""] }, /a stop string is empty/],
    ["stop strings but no tokenizer", { stopStrings: ["a"] }, /need the model's tokenizer/],
  ])("is refused with %s", async (_, wrong, message) => {
    const generator = await generatorOf(model);
    const refused = generator.generate([{ ids: [1], seed: 1, maxNewTokens: 1, ...wrong }]);
    await expect(refused).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringMatching(message),
    });
  });
});

describe("a generator", () => {
  test("sees weights that a trainer changed in place", async () => {
    const model = modelOf(gpt2);
    const generator = await generatorOf(model);
    const before = idsOf(await generator.generate(requestsOf({ temperature: 0 })));
    for (const [name, { data }] of modelOf(gpt2, 2).weights)
      model.weights.get(name)!.data.set(data);
    const after = idsOf(await generator.generate(requestsOf({ temperature: 0 })));
    expect(after).not.toEqual(before);
    expect(after).toEqual(
      idsOf(await (await generatorOf(modelOf(gpt2, 2))).generate(requestsOf({ temperature: 0 }))),
    );
  });

  test("sees one number that changed, and lets a stream end with the weights it began with", async () => {
    const model = modelOf(gpt2);
    const generator = await generatorOf(model);
    const [request] = requestsOf({ maxNewTokens: 12 });
    const [before] = await generator.generate([request]);
    const stream = generator.stream(request);
    const streamed = [(await stream.next()).value as Token];
    const { data } = model.weights.get("transformer.h.1.mlp.c_fc.bias")!;
    data[3] += 1;
    const [after] = await generator.generate([request]);
    expect(after.logProbs).not.toEqual(before.logProbs);
    for await (const token of stream) streamed.push(token);
    expect(streamed.map(({ logProb }) => logProb)).toEqual(before.logProbs);
    data[3] -= 1;
    expect(await generator.generate([request])).toEqual([before]);
  });

  test("whose weights are fed, not constants, gives what it would give", async () => {
    const model = modelOf(llama);
    const fed = await generatorOf(model, { constants: false });
    const requests = requestsOf({ temperature: 0, repetitionPenalty: 1.2 });
    const made = await fed.generate(requests);
    expect(idsOf(made)).toEqual(idsOf(await (await generatorOf(model)).generate(requests)));
    const sampled = requestsOf({ maxNewTokens: 30 });
    const alone: Generated[] = [];
    for (const request of sampled) alone.push(...(await fed.generate([request])));
    expect(await fed.generate(sampled)).toEqual(alone);
  });

  test("can be cancelled, and used again", async () => {
    const generator = await generatorOf(modelOf(gpt2));
    const controller = new AbortController();
    let tokens = 0;
    const onProgress = (made: number, atMost: number) => {
      tokens = made;
      expect(atMost).toBe(80);
      if (made >= 12) controller.abort();
    };
    const cancelled = generator.generate(requestsOf({}), { signal: controller.signal, onProgress });
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    expect(tokens).toBe(12);
    expect(await generator.generate(requestsOf({}))).toHaveLength(4);
  });

  test("streams the tokens that it would give", async () => {
    const generator = await generatorOf(modelOf(gpt2));
    const [request] = requestsOf({});
    const [{ ids, logProbs }] = await generator.generate([request]);
    const streamed: Token[] = [];
    for await (const token of generator.stream(request)) {
      streamed.push(token);
      if (streamed.length === 5) break;
    }
    expect(streamed).toEqual(
      ids.slice(0, 5).map((id, i) => ({ id, logProb: logProbs[i], text: "" })),
    );
  });

  describe("with a tokenizer", () => {
    const letter = (id: number) => String.fromCharCode(97 + id);
    const stream = () => ({ push: letter, end: () => "" });
    const model = { ...modelOf(gpt2), tokenizer: { stream } };

    test("ends a completion before a stop string that lies across tokens, while others go on", async () => {
      const generator = await generatorOf(model);
      const free = await generator.generate(requestsOf({}));
      const texts = free.map(({ ids }) => ids.map(letter).join(""));
      const stop = texts[0].slice(5, 8);
      const stopped = await generator.generate(requestsOf({ stopStrings: [stop, "none"] }));
      for (const [row, { ids, text, finish, logProbs }] of stopped.entries()) {
        const at = texts[row].indexOf(stop);
        expect(text).toBe(at < 0 ? texts[row] : texts[row].slice(0, at));
        expect(ids).toEqual(free[row].ids.slice(0, at < 0 ? undefined : at + stop.length));
        expect([finish, logProbs.length]).toEqual([at < 0 ? "length" : "stop", ids.length]);
      }
      expect(new Set(stopped.map(({ finish }) => finish)).size).toBe(2);
    });

    test("streams the text before a stop string", async () => {
      const generator = await generatorOf(model);
      const [request] = requestsOf({});
      const [{ ids }] = await generator.generate([request]);
      const stop = ids.slice(5, 8).map(letter).join("");
      const parts: string[] = [];
      for await (const { text } of generator.stream({ ...request, stopStrings: [stop] }))
        parts.push(text);
      const whole = ids.map(letter).join("");
      expect(parts.join("")).toBe(whole.slice(0, whole.indexOf(stop)));
    });

    test("leaves a stop token out of the text", async () => {
      const generator = await generatorOf(model);
      const [request] = requestsOf({ stopStrings: ["none"] });
      const [{ ids }] = await generator.generate([request]);
      const [{ text }] = await generator.generate([{ ...request, stopIds: [ids[3]] }]);
      expect(text).toBe(ids.slice(0, ids.indexOf(ids[3])).map(letter).join(""));
    });
  });

  test("of a reward model is refused", async () => {
    const score = modelOf({ ...gpt2, head: "score" });
    await expect(createGenerator(score)).rejects.toThrow(/cannot generate text/);
  });
});

const golden = process.env["GOLDEN_DIR"] ?? join(import.meta.dirname, "../../../../shared/golden");

describe.skipIf(!existsSync(golden))("against the reference", () => {
  test.each(["gpt2", "llama-gqa", "llama-rope3", "qwen2"])("%s: greedy tokens", async (name) => {
    const dir = join(golden, "models", name);
    const { greedy } = JSON.parse(readFileSync(join(dir, "cases.json"), "utf8"));
    const generator = await generatorOf(await loadWeights(dir));
    const requests = (greedy.prompts as number[][]).map((ids) => ({
      ids,
      seed: 0,
      maxNewTokens: 12,
      temperature: 0,
      stopIds: [],
    }));
    expect(idsOf(await generator.generate(requests))).toEqual(greedy.tokens);
  });
});
