import { describe, expect, it } from "vitest";
import { compileTraining } from "../runtime/training";
import { floatVector } from "../runtime/values";
import { type PpoRunOptions, trainPpo } from "./ppo";
import { ppoConfig, type PpoOptions } from "./ppo-config";
import { experienceOf, rolloutMetrics } from "./ppo-experience";
import { clippedPolicyLoss, clippedValueLoss, policyInputs, valueInputs } from "./ppo-graph";
import { copyModel } from "../nn/lora";
import { rewardModelFrom } from "./reward-model";
import { programReward } from "./reward-source";
import { responseFeeds } from "./rollout";
import { runSteps, type Step } from "./step";
import { collect, flatWeights, tinyModel } from "./testing";

const prompts = ["ab", "c", "def", "g", "h a"];
const options = {
  iterations: 3,
  batchSize: 16,
  minibatches: 2,
  epochs: 2,
  maxNewTokens: 6,
  learningRate: 1e-3,
  seed: 5,
};
const models = () => {
  const policy = tinyModel();
  return { policy, reward: rewardModelFrom(tinyModel({}, 2), 3) };
};
/** Likes a's: one point each, in prompt and answer. */
const likesA = programReward(
  (prompt, completion) => (prompt + completion).split("a").length - 1,
  "a",
);
const likesAll = programReward(() => 1, "all");

