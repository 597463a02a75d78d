import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { initialWeights, type ModelConfig } from "../nn/model";
import { symbolTokenizer } from "../text/symbol-tokenizer";
import { inspectModel, loadModel, loadWeights } from "./load-model";
import { readSafetensors, writeSafetensors } from "./safetensors";
import { saveModel } from "./save-model";

let root: string;
let dir: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "revealed-model-"));
  dir = join(root, "model");
});
afterEach(() => rm(root, { recursive: true }));

const tokenizer = symbolTokenizer("0123456789 ");
const gpt2: ModelConfig = {
  family: "gpt2",
  head: "lm",
  vocab: 15,
  width: 8,
  layers: 2,
  heads: 2,
  kvHeads: 2,
  headDim: 4,
  ffn: 32,
  context: 12,
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
  kvHeads: 1,
  headDim: 6,
  ffn: 20,
  normEps: 1e-6,
  activation: "silu",
  rope: { theta: 10_000, scaling: null },
  tied: false,
  attentionBias: "none",
  mlpBias: false,
};
const llama3 = {
  type: "llama3",
  factor: 8,
  lowFreqFactor: 1,
  highFreqFactor: 4,
  originalContext: 6,
} as const;
const dynamic = { type: "dynamic", factor: 2, trainedContext: 12 } as const;
const gptNeox: ModelConfig = {
  ...gpt2,
  family: "gpt_neox",
  activation: "gelu",
  rope: {
    theta: 10_000,
    scaling: {
      type: "yarn",
      factor: 2,
      originalContext: 6,
      betaFast: 16,
      betaSlow: 2,
      truncate: false,
      attentionFactor: 1.25,
    },
    partial: 0.5,
  },
  tied: false,
};
const narrow = { normFirst: false, finalNorm: false, affine: true, embedWidth: 6 };
const bare = { normFirst: true, finalNorm: false, affine: false, embedWidth: 8 };
const modelOf = (config: ModelConfig) => ({ config, weights: initialWeights(config, 1) });

const editConfig = async (edit: (json: Record<string, unknown>) => void) => {
  const file = join(dir, "config.json");
  const json = JSON.parse(await readFile(file, "utf8"));
  edit(json);
  await writeFile(file, JSON.stringify(json));
};
const editTensors = async (
  edit: (tensors: Map<string, { shape: number[]; data: Float32Array }>) => void,
) => {
  const file = join(dir, "model.safetensors");
  const { tensors } = await readSafetensors(file);
  edit(tensors as Map<string, { shape: number[]; data: Float32Array }>);
  await writeSafetensors(file, tensors);
};

test.each<[string, ModelConfig]>([
  ["gpt2", gpt2],
  ["gpt2, untied", { ...gpt2, tied: false, activation: "relu", padId: null }],
  ["llama", llama],
  [
    "llama with biases, tied, linear scaling",
    {
      ...llama,
      tied: true,
      attentionBias: "all",
      mlpBias: true,
      rope: { theta: 5e5, scaling: { type: "linear", factor: 2 } },
    },
  ],
  ["llama 3 scaling", { ...llama, rope: { theta: 5e5, scaling: llama3 } }],
  ["mistral", { ...llama, family: "mistral" }],
  ["qwen2", { ...llama, family: "qwen2", attentionBias: "qkv" }],
  [
    "qwen3, dynamic scaling",
    { ...llama, family: "qwen3", context: 24, rope: { theta: 1e6, scaling: dynamic } },
  ],
  ["gpt-neox, yarn scaling", gptNeox],
  [
    "gpt-neox, one after the other, no biases",
    { ...gptNeox, parallelResidual: false, attentionBias: "none" },
  ],
  ["opt", { ...gpt2, family: "opt", activation: "relu" }],
  ["opt, norms after, narrow embedding", { ...gpt2, family: "opt", tied: false, opt: narrow }],
  [
    "opt without biases, gains and last norm",
    { ...gpt2, family: "opt", attentionBias: "none", mlpBias: false, opt: bare },
  ],
  ["gpt2 scaled by layer", { ...gpt2, attentionScale: { byWidth: true, byLayer: true } }],
  ["gpt-neox reward model", { ...gptNeox, head: "score" }],
  ["opt reward model", { ...gpt2, family: "opt", head: "score", opt: narrow }],
  ["reward model", { ...llama, head: "score", reward: { mean: 0.25, std: 2 } }],
])("%s: what is saved is loaded", async (_, config) => {
  const model = modelOf(config);
  const { hash } = await saveModel(dir, model, tokenizer);
  const loaded = await loadModel(dir);
  expect(loaded.config).toEqual({ ...config, padId: 0 }); // the tokenizer's, where the model has none
  expect(loaded.weights).toEqual(model.weights);
  expect([loaded.hash, loaded.tokenizer.fingerprint]).toEqual([hash, tokenizer.fingerprint]);
  expect(await readdir(root)).toEqual(["model"]); // no temporary folder stays
  const { parameters, tensors, dtype } = await inspectModel(dir);
  expect([tensors.length, dtype]).toEqual([model.weights.size, "F32"]);
  expect(parameters).toBe(
    [...model.weights.values()].reduce((sum, { data }) => sum + data.length, 0),
  );
});

