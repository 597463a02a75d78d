import { describe, expect, test } from "vitest";
import { sum } from "../graph/ops/reduce";
import { joinWeights, type Weights } from "../graph/parameters";
import { compileInference } from "../runtime/inference";
import { Random } from "../runtime/random";
import "../runtime/testing";
import { padBatch } from "./batch";
import { byBatch, decoder, logits } from "./decoder";
import { sequenceInputs } from "./inputs";
import { addLora, adapterShapes, copyModel, isFresh, learns, mergeLora, withoutLora } from "./lora";
import type { LoraSettings } from "./lora-settings";
import { initialWeights, type Model, type ModelConfig } from "./model";
import { withScoreHead } from "./score-head";

const gpt2: ModelConfig = {
  family: "gpt2",
  head: "lm",
  vocab: 11,
  width: 8,
  layers: 2,
  heads: 2,
  kvHeads: 2,
  headDim: 4,
  ffn: 12,
  context: 16,
  normEps: 1e-5,
  activation: "gelu_new",
  rope: null,
  tied: true,
  attentionBias: "all",
  mlpBias: true,
  bosId: null,
  eosId: 0,
  padId: 1,
};
const llama: ModelConfig = {
  ...gpt2,
  family: "llama",
  kvHeads: 1,
  activation: "silu",
  rope: { theta: 100, scaling: null },
  tied: false,
  attentionBias: "none",
  mlpBias: false,
};
const plain: LoraSettings = {
  rank: 2,
  alpha: 4,
  dropout: 0,
  rslora: false,
  targetModules: "all-linear",
  excludeModules: null,
  layersToTransform: null,
  layersPattern: null,
  rankPattern: {},
  alphaPattern: {},
  modulesToSave: [],
};
const modelOf = (config: ModelConfig): Model => ({ config, weights: initialWeights(config, 1) });
const adapted = (config: ModelConfig, settings: Partial<LoraSettings> = {}): Model =>
  addLora(modelOf(config), { ...plain, ...settings }, 5);

/** The same with every weight that learns moved. */
function moved(model: Model): Model {
  const copy = copyModel(model);
  const random = new Random("move");
  for (const [name, { data }] of copy.weights)
    if (learns(model.config, name)) random.fork(name).fillNormal(data, 0.3);
  return copy;
}

const { at: _, ...batch } = padBatch([
  [3, 4, 5, 6],
  [7, 8],
]);

/** Logits of a small batch. @param under prefix that the weights stand under */
async function logitsOf({ config, weights }: Model, under = ""): Promise<Float32Array> {
  const named: Weights = under ? joinWeights({ [under.slice(0, -1)]: weights }) : weights;
  const program = await compileInference({
    weights: named,
    inputs: sequenceInputs,
    build: ({ inputs, params }) => {
      const own = params.under(under);
      const hidden = decoder(config, own, inputs);
      const all = logits(config, own, hidden.tokens);
      return { all, total: byBatch(sum(all, [1]), hidden) };
    },
  });
  const { all } = await program.run(batch);
  await program.dispose();
  return all.data as Float32Array;
}

describe("adapters", () => {
  test("change nothing when fresh, and share every weight that stays", async () => {
    const base = modelOf(gpt2);
    const model = addLora(base, plain, 5);
    expect(await logitsOf(model)).toEqual(await logitsOf(base));
    expect(isFresh(model)).toBe(true);
    for (const [name, weight] of base.weights) expect(model.weights.get(name)).toBe(weight);
    const a = model.weights.get("transformer.h.0.mlp.c_fc.lora_A.weight")!;
    expect(a.shape).toEqual([2, 8]);
    expect(Math.max(...a.data.map(Math.abs))).toBeLessThanOrEqual(1 / Math.sqrt(8));
    expect(isFresh(moved(model))).toBe(false);
  });

  test.each([
    ["GPT-2", gpt2, {}],
    ["GPT-2, its tied head too", gpt2, { targetModules: ["c_attn", "lm_head"] }],
    ["GPT-2, a norm that learns whole", gpt2, { modulesToSave: ["ln_f"] }],
    ["Llama, rsLoRA", llama, { rslora: true }],
    ["Llama, head that learns whole", llama, { modulesToSave: ["lm_head"] }],
    [
      "Llama, ranks of their own",
      llama,
      { rankPattern: { q_proj: 3 }, alphaPattern: { "layers.1.mlp.up_proj": 1 } },
    ],
  ] as const)("merged are the same function: %s", async (_, config, settings) => {
    const model = moved(adapted(config, settings));
    const whole = mergeLora(model);
    const expected = await logitsOf(model);
    expect(await logitsOf(whole)).toBeAllclose(expected, { atol: 1e-4, rtol: 0 });
    expect(await logitsOf(model, "policy.")).toEqual(expected);
    expect(whole.config.lora).toBeUndefined();
    expect([...whole.weights.keys()].filter((name) => /lora_|original/.test(name))).toEqual([]);
    const base = withoutLora(model);
    expect(base.weights).toEqual(modelOf(config).weights);
    expect(await logitsOf(base)).not.toBeAllclose(expected, { atol: 1e-2, rtol: 0 });
  });

  test("a copy shares what is frozen", () => {
    const model = adapted(llama, { modulesToSave: ["norm"] });
    const copy = copyModel(model);
    for (const [name, weight] of model.weights)
      expect(copy.weights.get(name) === weight).toBe(!learns(model.config, name));
  });

  test("a score head beside adapters learns whole", () => {
    const model = adapted(llama, { targetModules: ["q_proj", "lm_head"] });
    const head = { shape: [1, 8], data: new Float32Array(8).fill(2) };
    const { config, weights } = withScoreHead(model, head, 1);
    expect(config.lora!.saved).toEqual(["score.weight"]);
    expect(config.lora!.settings.modulesToSave).toEqual(["score"]);
    expect([...adapterShapes(config.lora!).keys()].some((name) => name.includes("lm_head"))).toBe(
      false,
    );
    expect(weights.get("score.weight")!.data).toEqual(head.data);
    expect(weights.has("lm_head.weight")).toBe(false);
  });
});