describe("trainPpo", () => {
  it("has KL 0 and ratio 1 before anything moved", async () => {
    const once = { ...options, iterations: 1, minibatches: 1, epochs: 1 };
    const { metrics } = await collect(trainPpo(models(), prompts, once));
    expect(metrics[0]["objective/kl"]).toBeCloseTo(0, 5);
    expect(metrics[0]["val/ratio"]).toBeCloseTo(1, 5);
    expect(metrics[0]["policy/approxkl_avg"]).toBeLessThan(1e-9);
    expect(metrics[0]["policy/clipfrac_avg"]).toBe(0);
  });

  it("reports every metric by its name, as finite numbers", async () => {
    const { metrics } = await collect(trainPpo(models(), prompts, options));
    const names =
      "objective/kl objective/kl_coef objective/entropy objective/non_score_reward objective/rlhf_reward objective/scores policy/approxkl_avg policy/clipfrac_avg policy/entropy_avg loss/policy_avg loss/value_avg val/clipfrac_avg val/var_explained val/ratio val/ratio_var val/num_eos_tokens returns/mean returns/var grad_norm lr episode";
    for (const row of metrics)
      expect(names.split(" ").filter((name) => !Number.isFinite(row[name]))).toEqual([]);
    expect(metrics.map((row) => row.episode)).toEqual([16, 32, 48]);
  });

  it("moves the policy towards what is rewarded", async () => {
    const { policy, reward } = models();
    const easy = {
      beta: 0.01,
      learningRate: 5e-3,
      eosRule: "subtract",
      missingEosScore: 0,
    } as const;
    const config = { ...options, ...easy, iterations: 8, batchSize: 64 };
    const { metrics } = await collect(
      trainPpo({ policy, reward }, prompts, config, { source: likesA }),
    );
    expect(metrics.at(-1)!["objective/scores"]).toBeGreaterThan(metrics[0]["objective/scores"] + 1);
    expect(metrics.at(-1)!["objective/kl"]).toBeGreaterThan(0.2);
  });

  it("does not move it beyond noise when every response is worth the same", async () => {
    const { policy, reward } = models();
    const config = { ...options, iterations: 6, batchSize: 64, eosRule: "subtract" as const };
    const { metrics } = await collect(
      trainPpo(
        { policy, reward },
        prompts,
        { ...config, missingEosScore: 0 },
        { source: likesAll },
      ),
    );
    const scores = metrics.map((row) => row["objective/scores"]);
    expect(new Set(scores)).toEqual(new Set([1]));
    expect(Math.abs(metrics.at(-1)!["objective/kl"])).toBeLessThan(0.05);
  });

  const texts = [
    { prompt: "", completion: "abcd efgh" },
    { prompt: "ab", completion: "h".repeat(40) },
  ];
  it.each<[string, PpoOptions, PpoRunOptions]>([
    ["a value network from the policy", { valueInit: "policy" }, {}],
    ["a value head on the trunk", { valueInit: "trunk", temperature: 0.7 }, {}],
    [
      "pretraining text beside it",
      { ptxCoefficient: 2, ptxTexts: 3, tokensPerPass: 60 },
      { texts },
    ],
    [
      "everything at once",
      {
        valueInit: "trunk",
        ptxCoefficient: 1,
        entropyCoefficient: 0.01,
        dualClip: 3,
        whitenRewards: true,
        whitenVariance: "sample",
        klEstimator: "k3",
        scoreClip: 2,
        eosRule: "subtract",
        valueClip: null,
        kl: "fixed",
      },
      { texts },
    ],
  ])("runs, and resumes bit for bit, with %s", async (_, changes, more) => {
    const config = { ...options, ...changes };
    const straight = models();
    const whole = await collect(trainPpo(straight, prompts, config, more));
    expect(whole.metrics[0]["objective/kl"]).toBeCloseTo(0, 4);
    for (const row of whole.metrics)
      expect(Object.entries(row).filter(([, value]) => !Number.isFinite(value))).toEqual([]);
    const { state } = await collect(trainPpo(models(), prompts, config, more), 2);
    const resumed = models();
    const rest = await collect(trainPpo(resumed, prompts, config, { ...more, resume: state! }));
    expect(rest.metrics).toEqual(whole.metrics.slice(2));
    expect(flatWeights(resumed.policy)).toEqual(flatWeights(straight.policy));
  });

  it("keeps pretraining text likely", async () => {
    const ptx = async (ptxCoefficient: number) => {
      const { policy, reward } = models();
      const config = { ...options, ptxCoefficient, ptxTexts: 2, learningRate: 3e-3 };
      const beside = ptxCoefficient === 0 ? {} : { texts };
      const { metrics } = await collect(trainPpo({ policy, reward }, prompts, config, beside));
      return metrics.map((row) => row["loss/ptx_avg"]);
    };
    const losses = await ptx(5);
    expect(losses.at(-1)!).toBeLessThan(losses[0] - 0.2);
    expect(await ptx(0)).toEqual([undefined, undefined, undefined]);
    const idle = trainPpo(models(), prompts, { ...options, ptxCoefficient: 0 }, { texts });
    await expect(collect(idle)).rejects.toThrow(/ptxCoefficient 0 lets it weigh nothing/);
    const without = trainPpo(models(), prompts, { ...options, ptxCoefficient: 1 });
    await expect(collect(without)).rejects.toThrow(/no pretraining text for ptxCoefficient/);
  });

  it("stops by its rule on the KL, for good", async () => {
    const config = { ...options, beta: 0, learningRate: 1e-2, stopKl: 0.01 };
    const { metrics, state } = await collect(trainPpo(models(), prompts, config));
    expect(metrics.length).toBeLessThan(3);
    expect(metrics.at(-1)!["objective/kl"]).toBeGreaterThan(0.01);
    for (const row of metrics.slice(0, -1)) expect(row["objective/kl"]).toBeLessThan(0.01);
    const rest = await collect(trainPpo(models(), prompts, config, { resume: state! }));
    expect(rest.metrics).toEqual([]);
  });

  it("needs something that rewards, and gives it the prompts' labels", async () => {
    const { policy } = models();
    await expect(collect(trainPpo({ policy }, prompts, options))).rejects.toThrow(
      /nothing rewards the responses/,
    );
    const seen = new Map<string, string | null>();
    const source = programReward((prompt, _, label) => {
      seen.set(prompt, label);
      return 0;
    }, "seen");
    const labels = ["1", null, "3", "4", "5"];
    await collect(trainPpo({ policy }, prompts, { ...options, iterations: 1 }, { source, labels }));
    expect(seen).toEqual(new Map(prompts.map((p, i) => [p, labels[i]])));
  });

  it("leaves the reference and the reward model alone", async () => {
    const { policy, reward } = models();
    const reference = copyModel(policy);
    const before = [flatWeights(reference), flatWeights(reward)];
    await collect(trainPpo({ policy, reference, reward }, prompts, options));
    expect([flatWeights(reference), flatWeights(reward)]).toEqual(before);
    expect(flatWeights(policy)).not.toEqual(before[0]);
  });

  it.each([1, 2])("resumed after iteration %i ends with the same bits", async (stopAt) => {
    const straight = models();
    const whole = await collect(trainPpo(straight, prompts, options));
    const { state } = await collect(trainPpo(models(), prompts, options), stopAt);
    const resumed = models();
    const rest = await collect(trainPpo(resumed, prompts, options, { resume: state! }));
    expect(flatWeights(resumed.policy)).toEqual(flatWeights(straight.policy));
    expect(rest.metrics).toEqual(whole.metrics.slice(stopAt));
  });

  it("averages the policy once an iteration, on a run that goes on as without", async () => {
    const config = { ...options, emaDecay: 0.5 };
    const plain = models();
    const bare = await collect(trainPpo(plain, prompts, options));
    const averaged = models();
    const whole = await collect(trainPpo(averaged, prompts, config));
    expect(whole.metrics).toEqual(bare.metrics);
    const { state } = await collect(trainPpo(models(), prompts, config), 2);
    const resumed = models();
    await collect(trainPpo(resumed, prompts, config, { resume: state! }));
    expect(flatWeights(resumed.policy)).toEqual(flatWeights(averaged.policy));
    const distance = (from: ReturnType<typeof models>) => {
      const start = flatWeights(models().policy);
      return Math.hypot(...flatWeights(from.policy).map((w, i) => w - start[i]));
    };
    expect(distance(averaged)).toBeLessThan(distance(plain));
    expect(distance(averaged)).toBeGreaterThan(0.1 * distance(plain));
  });

  it("lets the learning rate rise as asked", async () => {
    const config = {
      ...options,
      iterations: 2,
      batchSize: 4,
      schedule: "constant",
      warmup: 0.5,
    } as const;
    const { metrics } = await collect(trainPpo(models(), prompts, config));
    expect(metrics.map(({ lr }) => lr)).toEqual([0, 1e-3]);
  });

  it("cuts a minibatch into passes without changing it", async () => {
    const [a, b] = [models(), models()];
    const once = { ...options, iterations: 1 };
    const whole = await collect(trainPpo(a, prompts, once));
    const cut = await collect(trainPpo(b, prompts, { ...once, microBatchSize: 3 }));
    expect(cut.metrics[0]["loss/policy_avg"]).toBeCloseTo(whole.metrics[0]["loss/policy_avg"], 4);
    const [x, y] = [flatWeights(a.policy), flatWeights(b.policy)];
    expect(Math.max(...x.map((w, i) => Math.abs(w - y[i])))).toBeLessThan(2e-3);
  });

  it("follows the KL with an adaptive β, and holds a fixed one", async () => {
    const betas = async (kl: "adaptive" | "fixed") => {
      const config = { ...options, kl, klHorizon: 100, klTarget: 0.5 };
      const { metrics } = await collect(trainPpo(models(), prompts, config));
      return metrics.map((row) => row["objective/kl_coef"]);
    };
    expect(await betas("fixed")).toEqual([0.15, 0.15, 0.15]);
    expect((await betas("adaptive"))[1]).toBeCloseTo(0.15 * (1 - (0.2 * 16) / 100), 6);
  });

  it("shows samples with their scores", async () => {
    const steps: Step[] = [];
    await runSteps(
      trainPpo(models(), prompts, { ...options, iterations: 1, samples: 2 }),
      (step) => {
        steps.push(step);
      },
    );
    expect(steps[0].samples).toHaveLength(2);
    expect(prompts).toContain(steps[0].samples![0].prompt);
    expect(steps[0].samples![0].completion).toMatch(/^[a-h ]*$/);
    const seldom = { ...options, samplesEvery: 2 };
    const counts: number[] = [];
    await runSteps(trainPpo(models(), prompts, seldom), ({ samples }) => {
      counts.push(samples!.length);
    });
    expect(counts).toEqual([0, 4, 0]);
  });

  it("takes an ensemble, and a value network from the policy", async () => {
    const { policy, reward } = models();
    const second = rewardModelFrom(tinyModel({}, 4), 5);
    const { metrics } = await collect(
      trainPpo(
        { policy, reward: [reward, second] },
        prompts,
        { ...options, valueInit: "policy" },
        { ensemble: "wco" },
      ),
    );
    expect(metrics).toHaveLength(3);
  });

  it("says what is wrong with its input", async () => {
    const { policy, reward } = models();
    const run = (m: Parameters<typeof trainPpo>[0], p: string[], c = {}) =>
      collect(trainPpo(m, p, { ...options, ...c }));
    await expect(run({ policy, reward }, [])).rejects.toThrow(/no prompts/);
    await expect(run({ policy, reward }, ["a", "b".repeat(24)])).rejects.toThrow(
      /prompt 2: it has 24 tokens, which leaves no room to answer in the model's context of 24/,
    );
    await expect(run({ policy: reward, reward }, prompts)).rejects.toThrow(
      /reward model, which writes no text/,
    );
    await expect(run({ policy, reward: policy }, prompts, { valueInit: "policy" })).rejects.toThrow(
      /not a reward model/,
    );
    const trunk = { valueInit: "trunk", valueWarmup: 1 };
    await expect(run({ policy, reward }, prompts, trunk)).rejects.toThrow(/trunk would move/);
    await expect(run({ policy, reward }, prompts, { batchSize: 1 })).rejects.toThrow(
      /2 minibatches of 1 episodes/,
    );
  });
});

