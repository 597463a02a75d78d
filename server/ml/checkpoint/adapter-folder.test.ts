import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addLora, learns, mergeLora } from "../nn/lora";
import type { LoraSettings } from "../nn/lora-settings";
import { initialWeights, type Model, type ModelConfig } from "../nn/model";
import { withScoreHead } from "../nn/score-head";
import { Random } from "../runtime/random";
import { symbolTokenizer } from "../text/symbol-tokenizer";
import { inspectModel, loadModel, loadWeights } from "./load-model";
import { readSafetensors, writeSafetensors } from "./safetensors";
import { saveAdapter } from "./save-adapter";
import { saveModel } from "./save-model";

let root: string;
let dir: string;
let base: { dir: string; hash: string };
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "revealed-adapter-"));
  dir = join(root, "runs/adapter");
  const { hash } = await saveModel(join(root, "base"), model, tokenizer);
  base = { dir: join(root, "base"), hash };
});
afterEach(() => rm(root, { recursive: true }));

const tokenizer = symbolTokenizer("0123456789 ");
const config: ModelConfig = {
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
const model: Model = { config, weights: initialWeights(config, 1) };
const settings: LoraSettings = {
  rank: 2,
  alpha: 3,
  dropout: 0.1,
  rslora: true,
  targetModules: ["c_attn", "c_fc"],
  excludeModules: null,
  layersToTransform: [1],
  layersPattern: ["h"],
  rankPattern: { c_fc: 4 },
  alphaPattern: {},
  modulesToSave: ["ln_f"],
};

/** An adapter that has learnt something. */
function trained(more: Partial<LoraSettings> = {}): Model {
  const adapted = addLora(model, { ...settings, ...more }, 1);
  for (const [name, { data }] of adapted.weights)
    if (learns(adapted.config, name)) new Random(name).fillNormal(data, 0.5);
  return adapted;
}

const editConfig = async (edit: Record<string, unknown>): Promise<void> => {
  const file = join(dir, "adapter_config.json");
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), ...edit }));
};
const editTensors = async (
  edit: (tensors: Map<string, { shape: readonly number[]; data: Float32Array }>) => void,
): Promise<void> => {
  const file = join(dir, "adapter_model.safetensors");
  const { tensors, metadata } = await readSafetensors(file);
  edit(tensors);
  await writeSafetensors(file, tensors, metadata);
};

