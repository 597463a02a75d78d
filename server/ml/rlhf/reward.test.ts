import { describe, expect, it } from "vitest";
import type { RankedExample } from "./data";
import { kwiseLoss } from "./formulas/kwise";
import { encodeRankings, trainReward } from "./reward";
import { rankingFeeds, rankingInputs, rankingLoss } from "./reward-graph";
import { rewardConfig } from "./reward-config";
import { rewardModelFrom, valueModelFrom } from "./reward-model";
import { evaluateReward, normaliseReward, reportRewards } from "./reward-report";
import { scoreCompletions } from "./score";
import { compileTraining } from "../runtime/training";
import { collect, flatWeights, tinyModel } from "./testing";

/** The more a's, the better. */
const data: RankedExample[] = ["bc", "de", "fg", "hb", "ce", "gd"].map((prompt, i) => ({
  prompt,
  completions: ["aaa", `aa${prompt[0]}`, `a${prompt}`, `${prompt}h`],
  groups: i % 2 === 0 ? [[0], [1], [2], [3]] : [[0], [1, 2], [3]],
}));
const options = { batchSize: 3, epochs: 3, learningRate: 3e-3, seed: 1 };
const start = (seed = 1) => rewardModelFrom(tinyModel(), seed);

describe("the loss in the graph", () => {
  const partial: RankedExample = {
    prompt: "b",
    completions: ["a", "cc", "de", "f"],
    groups: [[2], [0, 1]],
    notRankable: [3],
    weight: 2,
  };
  it.each([{}, { margin: 0.3 }, { labelSmoothing: 0.1, centring: 0.05 }])(
    "is the formula's, and its gradient is that of finite differences, with %o",
    async (changes) => {
      const config = rewardConfig.parse(changes);
      const { margin, labelSmoothing, centring } = config;
      const added = { margin, labelSmoothing, centring };
      const model = start();
      const rankings = await encodeRankings(model, [data[0], partial], config);
      const feeds = rankingFeeds(rankings, 0, ({ pairs, weight }) => weight / 3 / pairs.length);
      const trainer = compileTraining({
        weights: model.weights,
        inputs: rankingInputs,
        build: ({ inputs, params }) => {
          const { loss, scores } = rankingLoss(model.config, params, inputs, {
            ...config,
            ties: null,
          });
          return { loss, outputs: { scores } };
        },
      });
      const { outputs, gradients } = await trainer.gradients(feeds);
      const scores = Array.from(outputs.scores.data as Float32Array);
      const expected =
        kwiseLoss(scores.slice(0, 4), data[0].groups, added).loss / 3 +
        (2 * kwiseLoss(scores.slice(4), partial.groups, added).loss) / 3;
      expect(outputs.loss.data[0]).toBeCloseTo(expected, 5);
      for (const name of ["score.weight", "transformer.h.1.mlp.c_proj.weight"]) {
        const { data } = model.weights.get(name)!;
        const lossAt = async (delta: number) => {
          const kept = data[3];
          data[3] = kept + delta;
          const { loss } = await trainer.forward(feeds);
          data[3] = kept;
          return Number(loss.data[0]);
        };
        const numeric = ((await lossAt(1e-2)) - (await lossAt(-1e-2))) / 2e-2;
        expect(gradients.get(name)!.data[3]).toBeCloseTo(numeric, 3);
      }
      await trainer.dispose();
    },
  );
});

