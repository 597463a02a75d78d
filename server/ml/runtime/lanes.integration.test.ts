import { expect, test } from "vitest";
import { square, sub } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { linear } from "../graph/ops/matmul";
import { sum } from "../graph/ops/reduce";
import type { Weights } from "../graph/parameters";
import { type Feeds, type Value, float32, int32 } from "./feeds";
import { lanesFor } from "./lanes";
import { randomValue } from "./testing";
import { type OptimizerState, type Trainer, compileTraining } from "./training";
import { intVector } from "./values";

type Input = "ids" | "y";

const weights = (): Weights =>
  new Map([
    ["table", randomValue([7, 3], "table")],
    ["frozen", randomValue([3, 3], "frozen")],
    ["w", randomValue([3, 2], "w")],
    ["b", randomValue([2], "b")],
  ]);

function fit(start: Weights, lanes: number, state?: OptimizerState): Trainer<Input, "error"> {
  return compileTraining({
    weights: start,
    inputs: { ids: int32("n"), y: float32("n", 2) },
    build: ({ inputs: { ids, y }, params }) => {
      const x = linear(gatherRows(params.get("table"), ids), params.get("frozen"));
      const error = sub(linear(x, params.get("w"), params.get("b")), y);
      return { loss: sum(square(error)), outputs: { error } };
    },
    optimizer: { weightDecay: 0.1, clipNorm: 1 },
    frozen: (name) => name === "frozen",
    provider: "cpu",
    lanes,
    state,
  });
}

/** Passes of 1, 2, 3 … rows. */
const passes = (count: number, seed: string): Feeds<Input>[] =>
  Array.from({ length: count }, (_, i) => ({
    ids: intVector(Array.from({ length: i + 1 }, (_id, row) => (3 * i + row) % 7)),
    y: randomValue([i + 1, 2], `${seed} ${i}`),
  }));

const flat = ({ data }: Value): number[] => Array.from(data, Number);
const numbers = (some: Weights): number[] =>
  [...some.values()].flatMap(({ data }) => Array.from(data));

test("lanes give the updates of one model, whatever the number of passes", async () => {
  const [one, three] = [weights(), weights()];
  const [a, b] = [fit(one, 1), fit(three, 3)];
  try {
    expect([a.lanes, b.lanes]).toEqual([1, 3]);
    for (const [i, count] of [3, 5, 1, 2, 7].entries()) {
      const feeds = passes(count, `step ${i}`);
      const [expected, got] = [
        await a.update(feeds, { lr: 0.05 }),
        await b.update(feeds, { lr: 0.05 }),
      ];
      expect([got.gradNorm]).toBeAllclose([expected.gradNorm], { rtol: 1e-5 });
      for (const [pass, { loss, error }] of got.outputs.entries()) {
        expect(flat(loss)).toBeAllclose(flat(expected.outputs[pass].loss), { rtol: 1e-5 });
        expect(error.shape).toEqual([pass + 1, 2]);
        expect(flat(error)).toBeAllclose(flat(expected.outputs[pass].error), { atol: 1e-5 });
      }
      expect(numbers(three)).toBeAllclose(numbers(one), { atol: 1e-5 });
    }
    expect(one.get("frozen")!.data).toEqual(weights().get("frozen")!.data);
    const moments = [a, b].map((trainer) => numbers(trainer.state().tensors));
    expect(moments[1]).toBeAllclose(moments[0], { atol: 1e-5 });
  } finally {
    await Promise.all([a.dispose(), b.dispose()]);
  }
  expect(numbers(three)).toBeAllclose(numbers(one), { atol: 1e-5 });
});

test("what lanes learnt goes on bit for bit from its state, also after another trainer had the weights", async () => {
  const [straight, stopped] = [weights(), weights()];
  const a = fit(straight, 2);
  const b = fit(stopped, 2);
  const learn = async (trainer: Trainer<Input, "error">, from: number): Promise<void> => {
    for (let i = from; i < from + 2; i++)
      await trainer.update(passes(3, `step ${i}`), { lr: 0.05 });
  };
  await learn(b, 0);
  const { step, tensors } = b.state();
  const copy = new Map([...tensors].map(([name, t]) => [name, { ...t, data: t.data.slice() }]));
  await b.dispose();
  const c = fit(stopped, 2, { step, tensors: copy });
  await learn(a, 0);
  await learn(a, 2);
  await learn(c, 2);
  expect(numbers(stopped)).toEqual(numbers(straight));
  const other = fit(stopped, 1);
  await other.update(passes(1, "other"), { lr: 0.05 });
  const moved = numbers(stopped);
  await c.update(passes(2, "after"), { lr: 0 });
  expect(numbers(stopped)).toBeAllclose(moved);
  await Promise.all([a, c, other].map((trainer) => trainer.dispose()));
});

test("a pass that fails changes nothing, on whichever lane it ran", async () => {
  const start = weights();
  const trainer = fit(start, 2);
  for (const bad of [0, 1]) {
    const feeds = passes(2, "bad");
    feeds[bad] = { ...feeds[bad], ids: intVector(Array.from({ length: bad + 1 }, () => 99)) };
    const before = numbers(start);
    await expect(trainer.update(feeds, { lr: 0.1 })).rejects.toThrow("index 99 is outside");
    expect(numbers(start)).toEqual(before);
  }
  const { outputs } = await trainer.update(passes(2, "good"), { lr: 0.1 });
  expect(outputs).toHaveLength(2);
  await trainer.dispose();
});

test("lanes are for models that are neither tiny nor large", () => {
  const sized = (count: number): Weights =>
    new Map([["w", { shape: [count], data: new Float32Array(count) }]]);
  const lanesOf = (learning: number, all: number, threads: number): number =>
    lanesFor({ lanes: "auto", provider: "cpu", threads, weights: sized(all) }, sized(learning));
  expect(lanesOf(600_000, 600_000, 2)).toBe(1);
  expect(lanesOf(5_800_000, 5_800_000, 2)).toBe(2);
  expect(lanesOf(5_800_000, 5_800_000, 1)).toBe(1);
  expect(lanesOf(5_800_000, 5_800_000, 64)).toBe(8);
  expect(lanesOf(2_000_000, 40_000_000, 2)).toBe(1);
});