describe("an adapter folder", () => {
  test("comes back as it was, beside its base or merged", async () => {
    const made = trained();
    await saveAdapter(dir, made, tokenizer, { base });
    const kept = await loadModel(dir, { adapter: "keep" });
    expect(kept.config).toEqual(made.config);
    expect(kept.weights).toEqual(made.weights);
    expect(kept.base).toEqual(base);
    expect(kept.tokenizer.fingerprint).toBe(tokenizer.fingerprint);
    const merged = await loadWeights(dir);
    expect(merged.weights).toEqual(mergeLora(made).weights);
    expect(merged.config.lora).toBeUndefined();
    expect(merged.hash).toBe(kept.hash);
    expect(merged.hash).not.toBe(base.hash);
  });

  test("is named as PEFT names it, and holds nothing of the base", async () => {
    await saveAdapter(
      dir,
      trained({ targetModules: "all-linear", layersToTransform: null }),
      tokenizer,
      { base },
    );
    const json = JSON.parse(await readFile(join(dir, "adapter_config.json"), "utf8"));
    expect(json).toMatchObject({
      peft_type: "LORA",
      task_type: "CAUSAL_LM",
      base_model_name_or_path: "../../base",
      target_modules: ["c_attn", "c_fc", "c_proj"],
      fan_in_fan_out: true,
      modules_to_save: ["ln_f"],
    });
    const { tensors } = await readSafetensors(join(dir, "adapter_model.safetensors"));
    expect(
      tensors.get("base_model.model.transformer.h.1.attn.c_attn.lora_B.weight")!.shape,
    ).toEqual([24, 2]);
    expect(tensors.has("base_model.model.transformer.ln_f.bias")).toBe(true);
    expect([...tensors.keys()].every((name) => /lora_[AB]|ln_f/.test(name))).toBe(true);
    expect(await readFile(join(dir, "README.md"), "utf8")).toContain("library_name: peft");
    expect(await readdir(dir)).not.toContain("config.json");
  });

  test("of a reward model brings head, padding and normalisation", async () => {
    const head = { shape: [1, 8], data: Float32Array.from({ length: 8 }, (_, i) => i) };
    const plain = withScoreHead(trained({ modulesToSave: [] }), head, 0);
    const scoring = { ...plain, config: { ...plain.config, reward: { mean: 1, std: 2 } } };
    await saveAdapter(dir, scoring, tokenizer, { base });
    const loaded = await loadModel(dir, { adapter: "keep" });
    expect(loaded.config).toEqual(scoring.config);
    expect(loaded.weights.get("score.weight")!.data).toEqual(head.data);
    expect((await loadModel(dir)).config).toMatchObject({ head: "score", reward: { std: 2 } });
    expect((await inspectModel(dir)).adapter!.parameters).toBe(
      [...scoring.weights].reduce(
        (n, [name, { data }]) => n + (learns(scoring.config, name) ? data.length : 0),
        0,
      ),
    );
  });

  test("finds its base beside it under a hub's name, or where it is told", async () => {
    await saveAdapter(dir, trained(), tokenizer, { base });
    await editConfig({ base_model_name_or_path: "someone/small" });
    await expect(loadModel(dir)).rejects.toThrow(
      "is an adapter of someone/small, and that model is not here",
    );
    expect((await loadModel(dir, { base: base.dir })).base).toEqual(base);
    await saveModel(join(root, "runs/small"), model, tokenizer);
    expect((await loadModel(dir)).base.dir).toBe(join(root, "runs/small"));
  });

  test("on other weights than its own is refused", async () => {
    await saveAdapter(dir, trained(), tokenizer, { base });
    await saveModel(base.dir, { config, weights: initialWeights(config, 2) }, tokenizer);
    await expect(loadModel(dir)).rejects.toThrow("was trained on other weights than those in");
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["DoRA", { use_dora: true }, "use_dora (DoRA) is on"],
    ["biases", { bias: "lora_only" }, 'its bias is "lora_only"'],
    ["another method", { peft_type: "IA3" }, "its peft_type is IA3"],
    ["replicated layers", { layer_replication: [[0, 2]] }, "layer_replication"],
    ["PiSSA", { init_lora_weights: "pissa_niter_4" }, "which changes the base model's weights"],
    ["another task", { task_type: "SEQ_2_SEQ_LM" }, "its task_type is SEQ_2_SEQ_LM"],
    ["no rank", { r: 0 }, "its r is wrong"],
    ["an embedding", { target_modules: ["wte"], layers_to_transform: null }, "an embedding"],
    ["another rank", { r: 3 }, "lora_A.weight has shape [2, 8], expected [3, 8]"],
    ["more targets", { target_modules: ["c_attn", "c_fc", "c_proj"] }, "lora_A.weight is missing"],
    ["fewer targets", { target_modules: ["c_fc"] }, "is not part of the adapter"],
    ["a head it lacks", { task_type: "SEQ_CLS" }, "without a score head"],
  ])("that cannot be run is refused by name: %s", async (_, edit, message) => {
    await saveAdapter(dir, trained(), tokenizer, { base });
    await editConfig(edit);
    await expect(loadModel(dir)).rejects.toThrow(message);
    await expect(loadModel(dir)).rejects.toThrow("adapter");
  });

  test("PEFT's copy of a head is accepted where it is the base's own", async () => {
    await saveAdapter(
      dir,
      trained({ targetModules: ["lm_head"], layersToTransform: null }),
      tokenizer,
      { base },
    );
    const copy = { ...model.weights.get("transformer.wte.weight")! };
    await editTensors((tensors) => tensors.set("base_model.model.lm_head.base_layer.weight", copy));
    expect((await loadModel(dir)).config.tied).toBe(false);
    await editTensors((tensors) =>
      tensors.set("base_model.model.lm_head.base_layer.weight", {
        ...copy,
        data: copy.data.map((x) => x + 1),
      }),
    );
    await expect(loadModel(dir)).rejects.toThrow("differs from the head in");
  });

  test("beside a whole model in one folder is refused", async () => {
    await saveAdapter(dir, trained(), tokenizer, { base });
    await saveModel(dir, model, tokenizer);
    await expect(loadModel(dir)).rejects.toThrow("holds both a whole model");
  });

  test("an adapter of an adapter is refused", async () => {
    await saveAdapter(dir, trained(), tokenizer, { base });
    const second = join(root, "runs/second");
    await saveAdapter(second, trained(), tokenizer, { base: { dir, hash: base.hash } });
    await expect(loadModel(second)).rejects.toThrow("is an adapter itself; merge that one first");
  });
});
