import { describe, expect, it } from "vitest";
import { compileTraining } from "../runtime/training";
import type { RankedExample } from "./data";
import { impliedPairs } from "./formulas/kwise";
import { plackettLuceLoss } from "./formulas/plackett-luce";
import { tiedRankingLoss } from "./formulas/ties";
import { encodeRankings, trainReward } from "./reward";
import { type RewardConfig, rewardConfig, type RewardOptions } from "./reward-config";
import { rankingFeeds, rankingInputs, rankingLoss, type RankingLossOptions } from "./reward-graph";
import { rewardModelFrom } from "./reward-model";
import { evaluateReward } from "./reward-report";
import { collect, tinyModel } from "./testing";

/** The more a's, the better. */
const data: RankedExample[] = ["bc", "de", "fg", "hb", "ce", "gd"].map((prompt, i) => ({
  prompt,
  completions: ["aaa", `aa${prompt[0]}`, `a${prompt}`, `${prompt}h`],
  groups: i % 2 === 0 ? [[0], [1], [2], [3]] : [[0], [1, 2], [3]],
}));
const options = { batchSize: 3, epochs: 3, learningRate: 3e-3, seed: 1 };
const start = (seed = 1) => rewardModelFrom(tinyModel(), seed);

describe("the other losses in the graph", () => {
  const tied: RankedExample = {
    prompt: "b",
    completions: ["a", "cc", "de", "f", "gh"],
    groups: [[2], [0, 1], [4]],
    notRankable: [3],
  };
  const groups = [data[0].groups, tied.groups];
  it.each([
    ["rao-kupper", 1.6],
    ["davidson", 0.8],
  ] as const)("%s: the formula's, and its gradient", async (model, parameter) => {
    const config = rewardConfig.parse({ ties: model });
    const { scores, loss, gradient } = await computed(config, { model, parameter });
    const expected = groups.map((of, i) => tiedRankingLoss(scores[i], of, model, parameter));
    expect(loss).toBeCloseTo(expected[0].loss / 6 + expected[1].loss / 6, 4);
    expect(gradient.analytic).toBeCloseTo(gradient.numeric, 2);
  });

  it("Plackett–Luce: the formula's, and its gradient", async () => {
    const config = rewardConfig.parse({ loss: "plackett-luce" });
    const { scores, loss, gradient } = await computed(config, null);
    const [a, b] = groups.map((of, i) => plackettLuceLoss(scores[i], of));
    expect([a.stages, b.stages]).toEqual([3, 3]);
    expect(loss).toBeCloseTo(a.loss / 3 + b.loss / 3, 4);
    expect(gradient.analytic).toBeCloseTo(gradient.numeric, 2);
  });

  async function computed(config: RewardConfig, ties: RankingLossOptions["ties"]) {
    const model = start();
    const rankings = await encodeRankings(model, [data[0], tied], config);
    const feeds = rankingFeeds(rankings, 0, ({ pairs, ties: equal, stages }) =>
      stages!.length > 0 ? 1 / stages!.length : 1 / (pairs.length + equal!.length),
    );
    const trainer = compileTraining({
      weights: model.weights,
      inputs: rankingInputs,
      build: ({ inputs, params }) => {
        const options = { ...config, ties };
        const { loss, scores } = rankingLoss(model.config, params, inputs, options);
        return { loss, outputs: { scores } };
      },
    });
    const { outputs, gradients } = await trainer.gradients(feeds);
    const all = Array.from(outputs.scores.data as Float32Array);
    const { data: head } = model.weights.get("score.weight")!;
    const lossAt = async (delta: number) => {
      const kept = head[3];
      head[3] = kept + delta;
      const { loss } = await trainer.forward(feeds);
      head[3] = kept;
      return Number(loss.data[0]);
    };
    const numeric = ((await lossAt(1e-2)) - (await lossAt(-1e-2))) / 2e-2;
    await trainer.dispose();
    return {
      scores: [all.slice(0, 4), all.slice(4)],
      loss: Number(outputs.loss.data[0]),
      gradient: { analytic: gradients.get("score.weight")!.data[3], numeric },
    };
  }
});

describe("trainReward with other losses", () => {
  const share = 3 / (3 * 6 + 3 * 6); // three of the six rankings tie one of their six pairs
  it.each<[RewardOptions, parameter: unknown]>([
    [{ loss: "plackett-luce", centring: 0.01 }, undefined],
    [{ ties: "rao-kupper" }, expect.closeTo((1 + share) / (1 - share), 6)],
    [{ ties: "davidson", tieParameter: 0.5 }, 0.5],
    [{ normalisePairs: "all", normaliseWeights: "count" }, undefined],
    [{ normalisePairs: "batch" }, undefined],
  ])("learns the order with %o", async (changes, parameter) => {
    const model = start();
    const { metrics } = await collect(
      trainReward(model, data, { ...options, ...changes, epochs: 20 }),
    );
    const { accuracy } = await evaluateReward(model, data);
    expect(accuracy).toBeGreaterThan(0.9);
    expect(metrics[0].tie_parameter).toEqual(parameter);
  });

  it("refuses options of which one would do nothing", async () => {
    const run = (changes: RewardOptions) => collect(trainReward(start(), data, changes));
    await expect(run({ loss: "plackett-luce", ties: "davidson" })).rejects.toThrow(/one of pairs/);
    await expect(run({ ties: "davidson", margin: 1 })).rejects.toThrow(
      /ties "davidson" and a margin/,
    );
    await expect(run({ ties: "rao-kupper", tieParameter: 1 })).rejects.toThrow(/above 1/);
  });

  it("takes a row's own margin, and lets light rankings move less when asked", async () => {
    const loss = async (rows: RankedExample[], changes: RewardOptions) => {
      const { metrics } = await collect(
        trainReward(start(), rows, { ...options, ...changes, batchSize: 6, maxSteps: 1 }),
      );
      return metrics[0].loss;
    };
    const own = data.map((row) => ({ ...row, margin: 0.5 }));
    expect(await loss(own, {})).toBeCloseTo(await loss(data, { margin: 0.5 }), 6);
    const light = data.map((row) => ({ ...row, weight: 0.25 }));
    const plain = await loss(data, {});
    expect(await loss(light, {})).toBeCloseTo(plain, 5);
    expect(await loss(light, { normaliseWeights: "count" })).toBeCloseTo(plain / 4, 5);
    // each pair alike is each ranking weighed by its pairs
    const byPairs = data.map((row) => ({ ...row, weight: impliedPairs(row.groups).length }));
    const alike = await loss(data, { normalisePairs: "batch" });
    expect(Math.abs(alike - plain)).toBeGreaterThan(1e-4);
    expect(Math.abs(alike - (await loss(byPairs, {})))).toBeLessThan(1e-6);
  });
});
