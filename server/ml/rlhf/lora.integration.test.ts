import { describe, expect, it } from "vitest";
import { addLora, learns } from "../nn/lora";
import type { LoraSettings } from "../nn/lora-settings";
import { parameterCount } from "../nn/model";
import type { TextModel } from "./data";
import { evaluateLm } from "./evaluate-lm";
import { loraOptions, loraSettingsOf } from "./lora-options";
import { trainDpo } from "./dpo";
import { trainGrpo, trainRloo } from "./group";
import { trainingBytes } from "./memory";
import { programReward } from "./reward-source";
import type { Step } from "./step";
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

  it("drop the same when values are recomputed for the gradients", async () => {
    const losses = async (recompute: boolean) => {
      const model = withLora(tinyModel(), { dropout: 0.3 });
      return (await collect(trainSft(model, data, { ...options, recompute }))).metrics.map(
        ({ loss }) => loss,
      );
    };
    const [plain, again] = [await losses(false), await losses(true)];
    again.forEach((loss, i) => expect(loss).toBeCloseTo(plain[i], 4));
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

describe("other trainers with adapters", () => {
  const rollouts = {
    iterations: 1,
    batchSize: 8,
    minibatches: 2,
    maxNewTokens: 4,
    learningRate: 1e-2,
    eosRule: "subtract",
    missingEosScore: 0,
  } as const;
  const groups = { ...rollouts, generations: 4 };
  const source = programReward((_, completion) => completion.split("a").length, "a");

  it.each<[string, (policy: TextModel) => AsyncGenerator<Step, void>, RegExp]>([
    ["DPO", (policy) => trainDpo(policy, rankings, { ...options, epochs: 1 }), /lora_[AB]/],
    ["RLOO", (policy) => trainRloo({ policy }, ["a"], groups, { source }), /lora_[AB]/],
    ["GRPO", (policy) => trainGrpo({ policy }, ["a"], groups, { source }), /lora_[AB]/],
    [
      "PPO on one trunk",
      (policy) => trainPpo({ policy }, ["a"], { ...rollouts, valueInit: "trunk" }, { source }),
      /lora_[AB]|v_head/,
    ],
    [
      "SFT with a moving average",
      (policy) => trainSft(policy, data, { ...options, epochs: 1, emaDecay: 0.9 }),
      /lora_[AB]/,
    ],
  ])("%s learns them alone", async (_, train, learnt) => {
    const policy = withLora(tinyModel());
    const check = held(policy);
    const { state } = await collect(train(policy));
    check();
    const up = policy.weights.get("transformer.h.0.attn.c_attn.lora_B.weight")!;
    expect(up.data.some((x) => x !== 0)).toBe(true);
    expect([...state!.tensors.keys()].filter((name) => !learnt.test(name))).toEqual([]);
  });

  it("take less memory than whole weights", () => {
    const shape = { rows: 4, length: 24, tokensPerPass: 96 };
    const wide = tinyModel({ width: 256, headDim: 128, ffn: 1024 });
    const whole = trainingBytes({ ...shape, learners: [wide.config] });
    const adapted = trainingBytes({ ...shape, learners: [withLora(wide).config] });
    const moments = 8 * parameterCount(wide.config);
    expect(whole - adapted).toBeGreaterThan(0.9 * moments);
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
    expect(Math.abs(metrics[0]["objective/kl"])).toBeLessThan(1e-6);
    expect(Math.abs(metrics[1]["objective/kl"])).toBeGreaterThan(1e-3);
    const names = [...state!.tensors.keys()];
    expect(names.every((name) => /\.(lora_[AB]|score)\.weight$/.test(name))).toBe(true);
    expect(names).toContain("value.weights.score.weight");
  });

  it("has KL 0 to the last bit where policy and base are measured by programs alike", async () => {
    const models = { policy: withLora(tinyModel()), reward: reward() };
    const { metrics } = await collect(trainPpo(models, prompts, { ...ppo, valueInit: "trunk" }));
    expect(metrics[0]["objective/kl"]).toBe(0);
    expect(metrics[1]["objective/kl"]).not.toBe(0);
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
