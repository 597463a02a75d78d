import { expect, test } from "vitest";
import { zModelId, zRunId } from "@/server/domain/ids";
import type { TrainingOptions } from "@/server/domain/training-options";
import { type Compared, differingOptions, metricsOf } from "./comparison";

const run = (values: Partial<Compared["run"]>): Compared["run"] => ({
  id: zRunId.parse("run"),
  kind: "ppo",
  status: "done",
  campaignId: null,
  campaignName: null,
  round: null,
  roundId: null,
  step: 2,
  totalSteps: 2,
  secondsLeft: null,
  seconds: 0,
  memory: null,
  tracked: null,
  error: null,
  seed: 1,
  startedAt: null,
  endedAt: null,
  createdAt: new Date(0),
  config: {},
  snapshotId: null,
  snapshotHash: null,
  snapshotPath: null,
  snapshotCounts: null,
  hasReferences: false,
  createdBy: null,
  model: {
    id: zModelId.parse("policy"),
    name: "Policy",
    kind: "policy",
    path: "/models/policy",
    hash: "00",
    exact: 0.5,
    parameters: 10,
    members: null,
  },
  rewardModel: null,
  reward: null,
  rewardModels: [],
  ptx: null,
  report: null,
  dropIns: { programs: "/p", texts: "/t" },
  outputModel: null,
  referenceModel: null,
  job: null,
  ...values,
});

test("one chart a measurement, a line for each run that has it, and the last value of each", () => {
  const { large, small } = metricsOf([
    {
      run: run({}),
      rows: [
        { step: 1, values: { "objective/kl": 1, lr: 3 } },
        { step: 2, values: { "objective/kl": 2 } },
      ],
    },
    { run: run({}), rows: [{ step: 1, values: { "objective/kl": 5, "truth/exact": 0.75 } }] },
  ]);
  expect(large.map(({ metric, last }) => [metric, last])).toEqual([
    ["truth/exact", [null, 0.75]],
    ["objective/kl", [2, 5]],
  ]);
  expect(large[0].series.map(({ label, points }) => [label, points])).toEqual([
    [
      "B",
      [
        { x: 0, y: 0.5 },
        { x: 1, y: 0.75 },
      ],
    ],
  ]);
  expect(small.map(({ metric, last }) => [metric, last])).toEqual([["lr", [3, null]]]);
});

test("only what differs is shown, a waiting run with what it will take, another kind with nothing", () => {
  const presets = { tiny: {}, lora: {}, published: {} };
  const trainer = { options: [], suited: { small: {}, large: {} }, presets };
  const named = { name: "beta", meaning: "β", source: "0.1" };
  const beta = { ...named, type: "number" as const, nullable: false };
  const options: TrainingOptions = {
    smallBelow: 1000,
    trainers: {
      sft: trainer,
      reward: trainer,
      ppo: {
        options: [{ ...beta, default: 0.1 }],
        suited: { small: { beta: { value: 0.05, why: "0.05" } }, large: {} },
        presets,
      },
      rloo: trainer,
      grpo: trainer,
      dpo: trainer,
      "best-of-n": trainer,
    },
  };
  const compared = [
    { run: run({ config: { beta: 0.2, epochs: 4 } }), rows: [] },
    { run: run({ config: { epochs: 4 }, status: "queued" }), rows: [] },
    { run: run({ kind: "sft", config: { epochs: 4 }, seed: 2 }), rows: [] },
  ];
  expect(differingOptions(compared, options)).toEqual([
    { name: "beta", values: ["0.2", "0.05", null] },
    { name: "seed", values: ["1", "1", "2"] },
  ]);
});
