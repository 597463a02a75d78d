import { expect, test } from "vitest";
import type { TrainingOption } from "@/server/domain/training-options";
import { problemsOf } from "./option-problems";

const option = (name: string, about: Partial<TrainingOption>): TrainingOption => ({
  name,
  meaning: name,
  source: "a paper",
  type: "integer",
  nullable: false,
  default: 4,
  ...about,
});
const options = [
  option("batchSize", { default: 64, minimum: 1 }),
  option("minibatches", {}),
  option("generations", { default: 8 }),
  option("clip", { type: "number", default: 0.2, minimum: 0, maximum: 1 }),
  option("loraRank", { nullable: true, default: null }),
  option("loraAlpha", { type: "number", nullable: true, default: null }),
];
const keysOf = (config: Parameters<typeof problemsOf>[1]) =>
  Object.fromEntries([...problemsOf(options, config)].map(([name, { key }]) => [name, key]));

test("the defaults are right", () => {
  expect(keysOf({})).toEqual({});
});

test("numbers out of their range, and halves of what is whole, are named", () => {
  expect(keysOf({ clip: 2 })).toEqual({ clip: "runs.atMost" });
  expect(keysOf({ clip: -1 })).toEqual({ clip: "runs.atLeast" });
  expect(keysOf({ minibatches: 1.5 })).toEqual({ minibatches: "runs.wholeNumber" });
});

test("options that do not go together are named where they can be mended", () => {
  expect(keysOf({ batchSize: 60 })).toEqual({ batchSize: "runs.problem.groups" });
  expect(keysOf({ minibatches: 65 })).toEqual({ minibatches: "runs.problem.minibatches" });
  expect(keysOf({ loraAlpha: 32 })).toEqual({ loraRank: "runs.problem.rank" });
  expect(keysOf({ loraAlpha: 32, loraRank: 8 })).toEqual({});
});