describe("reading what others wrote", () => {
  test("transformers 5: rope_parameters and dtype", async () => {
    await saveModel(dir, modelOf(llama), tokenizer);
    await editConfig((json) => {
      delete json["rope_theta"];
      delete json["torch_dtype"];
      json["dtype"] = "float32";
      json["rope_parameters"] = {
        rope_theta: 123,
        rope_type: "llama3",
        factor: 8,
        low_freq_factor: 1,
        high_freq_factor: 4,
        original_max_position_embeddings: 6,
      };
    });
    expect((await loadWeights(dir)).config.rope).toEqual({ theta: 123, scaling: llama3 });
  });

  test("a tied embedding stored as lm_head, a backbone without prefix, old buffers", async () => {
    await saveModel(dir, modelOf({ ...llama, tied: true }), tokenizer);
    await editTensors((tensors) => {
      const embedding = tensors.get("model.embed_tokens.weight")!;
      const stored = Object.fromEntries(tensors);
      tensors.clear();
      for (const [name, tensor] of Object.entries(stored)) {
        tensors.set(name.replace(/^model\./, ""), tensor);
      }
      tensors.delete("embed_tokens.weight");
      tensors.set("lm_head.weight", embedding);
      tensors.set("layers.0.self_attn.rotary_emb.inv_freq", {
        shape: [1],
        data: Float32Array.of(1),
      });
    });
    expect((await loadWeights(dir)).weights).toEqual(modelOf({ ...llama, tied: true }).weights);
  });

  test("several files and their index", async () => {
    const model = modelOf(llama);
    await saveModel(dir, model, tokenizer);
    const entries = [...model.weights];
    const shards = {
      "model-00001-of-00002.safetensors": entries.slice(0, 5),
      "model-00002-of-00002.safetensors": entries.slice(5),
    };
    const map: Record<string, string> = {};
    for (const [file, part] of Object.entries(shards)) {
      await writeSafetensors(join(dir, file), new Map(part));
      for (const [name] of part) map[name] = file;
    }
    const index = join(dir, "model.safetensors.index.json");
    await writeFile(index, JSON.stringify({ weight_map: map }));
    await rm(join(dir, "model.safetensors"));
    const sharded = await loadWeights(dir);
    expect(sharded.weights).toEqual(model.weights);
    expect(sharded.hash).toMatch(/^[\da-f]{64}$/);

    await writeFile(
      index,
      JSON.stringify({ weight_map: { ...map, stray: "model-00001-of-00002.safetensors" } }),
    );
    await expect(loadWeights(dir)).rejects.toThrow(/tensor stray .* does not hold it/);
    await writeFile(
      index,
      JSON.stringify({ weight_map: { ...map, "model.norm.weight": "../x.safetensors" } }),
    );
    await expect(loadWeights(dir)).rejects.toThrow(/not the name of a safetensors file/);
    await writeFile(
      index,
      JSON.stringify({ weight_map: { ...map, "model.norm.weight": "model-3.safetensors" } }),
    );
    await expect(loadWeights(dir)).rejects.toThrow(
      /names model-3\.safetensors, which is not in the folder/,
    );

    await saveModel(dir, model, tokenizer); // over it: no shard stays beside the new file
    expect((await readdir(dir)).filter((name) => name.startsWith("model"))).toEqual([
      "model.safetensors",
    ]);
  });
});

