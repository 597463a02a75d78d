import { expect, it } from "vitest";
import { defaultLearningRate, nearestOf, parseConfig } from "./config";
import { ppoConfig } from "./ppo-config";
import { rewardConfig } from "./reward-config";
import { sftConfig } from "./sft-config";

const all = { sft: sftConfig, reward: rewardConfig, ppo: ppoConfig };

it.each(Object.entries(all))("%s: every option has a meaning and a default", (name, schema) => {
  for (const [key, field] of Object.entries(schema.shape))
    expect(field.description, `${name}.${key}`).toMatch(/.+\. Default: .+\.$/s);
  expect(Object.keys(parseConfig(schema, {}, name)).toSorted()).toEqual(
    Object.keys(schema.shape).toSorted(),
  );
});

it("names the nearest option for an unknown one", () => {
  expect(() => parseConfig(sftConfig, { learningrate: 1 }, "sft")).toThrow(
    'the sft config has no option "learningrate"; did you mean "learningRate"?',
  );
  expect(nearestOf("epoch", ["batchSize", "epochs", "seed"])).toBe("epochs");
});

it("says which option is wrong and how", () => {
  expect(() => parseConfig(ppoConfig, { kl: "loose" }, "ppo")).toThrow(/wrong at "kl": invalid/);
  expect(() => parseConfig(sftConfig, { batchSize: -1 }, "sft")).toThrow(/wrong at "batchSize"/);
  expect(() => parseConfig(sftConfig, [], "sft")).toThrow(/the sft config is wrong: invalid/);
});

it("chooses a learning rate by size, the published one from 100 million parameters", () => {
  expect(defaultLearningRate(1e9, 9e-6, 5e-4)).toBeCloseTo(9e-6, 12);
  expect(defaultLearningRate(1e5, 9e-6, 5e-4)).toBeCloseTo(5e-4, 12);
  expect(defaultLearningRate(1e7, 9e-6, 5e-4)).toBeCloseTo(Math.sqrt(9e-6 * 5e-4), 12);
});
