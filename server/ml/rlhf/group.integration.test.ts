import { describe, expect, it } from "vitest";
import { compileTraining } from "../runtime/training";
import { floatVector } from "../runtime/values";
import { clippedSequenceLoss, grpoLoss, reinforceLoss, tokenWeights } from "./formulas/group";
import { trainGrpo, trainRloo } from "./group";
import { type GroupMethod, grpoConfig, rlooConfig } from "./group-config";
import { groupInputs, groupLoss } from "./group-graph";
import { rewardModelFrom } from "./reward-model";
import { programReward } from "./reward-source";
import { responseFeeds } from "./rollout";
import { ownerFeed } from "./sequence-graph";
import { collect, flatWeights, tinyModel } from "./testing";

const prompts = ["ab", "c", "def", "g", "h a"];
const options = {
  iterations: 3,
  batchSize: 16,
  generations: 4,
  minibatches: 2,
  maxNewTokens: 6,
  learningRate: 1e-3,
  seed: 5,
};
const models = () => ({ policy: tinyModel(), reward: rewardModelFrom(tinyModel({}, 2), 3) });
const likesA = programReward((_, completion) => completion.split("a").length - 1, "a");
const likesAll = programReward(() => 1, "all");
const ending = { eosRule: "subtract", missingEosScore: 0 } as const;

describe.each([
  ["RLOO", trainRloo],
  ["GRPO", trainGrpo],
] as const)("%s", (_, train) => {
  it("has KL 0 and ratio 1 before anything moved, and reports by PPO's names", async () => {
    const once = { ...options, iterations: 1, minibatches: 1 };
    const { metrics } = await collect(train(models(), prompts, once));
    const [row] = metrics;
    expect(row["objective/kl"]).toBeCloseTo(0, 5);
    expect(row["val/ratio"]).toBeCloseTo(1, 5);
    expect(row["policy/clipfrac_avg"]).toBe(0);
    const names =
      "objective/kl objective/kl_coef objective/entropy objective/non_score_reward objective/rlhf_reward objective/scores policy/approxkl_avg policy/clipfrac_avg policy/entropy_avg loss/policy_avg val/ratio val/ratio_var val/num_eos_tokens grad_norm lr episode frac_reward_zero_std";
    expect(names.split(" ").filter((name) => !Number.isFinite(row[name]))).toEqual([]);
  });

  it("moves the policy towards what is rewarded", async () => {
    const { policy } = models();
    const more = { iterations: 10, epochs: 3, batchSize: 64, learningRate: 5e-3 };
    const config = { ...options, ...ending, ...more };
    const { metrics } = await collect(
      train({ policy }, prompts, { ...config, beta: 0.01 }, { source: likesA }),
    );
    expect(metrics.at(-1)!["objective/scores"]).toBeGreaterThan(metrics[0]["objective/scores"] + 1);
  });

  it("does not move it beyond noise when every response is worth the same", async () => {
    const { policy } = models();
    const config = { ...options, ...ending, iterations: 6, batchSize: 64 };
    const { metrics } = await collect(train({ policy }, prompts, config, { source: likesAll }));
    expect(metrics.map((row) => row.frac_reward_zero_std)).toEqual(metrics.map(() => 1));
    expect(Math.abs(metrics.at(-1)!["objective/kl"])).toBeLessThan(0.05);
  });

  it.each([1, 2])("resumed after iteration %i ends with the same bits", async (stopAt) => {
    const straight = models();
    const whole = await collect(train(straight, prompts, options));
    const { state } = await collect(train(models(), prompts, options), stopAt);
    const resumed = models();
    const rest = await collect(train(resumed, prompts, options, { resume: state! }));
    expect(flatWeights(resumed.policy)).toEqual(flatWeights(straight.policy));
    expect(rest.metrics).toEqual(whole.metrics.slice(stopAt));
  });

  it("says what is wrong with its input", async () => {
    const run = (changes: object) => collect(train(models(), prompts, { ...options, ...changes }));
    await expect(run({ generations: 5 })).rejects.toThrow(/batchSize 16.*set batchSize to 15/);
    await expect(run({ generations: 1 })).rejects.toThrow(/generations/);
    await expect(collect(train({ policy: models().policy }, prompts))).rejects.toThrow(
      /nothing rewards/,
    );
  });
});

describe("the losses in the graph", () => {
  const responses = [
    { ids: [4, 5, 6, 7, 2], promptLength: 2 },
    { ids: [5, 6, 4], promptLength: 1 },
  ];
  const old = [
    [-2.6, -2.5, -2.2],
    [-3.1, -2.4],
  ];
  const reference = [
    [-2.4, -2.9, -2.1],
    [-2.2, -2.6],
  ];
  const advantages = [1.2, -0.8];
  const grpo = (aggregation: "grpo" | "bnpo" | "dr_grpo"): GroupMethod => ({
    kind: "grpo",
    config: grpoConfig.parse({ aggregation, beta: 0.1, maxNewTokens: 8 }),
  });
  const rloo = (loss: "clipped" | "reinforce"): GroupMethod => ({
    kind: "rloo",
    config: rlooConfig.parse({ loss }),
  });

  it.each([grpo("grpo"), grpo("bnpo"), grpo("dr_grpo"), rloo("clipped"), rloo("reinforce")])(
    "are the formulas', with the gradient of differences: $kind $config",
    async (method) => {
      const model = tinyModel();
      const trainer = compileTraining({
        weights: model.weights,
        inputs: groupInputs,
        build: ({ inputs, params }) => {
          const { loss, ...outputs } = groupLoss(model.config, params, inputs, method);
          return { loss, outputs };
        },
      });
      const aggregation = method.kind === "grpo" ? method.config.aggregation : "grpo";
      const weights = tokenWeights([3, 2], aggregation, 8);
      const feeds = {
        ...responseFeeds(responses, 0),
        owner: ownerFeed([3, 2]),
        oldLogProbs: floatVector(old.flat()),
        refLogProbs: floatVector(reference.flat()),
        tokenWeights: floatVector(old.flatMap((row, i) => row.map(() => weights[i]))),
        advantages: floatVector(advantages),
        weights: floatVector([0.5, 0.5]),
      };
      const { outputs, gradients } = await trainer.gradients(feeds);
      const logProbs = outputs.logProbs.data as Float32Array;
      const rows = [logProbs.slice(0, 3), logProbs.slice(3)];
      expect(outputs.loss.data[0]).toBeCloseTo(lossOf(method, rows), 5);
      const { data } = model.weights.get("transformer.h.0.attn.c_attn.weight")!;
      const at = async (delta: number) => {
        const kept = data[5];
        data[5] = kept + delta;
        const { loss } = await trainer.forward(feeds);
        data[5] = kept;
        return Number(loss.data[0]);
      };
      const numeric = ((await at(5e-3)) - (await at(-5e-3))) / 1e-2;
      const analytic = gradients.get("transformer.h.0.attn.c_attn.weight")!.data[5];
      expect(Math.abs(analytic - numeric)).toBeLessThan(2e-3);
      await trainer.dispose();
    },
  );

  function lossOf({ kind, config }: GroupMethod, logProbs: Float32Array[]): number {
    if (kind === "grpo")
      return grpoLoss(
        { logProbs, oldLogProbs: old, refLogProbs: reference, advantages },
        { ...config, maxTokens: 8 },
      ).loss;
    return config.loss === "reinforce"
      ? reinforceLoss(logProbs, advantages).loss
      : clippedSequenceLoss(logProbs, old, advantages, config).loss;
  }
});