describe("target modules by PEFT's rules", () => {
  const names = (config: ModelConfig, settings: Partial<LoraSettings>): string[] =>
    [...adapted(config, settings).config.lora!.layers.keys()].map((name) =>
      name.replace(/^(transformer|model)\.(h|layers)\./, ""),
    );

  test.each<[string, Partial<LoraSettings>, string[]]>([
    ["endings", { targetModules: ["c_attn"] }, ["0.attn.c_attn", "1.attn.c_attn"]],
    ["an ending of two parts", { targetModules: ["mlp.c_proj"] }, ["0.mlp.c_proj", "1.mlp.c_proj"]],
    [
      "no part of a name",
      { targetModules: ["attn", "c_attn"] },
      ["0.attn.c_attn", "1.attn.c_attn"],
    ],
    ["a whole name", { targetModules: ["transformer.h.1.mlp.c_fc"] }, ["1.mlp.c_fc"]],
    [
      "an expression",
      { targetModules: String.raw`.*\.h\.0\..*c_(fc|attn)` },
      ["0.attn.c_attn", "0.mlp.c_fc"],
    ],
    ["blocks", { targetModules: ["c_fc"], layersToTransform: [1] }, ["1.mlp.c_fc"]],
    [
      "blocks of a list by name",
      { targetModules: ["c_fc"], layersToTransform: [0], layersPattern: ["h"] },
      ["0.mlp.c_fc"],
    ],
    ["all but", { excludeModules: ["c_proj", "c_attn"] }, ["0.mlp.c_fc", "1.mlp.c_fc"]],
    [
      "all but an expression",
      { excludeModules: String.raw`.*(attn|proj).*|.*\.0\..*` },
      ["1.mlp.c_fc"],
    ],
    [
      "not what learns whole",
      { targetModules: ["c_fc", "c_attn"], modulesToSave: ["c_attn"] },
      ["0.mlp.c_fc", "1.mlp.c_fc"],
    ],
  ])("%s", (_, settings, expected) => {
    expect(names(gpt2, settings)).toEqual(expected);
  });

  test("all-linear leaves out the head", () => {
    expect(names(llama, {})).toHaveLength(14);
    expect(names(llama, {}).join()).not.toContain("lm_head");
  });

  test("ranks and alphas by pattern", () => {
    const { layers } = adapted(llama, {
      rankPattern: { q_proj: 4, [String.raw`layers\.1\.mlp\.\w+`]: 1 },
      alphaPattern: { v_proj: 1 },
    }).config.lora!;
    const of = (module: string) => layers.get(`model.layers.${module}`)!;
    expect([of("0.self_attn.q_proj").rank, of("0.self_attn.q_proj").scale]).toEqual([4, 1]);
    expect([of("0.self_attn.v_proj").rank, of("0.self_attn.v_proj").scale]).toEqual([2, 0.5]);
    expect([of("1.mlp.up_proj").rank, of("0.mlp.up_proj").rank]).toEqual([1, 2]);
  });

  test.each<[ModelConfig, Partial<LoraSettings>, string]>([
    [gpt2, { targetModules: ["wte"] }, "transformer.wte, an embedding"],
    [gpt2, { targetModules: ["ln_1"] }, "transformer.h.0.ln_1, a norm"],
    [
      { ...gpt2, head: "score" },
      { targetModules: ["score"] },
      "the score head, which learns whole",
    ],
    [
      gpt2,
      { targetModules: ["q_proj"] },
      "match no module of the model; it has c_attn, c_proj, c_fc, lm_head",
    ],
    [gpt2, { targetModules: "(c_fc" }, "is not a regular expression"],
    [gpt2, { modulesToSave: ["lm_head"] }, "head and embedding of this model are one weight"],
    [gpt2, { modulesToSave: ["wte"] }, "head and embedding of this model are one weight"],
  ])("what cannot be is refused by name: %#", (config, settings, message) => {
    expect(() => adapted(config, settings)).toThrow(message);
  });
});
