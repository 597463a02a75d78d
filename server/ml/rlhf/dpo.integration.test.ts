import { describe, expect, it } from "vitest";
import { compileTraining } from "../runtime/training";
import type { RankedExample } from "./data";
import { trainDpo } from "./dpo";
import type { DpoTrainingOptions } from "./dpo-config";
import { dpoFeeds, dpoInputs, dpoLoss } from "./dpo-graph";
import { type DpoLoss, dpoPairLoss } from "./formulas/dpo";
import { rewardModelFrom } from "./reward-model";
import { copyModel } from "../nn/lora";
import { collect, flatWeights, tinyModel } from "./testing";

/** The more a's, the better. */
const data: RankedExample[] = ["bc", "de", "fg", "hb", "ce", "gd"].map((prompt, i) => ({
  prompt,
  completions: ["aaa", `aa${prompt[0]}`, `a${prompt}`, `${prompt}h`],
  groups: i % 2 === 0 ? [[0], [1], [2], [3]] : [[0], [1, 2], [3]],
}));
const options = { batchSize: 3, epochs: 3, learningRate: 1e-3, seed: 1 };

describe("trainDpo", () => {
  it.each<DpoTrainingOptions>([
    { loss: "sigmoid" },
    { loss: "sigmoid", labelSmoothing: 0.1 },
    { loss: "ipo" },
    { loss: "ipo", averageLogProbs: true, beta: 0.5 },
    { loss: "hinge" },
    { loss: "robust", labelSmoothing: 0.1 },
  ])("puts the better answers ahead with %o", async (changes) => {
    const { metrics } = await collect(
      trainDpo(tinyModel(), data, { ...options, ...changes, epochs: 15 }, { evaluation: data }),
    );
    const [first, last] = [metrics[0], metrics.at(-1)!];
    expect(first["rewards/margins"]).toBeCloseTo(0, 4);
    expect(last["rewards/margins"]).toBeGreaterThan(0.01);
    expect(last["rewards/accuracies"]).toBeGreaterThan(0.9);
    expect(last["eval/accuracy"]).toBeGreaterThan(0.9);
    expect(last.loss).toBeLessThan(first.loss);
    for (const row of metrics) expect(Object.values(row).every(Number.isFinite)).toBe(true);
  });

  it("begins at log 2, and measures from the reference that is given", async () => {
    const once = { ...options, maxSteps: 1 };
    const { metrics } = await collect(trainDpo(tinyModel(), data, once));
    expect(metrics[0].loss).toBeCloseTo(Math.log(2), 4);
    const policy = tinyModel({}, 7);
    const far = await collect(trainDpo(policy, data, once, { reference: tinyModel() }));
    expect(far.metrics[0].loss).not.toBeCloseTo(Math.log(2), 4);
  });

  it("is the same however a batch is cut", async () => {
    const whole = await collect(trainDpo(tinyModel(), data, options));
    const cut = await collect(trainDpo(tinyModel(), data, { ...options, tokensPerPass: 30 }));
    whole.metrics.forEach(({ loss }, i) => expect(cut.metrics[i].loss).toBeCloseTo(loss, 4));
  });

  it.each([1, 4])("resumed after step %i ends with the same bits", async (stopAt) => {
    const straight = tinyModel();
    const whole = await collect(trainDpo(straight, data, options));
    const { state } = await collect(trainDpo(tinyModel(), data, options), stopAt);
    const resumed = tinyModel();
    const rest = await collect(trainDpo(resumed, data, options, { resume: state! }));
    expect(flatWeights(resumed)).toEqual(flatWeights(straight));
    expect(rest.metrics).toEqual(whole.metrics.slice(stopAt));
  });

  it("leaves the reference alone", async () => {
    const reference = tinyModel();
    const before = flatWeights(reference);
    await collect(trainDpo(copyModel(reference), data, options, { reference }));
    expect(flatWeights(reference)).toEqual(before);
  });

  it("needs an order, and a language model", async () => {
    const tied = data.map((row) => ({ ...row, groups: [[0, 1, 2, 3]] }));
    await expect(collect(trainDpo(tinyModel(), tied))).rejects.toThrow(/no ranking orders two/);
    const judge = rewardModelFrom(tinyModel(), 1);
    await expect(collect(trainDpo(judge, data))).rejects.toThrow(/writes no text/);
    const long = [{ ...data[0], completions: ["a", "b".repeat(30)], groups: [[0], [1]] }];
    await expect(collect(trainDpo(tinyModel(), long))).rejects.toThrow(/ranking 1: .* 24 fit/);
  });
});

it.each<DpoLoss>(["sigmoid", "ipo", "hinge", "robust"])(
  "%s in the graph is the formula's, and its gradient that of differences",
  async (loss) => {
    const model = tinyModel();
    const answers = [
      { ids: [4, 5, 6, 2], promptLength: 1, reference: -7 },
      { ids: [4, 7, 2], promptLength: 1, reference: -4 },
      { ids: [4, 5, 5, 8, 2], promptLength: 1, reference: -9 },
    ];
    const pairs = [
      { chosen: 0, rejected: 1, weight: 0.7 },
      { chosen: 2, rejected: 1, weight: 0.3 },
    ];
    const by = { loss, beta: 0.3, labelSmoothing: 0.1 };
    const trainer = compileTraining({
      weights: model.weights,
      inputs: dpoInputs,
      build: ({ inputs, params }) => {
        const { loss: whole, logProbs } = dpoLoss(model.config, params, inputs, by);
        return { loss: whole, outputs: { logProbs } };
      },
    });
    const feeds = dpoFeeds(answers, pairs, { padId: 0, average: false });
    const { outputs, gradients } = await trainer.gradients(feeds);
    const ahead = answers.map(({ reference }, i) => Number(outputs.logProbs.data[i]) - reference);
    const expected = pairs.reduce(
      (sum, { chosen, rejected, weight }) =>
        sum + weight * dpoPairLoss(ahead[chosen] - ahead[rejected], by).loss,
      0,
    );
    expect(outputs.loss.data[0]).toBeCloseTo(expected, 4);
    const name = "transformer.h.1.mlp.c_fc.weight";
    const { data: weights } = model.weights.get(name)!;
    const at = async (delta: number) => {
      const kept = weights[5];
      weights[5] = kept + delta;
      const { loss: moved } = await trainer.forward(feeds);
      weights[5] = kept;
      return Number(moved.data[0]);
    };
    const numeric = ((await at(5e-3)) - (await at(-5e-3))) / 1e-2;
    expect(Math.abs(gradients.get(name)!.data[5] - numeric)).toBeLessThan(2e-3);
    await trainer.dispose();
  },
);