describe("the losses in the graph", () => {
  const responses = [
    { ids: [4, 5, 6, 7, 2], promptLength: 2 },
    { ids: [5, 6, 4], promptLength: 1 },
  ];
  const sequence = responseFeeds(responses, 0);
  const weights = floatVector([0.2, 0.2, 0.2, 0.2, 0.2]);
  const close = async (
    trainer: {
      forward(f: never): Promise<{ loss: { data: ArrayLike<unknown> } }>;
      gradients(f: never): Promise<{ gradients: Map<string, { data: Float32Array }> }>;
    },
    model: ReturnType<typeof tinyModel>,
    feeds: object,
    names: string[],
  ) => {
    const { gradients } = await trainer.gradients(feeds as never);
    let worst = 0;
    for (const name of names) {
      const { data } = model.weights.get(name)!;
      const at = async (delta: number) => {
        const kept = data[5];
        data[5] = kept + delta;
        const { loss } = await trainer.forward(feeds as never);
        data[5] = kept;
        return Number(loss.data[0]);
      };
      const numeric = ((await at(5e-3)) - (await at(-5e-3))) / 1e-2;
      worst = Math.max(worst, Math.abs(gradients.get(name)!.data[5] - numeric));
    }
    return worst;
  };

  it.each([{}, { dualClip: 1.5 }, { entropyCoefficient: 0.1, temperature: 0.7 }])(
    "policy: gradient of finite differences with %o",
    async (changes) => {
      const model = tinyModel();
      const config = ppoConfig.parse(changes);
      const trainer = compileTraining({
        weights: model.weights,
        inputs: policyInputs,
        build: ({ inputs, params }) => ({
          loss: clippedPolicyLoss(model.config, params, inputs, config).loss,
        }),
      });
      const feeds = {
        ...sequence,
        weights,
        oldLogProbs: floatVector([-2.6, -2.5, -2.2, -3.1, -2.4]),
        advantages: floatVector([1, -1.2, 0.5, -0.4, 2]),
      };
      const names = ["transformer.wte.weight", "transformer.h.0.attn.c_attn.weight"];
      expect(await close(trainer, model, feeds, names)).toBeLessThan(2e-3);
    },
  );
  it.each([{}, { valueClip: null }])(
    "value: gradient of finite differences with %o",
    async (changes) => {
      const model = rewardModelFrom(tinyModel(), 1);
      const config = ppoConfig.parse(changes);
      const trainer = compileTraining({
        weights: model.weights,
        inputs: valueInputs,
        build: ({ inputs, params }) => ({
          loss: clippedValueLoss(model.config, params, inputs, config).loss,
        }),
      });
      const { targets: _, ...rest } = sequence;
      const feeds = {
        ...rest,
        weights,
        oldValues: floatVector([0, 1, -1, 0.5, 0.2]),
        returns: floatVector([1, -1, 0.3, 0.7, 0]),
      };
      expect(
        await close(trainer, model, feeds, ["score.weight", "transformer.h.1.mlp.c_fc.weight"]),
      ).toBeLessThan(2e-3);
    },
  );
});

it("experience: score at the last token, KL priced, then whitened", () => {
  const config = ppoConfig.parse({ whitenAdvantages: false, scoreClip: 5 });
  const episode = {
    prompt: "p",
    label: null,
    ids: [1, 2, 3],
    promptLength: 1,
    hasEos: true,
    rawScore: 9,
    logProbs: Float32Array.of(-1, -2),
    refLogProbs: Float32Array.of(-1.5, -2),
    values: Float32Array.of(0, 0),
  };
  const made = experienceOf([episode, { ...episode, hasEos: false }], 0.1, config);
  expect(made.scores).toEqual([5, -1]);
  expect(made.returns[0][1]).toBeCloseTo(5, 6);
  expect(made.returns[0][0]).toBeCloseTo(-0.05 + 0.95 * 5, 6);
  const metrics = rolloutMetrics(made, 0.1);
  expect(metrics["objective/kl"]).toBeCloseTo(0.5, 6);
  expect(metrics["objective/rlhf_reward"]).toBeCloseTo(2 - 0.05, 6);
  expect(metrics["val/num_eos_tokens"]).toBe(1);
});
