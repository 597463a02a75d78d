import { describe, expect, it } from "vitest";
import { parseConfig } from "./config";
import { rewardConfig } from "./reward-config";
import { requireSameRun, type TrainingState } from "./step";

const config = parseConfig(rewardConfig, { batchSize: 4, wordReplacement: 0.5 }, "reward");

/** What a checkpoint of a run with some config reads as. */
const stateOf = (of: Partial<typeof config>): TrainingState => {
  const stored = JSON.parse(JSON.stringify(of)) as Record<string, unknown>;
  const json = { kind: "reward", config: stored, optimizerSteps: {} } as const;
  return { step: 3, tensors: new Map(), json };
};

describe("requireSameRun", () => {
  it("goes on with the same options, and shows the first that differs", () => {
    expect(() => requireSameRun(stateOf(config), "reward", config, rewardConfig)).not.toThrow();
    const other = { ...config, batchSize: 8 };
    expect(() => requireSameRun(stateOf(config), "reward", other, rewardConfig)).toThrow(
      "the checkpoint was made with batchSize 4, this run has 8; resume with the same options, or start anew",
    );
    expect(() => requireSameRun(stateOf(config), "ppo", config, rewardConfig)).toThrow(
      "the checkpoint is of a reward run, not of ppo",
    );
  });

  it("takes an option that the checkpoint's version had none of for its default", () => {
    const { normalisePairs, wordReplacement, ...older } = config;
    expect(normalisePairs).toBe("implied");
    expect(() =>
      requireSameRun(stateOf({ ...older, wordReplacement }), "reward", config, rewardConfig),
    ).not.toThrow();
    expect(() => requireSameRun(stateOf(older), "reward", config, rewardConfig)).toThrow(
      "made with wordReplacement 0, this run has 0.5",
    );
  });
});
