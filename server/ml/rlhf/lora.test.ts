import { describe, expect, it } from "vitest";
import { addLora, copyModel, learns } from "../nn/lora";
import type { LoraSettings } from "../nn/lora-settings";
import type { TextModel } from "./data";
import { evaluateLm } from "./evaluate-lm";
import { loraOptions, loraSettingsOf } from "./lora-options";
import { trainPpo } from "./ppo";
import { referenceOf, valueOf } from "./ppo-models";
import { trainReward } from "./reward";
import { rewardModelFrom } from "./reward-model";
import { trainSft } from "./sft";
import { collect, flatWeights, tinyModel } from "./testing";

const letters = "abcdefgh";
const data = Array.from(letters, (letter, i) => ({
  prompt: `${letter}${letters[(i + 3) % 8]}`,
  completion: letter.repeat(1 + (i % 3)),
}));
const rankings = Array.from(letters, (letter) => ({
  prompt: letter,
  completions: [letter, "h a", "g g"],
  groups: [[0], [1, 2]],
}));
const options = { batchSize: 4, epochs: 4, learningRate: 2e-2, warmup: 0.1, seed: 3 };
const settings: LoraSettings = {
  rank: 4,
  alpha: 8,
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

const withLora = (model: TextModel, more: Partial<LoraSettings> = {}): TextModel => ({
  ...model,
  ...addLora(model, { ...settings, ...more }, 7),
});

/** Copies of the weights that should stay, and a check that they did. */
function held({ config, weights }: TextModel): () => void {
  const before = [...weights].filter(([name]) => !learns(config, name));
  const bits = before.map(([, { data: numbers }]) => numbers.slice());
  return () =>
    before.forEach(([name, { data: numbers }], i) =>
      expect({ name, numbers }).toEqual({ name, numbers: bits[i] }),
    );
}

describe("adapters", () => {
  it("lower the loss, and the base stays as it is to the last bit", async () => {
    const model = withLora(tinyModel({ tied: false }), { modulesToSave: ["lm_head"] });
    const check = held(model);
    const before = await evaluateLm(model, data);
    await collect(trainSft(model, data, { ...options, epochs: 30 }));
    const after = await evaluateLm(model, data);
    check();
    expect(before.loss).toBeGreaterThan(2);
    expect(after.loss).toBeLessThan(0.5);
  });

  it("alone are in a checkpoint, with their moments", async () => {
    const model = withLora(tinyModel());
    const { state } = await collect(trainSft(model, data, options), 1);
    const names = [...state!.tensors.keys()];
    expect(names).toHaveLength(3 * 2 * 8);
    expect(names.every((name) => /\.lora_[AB]\.weight$/.test(name))).toBe(true);
  });

  it.each([0, 0.3])("resumed with dropout %f end with the same bits", async (dropout) => {
    const start = () => withLora(tinyModel(), { dropout });
    const run = { ...options, tokensPerPass: 12 };
    const straight = start();
    const whole = await collect(trainSft(straight, data, run));
    const { state } = await collect(trainSft(start(), data, run), 3);
    const resumed = start();
    const rest = await collect(trainSft(resumed, data, run, { resume: state! }));
    expect(flatWeights(resumed)).toEqual(flatWeights(straight));
    expect(rest.metrics).toEqual(whole.metrics.slice(3));
  });

  it("drop something else at each step, and nothing when they are measured", async () => {
    const run = { ...options, learningRate: 1e-12, batchSize: 8, epochs: 3 };
    const dropping = withLora(tinyModel(), { dropout: 0.5 });
    for (const [name, { data: numbers }] of dropping.weights)
      if (name.endsWith("lora_B.weight")) numbers.fill(0.1);
    const losses = (await collect(trainSft(dropping, data, run))).metrics.map(({ loss }) => loss);
    const { loss } = await evaluateLm(dropping, data);
    expect(new Set([...losses, loss]).size).toBe(4);
    expect((await evaluateLm(dropping, data)).loss).toBe(loss);
  });

  it("make a reward model whose head learns whole", async () => {
    const model = rewardModelFrom(withLora(tinyModel()), 1);
    const check = held(model);
    const head = model.weights.get("score.weight")!.data.slice();
    const { metrics } = await collect(trainReward(model, rankings, { ...options, epochs: 20 }));
    check();
    expect(metrics.at(-1)!.loss).toBeLessThan(0.5 * metrics[0].loss);
    expect(model.weights.get("score.weight")!.data).not.toEqual(head);
  });
});

describe("PPO with adapters", () => {
  const prompts = ["a", "b c", "d"];
  const ppo = {
    iterations: 2,
    batchSize: 8,
    minibatches: 2,
    epochs: 2,
    maxNewTokens: 4,
    learningRate: 1e-2,
  };
  const reward = () => rewardModelFrom(tinyModel({}, 9), 1);

  it("measures KL from the base's own arrays, and learns beside it", async () => {
    const policy = withLora(tinyModel());
    const rewards = reward();
    const checks = [held(policy), held(rewards)];
    const before = flatWeights(rewards);
    const { metrics, state } = await collect(trainPpo({ policy, reward: rewards }, prompts, ppo));
    checks.forEach((check) => check());
    expect(flatWeights(rewards)).toEqual(before);
    expect(metrics[0]["objective/kl"]).toBe(0);
    expect(metrics[1]["objective/kl"]).not.toBe(0);
    const names = [...state!.tensors.keys()];
    expect(names.every((name) => /\.(lora_[AB]|score)\.weight$/.test(name))).toBe(true);
    expect(names).toContain("value.weights.score.weight");
  });

  it("takes a reference without a second base", () => {
    const policy = withLora(tinyModel());
    const name = "transformer.h.0.attn.c_attn.lora_B.weight";
    const fresh = referenceOf(policy);
    expect(fresh.config.lora).toBeUndefined();
    policy.weights.get(name)!.data.fill(1);
    const trained = referenceOf(policy);
    expect(trained.config.lora).toBeDefined();
    expect(trained.weights.get(name)).not.toBe(policy.weights.get(name));
    for (const [key, weight] of tinyModel().weights) {
      expect(fresh.weights.get(key)).toBe(policy.weights.get(key));
      expect(trained.weights.get(key)).toBe(policy.weights.get(key));
      expect(weight.data).toEqual(policy.weights.get(key)!.data);
    }
  });

  it("lets the value network learn by adapters too, from either start", () => {
    const policy = withLora(tinyModel());
    const rewards = reward();
    const value = valueOf(policy, rewards);
    expect(value.config.lora!.saved).toEqual(["score.weight"]);
    expect(value.weights.get("transformer.wte.weight")).toBe(
      rewards.weights.get("transformer.wte.weight"),
    );
    const own = valueOf(policy, null);
    expect(own.weights.get("transformer.wte.weight")).toBe(
      policy.weights.get("transformer.wte.weight"),
    );
    expect(own.weights.get("score.weight")!.data.every((x) => x === 0)).toBe(true);
    const other = valueOf(policy, rewardModelFrom(withLora(tinyModel()), 1));
    expect(other.config.lora!.saved).toEqual(["score.weight"]);
  });

  it("resumed ends with the same bits", async () => {
    const start = () => ({ policy: withLora(tinyModel()), reward: reward() });
    const straight = start();
    await collect(trainPpo(straight, prompts, ppo));
    const { state } = await collect(trainPpo(start(), prompts, ppo), 1);
    const resumed = start();
    await collect(trainPpo(resumed, prompts, ppo, { resume: state! }));
    expect(flatWeights(resumed.policy)).toEqual(flatWeights(straight.policy));
  });
});

describe("frozen weights", () => {
  const movedNames = async (frozen: object): Promise<string[]> => {
    const model = tinyModel({ tied: false });
    const before = copyModel(model);
    await collect(trainSft(model, data, { ...options, ...frozen }), 3);
    return [...model.weights.keys()].filter((name) =>
      model.weights.get(name)!.data.some((x, i) => x !== before.weights.get(name)!.data[i]),
    );
  };

  it("are the embedding and the first blocks", async () => {
    const names = await movedNames({ freezeLayers: 1 });
    expect(names.some((name) => /\.h\.0\.|wte|wpe/.test(name))).toBe(false);
    expect(names).toEqual(
      expect.arrayContaining(["transformer.h.1.mlp.c_fc.weight", "lm_head.weight"]),
    );
  });

  it("are named by patterns", async () => {
    const names = await movedNames({
      frozen: "*.ln_*, *.bias, transformer.w*",
    });
    expect(names.some((name) => /ln_|bias|wte|wpe/.test(name))).toBe(false);
    expect(names).toContain("transformer.h.0.mlp.c_fc.weight");
  });

  it.each([
    [{ freezeLayers: 3 }, "the model has 2 blocks"],
    [{ frozen: "*.q_proj.*" }, 'frozen names "*.q_proj.*", which is no weight'],
    [{ frozen: "*" }, "every weight is frozen"],
  ])("that cannot be are refused: %j", async (frozen, message) => {
    await expect(movedNames(frozen)).rejects.toThrow(message);
  });
});

describe("options of adapters", () => {
  const of = (given: object) => {
    const defaults = Object.entries(loraOptions).map(([key, schema]) => [
      key,
      schema.parse(undefined),
    ]);
    return loraSettingsOf({ ...Object.fromEntries(defaults), ...given });
  };

  it("ask for none without a rank, scale by 2 with one", () => {
    expect(of({})).toBeNull();
    expect(of({ loraRank: 8 })).toMatchObject({ rank: 8, alpha: 16, targetModules: "all-linear" });
  });

  it("tell names from expressions", () => {
    const targets = (loraTargetModules: string | string[]) =>
      of({ loraRank: 1, loraTargetModules })!.targetModules;
    expect(targets("q_proj, v_proj")).toEqual(["q_proj", "v_proj"]);
    expect(targets(["q_proj"])).toEqual(["q_proj"]);
    expect(targets(String.raw`.*\.q_proj`)).toBe(String.raw`.*\.q_proj`);
  });
});