describe("trainReward", () => {
  it("learns the order, and beats longer-wins where length says nothing", async () => {
    const model = start();
    const before = await evaluateReward(model, data);
    const { metrics } = await collect(trainReward(model, data, { ...options, epochs: 20 }));
    const after = await evaluateReward(model, data);
    expect(after.accuracy).toBeGreaterThan(0.95);
    expect(after.accuracy).toBeGreaterThan(before.accuracy);
    expect(after.brier).toBeLessThan(before.brier);
    expect(after.lengthBaseline).toBe(0.5);
    expect(after).toMatchObject({ prompts: 6, pairs: 3 * 6 + 3 * 5 });
    expect(after.accuracyInterval[0]).toBeLessThanOrEqual(after.accuracy);
    expect(after.accuracyInterval[1]).toBeGreaterThanOrEqual(after.accuracy);
    expect(metrics.at(-1)!.accuracy).toBeGreaterThan(0.9);
  });

  it("is the same however a batch is cut, for it weighs each ranking 1", async () => {
    const [whole, cut] = [start(), start()];
    const a = await collect(trainReward(whole, data, options));
    const b = await collect(trainReward(cut, data, { ...options, tokensPerPass: 30 }));
    const c = await collect(trainReward(start(), data, { ...options, microBatchSize: 2 }));
    a.metrics.forEach(({ loss, pairs }, i) => {
      for (const { metrics } of [b, c]) {
        expect(metrics[i].loss).toBeCloseTo(loss, 4);
        expect(metrics[i].pairs).toBe(pairs);
      }
    });
  });

  it("puts rankings of like lengths into one pass, so that little of it is padding", async () => {
    const long = "abcdefghabcd";
    const mixed = data.flatMap(({ prompt, completions, groups }) => [
      { prompt, completions, groups },
      { prompt, completions: completions.map((text) => text + long), groups },
    ]);
    const whole = { ...options, batchSize: mixed.length, maxSteps: 1 };
    const shares = await Promise.all(
      [{}, { microBatchSize: data.length }].map(async (cut) => {
        const { metrics } = await collect(trainReward(start(), mixed, { ...whole, ...cut }));
        return metrics[0].padding_share;
      }),
    );
    expect(shares[0]).toBeGreaterThan(0.25); // all at once: the short beside the long
    expect(shares[1]).toBeLessThan(0.1);
  });

  it.each([1, 4])("resumed after step %i ends with the same bits", async (stopAt) => {
    for (const more of [{}, { emaDecay: 0.8, microBatchSize: 1, bucketWindow: 2 }]) {
      const config = { ...options, ...more };
      const straight = start();
      await collect(trainReward(straight, data, config));
      const { state } = await collect(trainReward(start(), data, config), stopAt);
      const resumed = start();
      await collect(trainReward(resumed, data, config, { resume: state! }));
      expect(flatWeights(resumed)).toEqual(flatWeights(straight));
    }
  });

  it("measures held-out loss and accuracy, of the weights that become the model", async () => {
    const model = start();
    const heldOut = data.slice(0, 2);
    const config = { ...options, evaluateEvery: 2, keepBest: true, emaDecay: 0.5 };
    const { metrics } = await collect(trainReward(model, data, config, { evaluation: heldOut }));
    const losses = metrics.flatMap((row) => row["eval/loss"] ?? []);
    expect(losses).toHaveLength(3);
    const scores = await scoreCompletions(
      model,
      heldOut.flatMap(({ prompt, completions }) =>
        completions.map((completion) => ({ prompt, completion })),
      ),
    );
    const lossOf = ({ groups }: RankedExample, i: number) =>
      kwiseLoss(scores.slice(4 * i, 4 * i + 4).map(Number), groups).loss;
    const mean = (lossOf(heldOut[0], 0) + lossOf(heldOut[1], 1)) / 2;
    expect(mean).toBeCloseTo(Math.min(...losses), 5);
    const { accuracy } = await evaluateReward(model, heldOut);
    expect(metrics[losses.indexOf(Math.min(...losses)) * 2 + 1]["eval/accuracy"]).toBeCloseTo(
      accuracy,
      5,
    );
  });

  it("says what it leaves out, and of which batch a loss is no number", async () => {
    const notes: string[] = [];
    const long = { ...data[0], completions: ["aaa", "aab", "abc", "h".repeat(30)] };
    const tied = { ...data[0], groups: [[0, 1, 2, 3]] };
    const model = start();
    model.weights.get("score.weight")!.data.fill(Number.NaN);
    const run = trainReward(
      model,
      [long, data[1], tied, data[3]],
      { overlong: "drop" },
      { note: (text) => notes.push(text) },
    );
    await expect(collect(run)).rejects.toThrow(
      /reward step 1: loss is NaN in the batch of rankings 2, 4; lower/,
    );
    expect(notes).toEqual([
      "1 of 4 rankings hold a completion longer than 24 tokens with its prompt: left out",
      "1 of 4 rankings order no two completions, or weigh nothing: left out",
    ]);
  });

  it("needs an order, and a score head", async () => {
    const tied = data.map((row) => ({ ...row, groups: [[0, 1, 2, 3]] }));
    await expect(collect(trainReward(start(), tied))).rejects.toThrow(/no ranking orders two/);
    await expect(collect(trainReward(tinyModel(), data))).rejects.toThrow(/not a reward model/);
  });

  it.each<[string, Partial<RankedExample>, RegExp]>([
    [
      "one completion",
      { completions: ["a"], groups: [[0]] },
      /ranking 2: it has 1 completion; a ranking needs 2 to 9/,
    ],
    ["ten completions", { completions: Array.from("abcdefghij") }, /it has 10 completions/],
    [
      "a completion twice",
      { completions: ["a", "b", "a"], groups: [[0]] },
      /ranking 2: two of its completions are the same text/,
    ],
    [
      "an unknown completion",
      { groups: [[0], [4]] },
      /names completion 4, but its completions are 0 to 3/,
    ],
    ["one named twice", { groups: [[0], [1, 0]] }, /names completion 0 twice/],
    [
      "one ranked and not rankable",
      { groups: [[0], [1]], notRankable: [1] },
      /names completion 1 twice/,
    ],
    ["a negative weight", { weight: -1 }, /its weight is -1/],
    [
      "a completion longer than the context",
      { completions: ["a", "b".repeat(30)], groups: [[0], [1]] },
      /ranking 2: prompt and completion have 33 tokens, 24 fit/,
    ],
  ])("refuses %s", async (_, changes, message) => {
    const rows = [data[0], { ...data[1], ...changes }];
    await expect(collect(trainReward(start(), rows))).rejects.toThrow(message);
  });
});

