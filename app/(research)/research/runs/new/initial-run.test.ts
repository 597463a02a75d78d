import { expect, test } from "vitest";
import { zCampaignId, zModelId, zRunId } from "@/server/domain/ids";
import { zRewardSource } from "@/server/domain/reward-source";
import { newPart } from "./reward-draft";
import type { TrainingOption, TrainingOptions } from "@/server/domain/training-options";
import { cloneOf, runFrom } from "./initial-run";

const option = (name: string, value: number | null): TrainingOption => ({
  name,
  meaning: name,
  source: String(value),
  type: "number",
  nullable: true,
  default: value,
});
const trainer = {
  options: [],
  suited: { small: {}, large: {} },
  presets: { tiny: {}, lora: {}, published: {} },
};
const options: TrainingOptions = {
  smallBelow: 1000,
  trainers: {
    sft: trainer,
    reward: trainer,
    ppo: {
      ...trainer,
      options: [option("beta", 0.1), option("epochs", 4), option("scoreClip", null)],
      suited: { small: { beta: { value: 0.05, why: "0.05" } }, large: {} },
    },
    rloo: trainer,
    grpo: trainer,
    dpo: trainer,
    "best-of-n": trainer,
  },
};
const model = {
  id: zModelId.parse("policy"),
  name: "Policy",
  kind: "policy" as const,
  path: "/models/policy",
  hash: "00",
  exact: null,
  parameters: 10,
  members: null,
};
const run = {
  kind: "ppo" as const,
  campaignId: zCampaignId.parse("campaign"),
  snapshotId: null,
  model,
  id: zRunId.parse("run"),
  reward: zRewardSource.parse({ parts: [{ kind: "models", modelIds: ["reward"] }] }),
  ptx: { kind: "file" as const, file: "books.jsonl" },
  seed: 7,
  config: { beta: 0.05, epochs: 2, scoreClip: null, seed: 7, gone: 1 },
  tracked: { name: "ppo-run", tensorboard: "/data/tensorboard", mlflow: null, problem: null },
};

test("a clone keeps what was chosen, and leaves to the model's size what its size decided", () => {
  expect(cloneOf(run, options)).toEqual({
    kind: "ppo",
    campaignId: "campaign",
    snapshotId: "",
    modelId: "policy",
    reward: { parts: [newPart("reward")], retokenise: false },
    ptx: "file books.jsonl",
    clonedFrom: "run",
    seed: 7,
    config: { epochs: 2 },
    tracking: { tensorboard: true, mlflow: null },
  });
  // To a large model the small one's β is a choice.
  const large = cloneOf({ ...run, model: { ...model, parameters: 5000 } }, options);
  expect(large.config).toEqual({ beta: 0.05, epochs: 2 });
});

test("without the trainers' options a clone says everything that the run was told", () => {
  const { seed: _, ...told } = run.config;
  expect(cloneOf(run, null).config).toEqual(told);
  expect(cloneOf({ ...run, model: null }, options)).toMatchObject({ modelId: "", config: told });
});

test("a model's page leads to the run that can use it", () => {
  expect(runFrom({ id: "a", kind: "reward" }, "")).toMatchObject({
    kind: "ppo",
    modelId: "",
    reward: { parts: [{ modelIds: ["a"] }] },
  });
  expect(runFrom({ id: "a", kind: "policy" }, "s")).toMatchObject({
    kind: "reward",
    modelId: "a",
    snapshotId: "s",
  });
});