describe("refuses, saying what to do:", () => {
  beforeEach(() => saveModel(dir, modelOf(llama), tokenizer));
  const failure = () => loadModel(dir).catch((error: unknown) => error);
  const refusal = (message: RegExp, code = "bad-input") => ({
    code,
    message: expect.stringMatching(message),
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      "an unknown model type",
      { model_type: "mamba" },
      /model_type "mamba".*expected gpt2, gpt_neox, llama, mistral, qwen2, qwen3, opt/,
    ],
    [
      "sizes that are not the weights'",
      { intermediate_size: 24 },
      /mlp\.gate_proj\.weight has shape \[20, 8\], expected \[24, 8\]/,
    ],
    [
      "biases that are not in the weights",
      { attention_bias: true },
      /q_proj\.bias \[12\] is missing/,
    ],
    [
      "fewer layers than the weights have",
      { num_hidden_layers: 1 },
      /model\.layers\.1.* is not part of a LlamaForCausalLM/,
    ],
    [
      "a vocabulary smaller than the tokenizer's",
      { vocab_size: 14 },
      /embed_tokens\.weight has shape \[15, 8\], expected \[14, 8\]/,
    ],
  ])("%s", async (_, change, message) => {
    await editConfig((json) => Object.assign(json, change));
    expect(await failure()).toMatchObject(refusal(message));
  });

  test("a missing tensor", async () => {
    await editTensors((tensors) => tensors.delete("model.layers.1.mlp.up_proj.weight"));
    expect(await failure()).toMatchObject(
      refusal(/tensor model\.layers\.1\.mlp\.up_proj\.weight \[20, 8\] is missing/),
    );
  });

  test("a tokenizer with more tokens than the embedding has rows", async () => {
    await symbolTokenizer("0123456789 abc").save(dir);
    expect(await failure()).toMatchObject(
      refusal(/ids up to 17, the model's vocabulary ends at 14/),
    );
  });

  test("a token added beyond the embedding", async () => {
    await tokenizer.withPad("<|far|>", 15).save(dir);
    expect(await failure()).toMatchObject(
      refusal(/ids up to 15, the model's vocabulary ends at 14/),
    );
  });

  test("broken and missing files", async () => {
    await writeFile(join(dir, "config.json"), "{");
    expect(await failure()).toMatchObject(refusal(/config\.json is not JSON/));
    await rm(join(dir, "config.json"));
    expect(await failure()).toMatchObject(refusal(/has no config\.json/, "not-found"));
  });

  test("weights as a pickle", async () => {
    await rm(join(dir, "model.safetensors"));
    expect(await failure()).toMatchObject(refusal(/has no weights/, "not-found"));
    await writeFile(join(dir, "pytorch_model.bin"), "");
    expect(await failure()).toMatchObject(refusal(/pickle.*safe_serialization/, "not-found"));
  });
});

test("ids of special tokens that the vocabulary does not have are left out", async () => {
  await saveModel(dir, modelOf(gpt2), tokenizer);
  await editConfig((json) => Object.assign(json, { eos_token_id: 50_256, pad_token_id: 15 }));
  const { eosId, padId, bosId } = (await loadWeights(dir)).config;
  expect([bosId, eosId, padId]).toEqual([1, null, null]);
});

describe("a reward model's pad differs from its eos:", () => {
  const reward = (config: Partial<ModelConfig>) => modelOf({ ...llama, head: "score", ...config });

  test("the tokenizer's own", async () => {
    await saveModel(dir, reward({ padId: 2 }), tokenizer);
    expect((await loadModel(dir)).config.padId).toBe(0);
  });

  test("an id to spare, where the tokenizer pads with eos", async () => {
    await saveModel(dir, reward({ vocab: 17, padId: 2 }), tokenizer.withPad("<|eos|>", 2));
    const { config, tokenizer: loaded } = await loadModel(dir);
    expect([config.padId, config.vocab, loaded.padId]).toEqual([15, 17, 15]);
    expect(loaded.fingerprint).toBe(tokenizer.withPad("<|eos|>", 2).fingerprint);
    expect(await loaded.encode("42")).toEqual(await tokenizer.encode("42"));
  });

  test("else one more row", async () => {
    const model = reward({ padId: null });
    await saveModel(dir, model, tokenizer.withPad("<|eos|>", 2));
    const { config, weights } = await loadModel(dir);
    expect([config.padId, config.vocab]).toEqual([15, 16]);
    const rows = weights.get("model.embed_tokens.weight")!.data;
    expect(rows.subarray(0, -8)).toEqual(model.weights.get("model.embed_tokens.weight")!.data);
    expect([...rows.subarray(-8)]).toEqual(Array(8).fill(0));
  });
});

describe("writing", () => {
  test("a full disk keeps what was there and leaves nothing half-written", async () => {
    await saveModel(dir, modelOf(llama), tokenizer);
    const before = await readFile(join(dir, "config.json"), "utf8");
    const full = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    const failing = { ...tokenizer, save: () => Promise.reject(full) } as typeof tokenizer;
    await expect(saveModel(dir, modelOf(gpt2), failing)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/disk is full.*nothing of it was kept.*Free some space/),
    });
    expect(await readFile(join(dir, "config.json"), "utf8")).toBe(before);
    expect(await readdir(root)).toEqual(["model"]);
    expect((await loadModel(dir)).config).toEqual(llama);
  });

  test("keeps a folder's other files, and clears what a killed process left", async () => {
    await mkdir(join(dir, "checkpoints"), { recursive: true });
    await writeFile(join(dir, "run.json"), "{}");
    await cp(dir, join(root, ".model.partial"), { recursive: true });
    await saveModel(dir, modelOf(gpt2), tokenizer);
    expect(await readdir(dir)).toEqual(
      expect.arrayContaining(["checkpoints", "run.json", "config.json"]),
    );
    expect(await readdir(root)).toEqual(["model"]);
    expect((await loadModel(dir)).config).toEqual(gpt2);
  });

  test("the card has front matter that the hub reads, whatever the names hold", async () => {
    const card = {
      name: "Sorter",
      baseModel: "a: b\n---",
      license: "apache-2.0",
      text: "Trained on digits.",
    };
    await saveModel(dir, modelOf(llama), tokenizer, { card });
    const text = await readFile(join(dir, "README.md"), "utf8");
    expect(text.split("\n---\n")[0]).toContain('base_model: "a: b\\n---"');
    expect(text).toMatch(
      /^---\nlibrary_name: transformers\npipeline_tag: text-generation\nlicense: apache-2\.0\n/,
    );
    expect(text).toContain("# Sorter\n");
  });
});
