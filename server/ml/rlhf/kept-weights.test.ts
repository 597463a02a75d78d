import { expect, it } from "vitest";
import "../runtime/testing";
import { evaluateLm } from "./evaluate-lm";
import { emaDecayAt, KeptWeights } from "./kept-weights";
import { trainSft } from "./sft";
import type { SftOptions } from "./sft-config";
import { runSteps } from "./step";
import { collect, flatWeights, throughDisk, tinyModel } from "./testing";

const letters = "abcdefgh";
const data = Array.from(letters, (letter, i) => ({
  prompt: `${letter}${letters[(i + 3) % 8]}`,
  completion: letter.repeat(1 + (i % 3)),
}));
const options = { batchSize: 3, epochs: 3, learningRate: 1e-2, seed: 3 } as const;

it("decays less at first, then as asked", () => {
  expect([1, 8, 100].map((t) => emaDecayAt(t, 0.9))).toEqual([2 / 11, 9 / 18, 0.9]);
});

it("averages the weights after each update, while the run goes on as without", async () => {
  const plain = tinyModel();
  const history: number[][] = [];
  const start = flatWeights(plain);
  const bare = await collect(
    (async function* () {
      for await (const step of trainSft(plain, data, options)) {
        history.push(flatWeights(plain));
        yield step;
      }
    })(),
  );
  const expected = history.reduce((average, weights, t) => {
    const decay = emaDecayAt(t + 1, 0.7);
    return average.map((a, i) => decay * a + (1 - decay) * weights[i]);
  }, start);
  const averaged = tinyModel();
  const { metrics, state } = await collect(trainSft(averaged, data, { ...options, emaDecay: 0.7 }));
  expect(metrics).toEqual(bare.metrics);
  expect(flatWeights(averaged)).toBeAllclose(expected, { rtol: 1e-5, atol: 1e-6 });
  expect(flatWeights(averaged)).not.toBeAllclose(history.at(-1)!, { rtol: 1e-3 });
  // the checkpoint holds both
  const name = "transformer.wte.weight";
  expect(state!.tensors.get(`average.${name}`)!.data).toEqual(averaged.weights.get(name)!.data);
  expect(state!.tensors.get(`model.weights.${name}`)!.data).toEqual(plain.weights.get(name)!.data);
});

it("evaluates the average", async () => {
  const model = tinyModel();
  const steps = trainSft(model, data, { ...options, emaDecay: 0.9 }, { evaluation: data });
  const { metrics } = await collect(steps);
  const { loss } = await evaluateLm(model, data);
  expect(metrics.at(-1)!["eval/loss"]).toBeCloseTo(loss, 6);
});

it("makes the model the best that was evaluated, also when the run is left", async () => {
  const wild: SftOptions = { ...options, learningRate: 0.3, schedule: "constant" };
  const keeping = { ...wild, keepBest: true, evaluateEvery: 2 };
  const losses = async (leaveAfter: number) => {
    const model = tinyModel();
    const steps = trainSft(model, data, keeping, { evaluation: data });
    const { metrics } = await collect(steps, leaveAfter);
    return {
      seen: metrics.flatMap((m) => m["eval/loss"] ?? []),
      own: (await evaluateLm(model, data)).loss,
    };
  };
  const worse = (seen: number[]) =>
    seen.findIndex((loss, i) => i > 0 && loss > Math.min(...seen.slice(0, i)));
  const full = await losses(Infinity);
  expect(full.own).toBeCloseTo(Math.min(...full.seen), 5);
  const place = worse(full.seen);
  expect(place).toBeGreaterThan(0); // there is an evaluation that is not the best of those before
  const left = await losses(2 * (place + 1));
  expect(left.seen).toEqual(full.seen.slice(0, place + 1));
  expect(left.own).toBeCloseTo(Math.min(...left.seen), 5);
  expect(left.own).toBeLessThan(left.seen.at(-1)!);
});

it.each([1, 3, 6, 9])("resumed after step %i ends with the same bits", async (stopAt) => {
  const all: SftOptions = {
    ...options,
    packing: true,
    microBatchSize: 1,
    bucketWindow: 2,
    emaDecay: 0.9,
    evaluateEvery: 2,
    keepBest: true,
    learningRate: 0.1,
  };
  const run = { evaluation: data.slice(0, 4) };
  const straight = tinyModel();
  const { metrics, state: end } = await collect(trainSft(straight, data, all, run));
  const { state } = await collect(trainSft(tinyModel(), data, all, run), stopAt);
  const resumed = tinyModel();
  const rest = await collect(trainSft(resumed, data, all, { ...run, resume: state! }));
  expect(flatWeights(resumed)).toEqual(flatWeights(straight));
  expect(rest.metrics).toEqual(metrics.slice(stopAt));
  expect(rest.state ?? end).toEqual(end); // none where nothing was left to do
});

it("leaves out of a checkpoint what does not learn", () => {
  const model = tinyModel();
  const kept = new KeptWeights(model, { emaDecay: 0.5, keepBest: true });
  kept.evaluated(1, 2);
  const moment = { shape: [1], data: new Float32Array(1) };
  const bare = {
    step: 1,
    tensors: new Map([["model.adam.m.transformer.ln_f.bias", moment]]),
    json: { kind: "sft", config: {}, optimizerSteps: {} } as const,
  };
  const state = throughDisk(kept.addTo(bare, "model"));
  expect([...state.tensors.keys()].slice(1)).toEqual([
    "average.transformer.ln_f.bias",
    "best.transformer.ln_f.bias",
  ]);
  expect(state.json.kept).toEqual({ averageUpdates: 0, best: { step: 1, loss: 2 } });
});

it.each<[string, SftOptions, string]>([
  ["nothing to evaluate", { evaluateEvery: 1 }, "there is no evaluation data"],
  ["one evaluation", {}, "set evaluateEvery"],
])("refuses to keep the best of %s", async (_, change, message) => {
  const evaluation = message.startsWith("set") ? data : [];
  const steps = trainSft(tinyModel(), data, { ...change, keepBest: true }, { evaluation });
  await expect(runSteps(steps)).rejects.toThrow(message);
});
