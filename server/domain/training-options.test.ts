import { expect, test } from "vitest";
import {
  optionsFor,
  presetConfig,
  type TrainingOption,
  type TrainingOptions,
} from "./training-options";

const option = (name: string, value: number | null): TrainingOption => ({
  name,
  meaning: name,
  source: `${value}, a paper`,
  type: "number",
  nullable: true,
  default: value,
});
const nothing = {
  options: [],
  suited: { small: {}, large: {} },
  presets: { tiny: {}, lora: {}, published: {} },
};
const all: TrainingOptions = {
  smallBelow: 1000,
  trainers: {
    sft: nothing,
    reward: nothing,
    "best-of-n": nothing,
    rloo: nothing,
    grpo: nothing,
    dpo: nothing,
    ppo: {
      options: [option("beta", 0.15), option("batchSize", 256), option("loraRank", null)],
      suited: {
        small: {
          beta: { value: 0.05, why: "0.05: small" },
          batchSize: { value: 128, why: "128: small" },
        },
        large: {},
      },
      presets: {
        tiny: { batchSize: { value: 128, why: "128: tiny" } },
        lora: { loraRank: { value: 16, why: "16" } },
        published: { batchSize: { value: 512, why: "512, a paper" } },
      },
    },
  },
};

test("what suits a model stands in place of the default, with its own reason", () => {
  const of = (parameters: number) =>
    optionsFor(all, "ppo", parameters).map((one) => [one.default, one.source]);
  expect(of(10)).toEqual([
    [0.05, "0.05: small"],
    [128, "128: small"],
    [null, "null, a paper"],
  ]);
  expect(of(1000)[0]).toEqual([0.15, "0.15, a paper"]);
});

test("a preset says only what the run would not take by itself", () => {
  expect(presetConfig(all, "ppo", 10, "tiny")).toEqual({});
  expect(presetConfig(all, "ppo", 1000, "tiny")).toEqual({ batchSize: 128 });
  expect(presetConfig(all, "ppo", 10, "lora")).toEqual({ loraRank: 16 });
});

test("what was published undoes what suits a small model", () => {
  expect(presetConfig(all, "ppo", 10, "published")).toEqual({ beta: 0.15, batchSize: 512 });
  expect(presetConfig(all, "ppo", 1000, "published")).toEqual({ batchSize: 512 });
});