describe("normalisation", () => {
  const references = data.map(({ prompt }) => ({ prompt, completion: "aab" }));
  it("gives references mean 0 and, when asked, standard deviation 1; weights stay", async () => {
    const model = start();
    const before = flatWeights(model);
    const shifted = await normaliseReward(model, references, { normalise: "shift" });
    const scaled = await normaliseReward(model, references, { normalise: "shift-and-scale" });
    const mean = (xs: (number | null)[]) => xs.reduce<number>((a, x) => a + x!, 0) / xs.length;
    const a = await scoreCompletions(shifted, references);
    const b = await scoreCompletions(scaled, references);
    expect(mean(a)).toBeCloseTo(0, 5);
    expect(mean(b)).toBeCloseTo(0, 4);
    expect(mean(b.map((x) => x! ** 2))).toBeCloseTo(1, 3);
    expect(flatWeights(scaled)).toEqual(before);
    expect(shifted.config.reward!.std).toBe(1);
    // renormalising starts from the scores as trained
    const again = await normaliseReward(scaled, references, { normalise: "shift" });
    expect(again.config.reward).toEqual(shifted.config.reward);
    expect(
      (await normaliseReward(scaled, references, { normalise: "none" })).config.reward,
    ).toBeUndefined();
  });
  it("changes no order and no probability", async () => {
    const model = start();
    const plain = await evaluateReward(model, data);
    const scaled = await normaliseReward(model, references, { normalise: "shift-and-scale" });
    const after = await evaluateReward(scaled, data);
    expect(after.accuracy).toBe(plain.accuracy);
    expect(after.brier).toBeCloseTo(plain.brier, 5);
  });
});

describe("scoring", () => {
  it("does not depend on the company or the order of rows", async () => {
    const model = start();
    const rows = data.flatMap(({ prompt, completions }) =>
      completions.map((completion, i) => ({ prompt: prompt.repeat(1 + i), completion })),
    );
    const all = await scoreCompletions(model, rows, { tokensPerPass: 40 });
    const [alone] = await scoreCompletions(model, [rows[5]]);
    expect(all[5]).toBeCloseTo(alone!, 5);
    const reversed = await scoreCompletions(model, rows.toReversed());
    reversed.toReversed().forEach((score, i) => expect(score).toBeCloseTo(all[i]!, 5));
  });
  it("gives one score to a text that comes twice, each in its place", async () => {
    const row = (completion: string) => ({ prompt: "b", completion });
    const scores = await scoreCompletions(start(), ["aa", "cc", "aa"].map(row));
    expect(scores[2]).toBe(scores[0]);
    expect(scores[1]).not.toBeCloseTo(scores[0]!, 3);
  });
  it("combines an ensemble", async () => {
    const members = [start(1), start(2)];
    const row = [{ prompt: "b", completion: "aa" }];
    const [a] = await scoreCompletions(members[0], row);
    const [b] = await scoreCompletions(members[1], row);
    expect(a).not.toBeCloseTo(b!, 3);
    const [mean] = await scoreCompletions(members, row);
    const [worst] = await scoreCompletions(members, row, { ensemble: "wco" });
    expect(mean).toBeCloseTo((a! + b!) / 2, 5);
    expect(worst).toBeCloseTo(Math.min(a!, b!), 5);
  });
});

it("a reward model copies the backbone and draws its head; a value network's is zero", () => {
  const base = tinyModel({ tied: false });
  const model = rewardModelFrom(base, 7);
  expect(model.config.head).toBe("score");
  expect(model.weights.has("lm_head.weight")).toBe(false);
  expect(model.weights.get("transformer.wte.weight")!.data).toEqual(
    base.weights.get("transformer.wte.weight")!.data,
  );
  expect(model.weights.get("transformer.wte.weight")!.data).not.toBe(
    base.weights.get("transformer.wte.weight")!.data,
  );
  const head = model.weights.get("score.weight")!;
  expect(head.shape).toEqual([1, 16]);
  expect(head.data.some((x) => x !== 0)).toBe(true);
  expect(rewardModelFrom(base, 7).weights.get("score.weight")).toEqual(head);
  expect(
    valueModelFrom(base)
      .weights.get("score.weight")!
      .data.every((x) => x === 0),
  ).toBe(true);
});

it("a report counts pairs by prompt and calibrates by confidence", () => {
  const report = reportRewards(
    [
      { prompt: "p", completions: ["long text", "x"], groups: [[0], [1]] },
      { prompt: "p", completions: ["long text", "x"], groups: [[1], [0]] },
      { prompt: "q", completions: ["aa", "a"], groups: [[0], [1]] },
    ],
    [
      [2, 0],
      [2, 0],
      [0, 1],
    ],
  );
  expect(report).toMatchObject({ prompts: 2, pairs: 3 });
  expect(report.accuracy).toBeCloseTo(1 / 3, 12);
  expect(report.lengthBaseline).toBeCloseTo(2 / 3, 12);
  const [p, q] = [1 / (1 + Math.exp(-2)), 1 / (1 + Math.exp(1))];
  expect(report.brier).toBeCloseTo(((1 - p) ** 2 + p ** 2 + (1 - q) ** 2) / 3, 12);
});
