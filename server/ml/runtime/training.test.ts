import { expect, test } from "vitest";

import { mul, neg, square, sub } from "../graph/ops/elementwise";
import { linear } from "../graph/ops/matmul";
import { mean, sum } from "../graph/ops/reduce";
import type { AdamWOptions } from "../graph/optimizer";
import { type Weights, joinWeights } from "../graph/parameters";
import { type Feeds, float32 } from "./feeds";
import { download } from "./resident";
import { randomValue } from "./testing";
import { type OptimizerState, type Trainer, compileTraining } from "./training";

function weights(): Weights {
  return new Map([
    ["w", randomValue([3, 2], "w")],
    ["b", randomValue([2], "b")],
  ]);
}

/** Least squares: Σ (x·w + b − y)². */
function fit(
  start: Weights,
  optimizer: Partial<AdamWOptions> = {},
  more: { state?: OptimizerState; frozen?: (name: string) => boolean } = {},
): Trainer<"x" | "y", "error"> {
  return compileTraining({
    weights: start,
    inputs: { x: float32("n", 3), y: float32("n", 2) },
    build: ({ inputs: { x, y }, params }) => {
      const error = sub(linear(x, params.get("w"), params.get("b")), y);
      return { loss: sum(square(error)), outputs: { error } };
    },
    optimizer,
    threads: 1,
    ...more,
  });
}

const batch = (n: number, seed: string): Feeds<"x" | "y"> => ({
  x: randomValue([n, 3], `${seed} x`),
  y: randomValue([n, 2], `${seed} y`),
});

const numbers = (all: Weights): number[] =>
  [...all.values()].flatMap(({ data }) => Array.from(data));

/** torch.optim.AdamW with clip_grad_norm_, in double precision. */
function reference(start: Weights, gradients: Weights[], lr: number, o: AdamWOptions): number[] {
  const [w, m, v] = [numbers(start), numbers(start).fill(0), numbers(start).fill(0)];
  const matrix = [...start.values()].flatMap(({ shape, data }) =>
    [...data].map(() => shape.length > 1),
  );
  gradients.forEach((all, index) => {
    const g = numbers(all);
    const norm = Math.sqrt(g.reduce((total, x) => total + x * x, 0));
    const scale = o.clipNorm === null ? 1 : Math.min(1, o.clipNorm / (norm + 1e-6));
    g.forEach((raw, i) => {
      const x = raw * scale;
      if (o.decay === "all" || matrix[i]) w[i] *= 1 - lr * o.weightDecay;
      m[i] = o.beta1 * m[i] + (1 - o.beta1) * x;
      v[i] = o.beta2 * v[i] + (1 - o.beta2) * x * x;
      const t = index + 1;
      const denominator = Math.sqrt(v[i]) / Math.sqrt(1 - o.beta2 ** t) + o.eps;
      w[i] -= ((lr / (1 - o.beta1 ** t)) * m[i]) / denominator;
    });
  });
  return w;
}

test.each<AdamWOptions>([
  { beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0, decay: "matrices", clipNorm: null },
  { beta1: 0.8, beta2: 0.95, eps: 1e-5, weightDecay: 0.1, decay: "matrices", clipNorm: 1 },
  { beta1: 0.9, beta2: 0.99, eps: 1e-3, weightDecay: 0.3, decay: "all", clipNorm: 1000 },
])("steps are AdamW's, weights change in place: %o", async (options) => {
  const start = weights();
  const before = weights();
  const trainer = fit(start, options);
  const seen: Weights[] = [];
  for (let i = 0; i < 4; i++) {
    const feeds = batch(4, `step ${i}`);
    const { gradients } = await trainer.gradients(feeds);
    const { gradNorm, outputs } = await trainer.step(feeds, { lr: 0.02 });
    seen.push(gradients);
    const norm = Math.hypot(...numbers(gradients));
    expect([gradNorm]).toBeAllclose([norm], { rtol: 1e-5 });
    const loss = [...outputs.error.data].reduce<number>((total, x) => total + Number(x) ** 2, 0);
    expect(outputs.loss.data).toBeAllclose([loss], { rtol: 1e-5 });
  }
  await download(start.values());
  expect(numbers(start)).toBeAllclose(reference(before, seen, 0.02, options), { atol: 1e-5 });
  expect(trainer.state().step).toBe(4);
  await trainer.dispose();
});

test("accumulated microbatches give the step of the whole batch", async () => {
  const [whole, parts] = [weights(), weights()];
  const [a, b] = [fit(whole), fit(parts)];
  for (let i = 0; i < 3; i++) {
    const feeds = batch(4, `step ${i}`);
    const half = (from: number): Feeds<"x" | "y"> => ({
      x: { data: feeds.x.data.slice(from * 3, from * 3 + 6), shape: [2, 3] },
      y: { data: feeds.y.data.slice(from * 2, from * 2 + 4), shape: [2, 2] },
    });
    const one = await a.step(feeds, { lr: 0.01 });
    await b.accumulate(half(0));
    await b.accumulate(half(2));
    const two = await b.apply({ lr: 0.01 });
    expect([two.gradNorm]).toBeAllclose([one.gradNorm]);
  }
  await download([...parts.values(), ...whole.values()]);
  expect(numbers(parts)).toBeAllclose(numbers(whole));
  await expect(b.apply({ lr: 0.01 })).rejects.toThrow("nothing was accumulated");
});

test("a training resumed from its state gives bit for bit the same weights", async () => {
  const [straight, stopped] = [weights(), weights()];
  const a = fit(straight);
  const b = fit(stopped);
  for (let i = 0; i < 2; i++) await b.step(batch(4, `step ${i}`), { lr: 0.05 });
  await b.dispose();
  const state = b.state();
  const c = fit(stopped, {}, { state });
  for (let i = 2; i < 4; i++) await c.step(batch(4, `step ${i}`), { lr: 0.05 });
  for (let i = 0; i < 4; i++) await a.step(batch(4, `step ${i}`), { lr: 0.05 });
  await a.dispose();
  await c.dispose();
  expect(numbers(stopped)).toEqual(numbers(straight));
  expect(numbers(c.state().tensors)).toEqual(numbers(a.state().tensors));
});

test("a state of another model is refused", () => {
  const state = { step: 3, tensors: new Map([["m.w", randomValue([2], 1)]]) };
  expect(() => fit(weights(), {}, { state })).toThrow('"m.w" should hold 6 numbers, holds 2');
});

test("frozen weights stay, forward and gradients change nothing", async () => {
  const start = weights();
  const trainer = fit(start, {}, { frozen: (name) => name === "b" });
  const before = numbers(start);
  await trainer.forward(batch(2, "a"));
  const { gradients } = await trainer.gradients(batch(2, "a"));
  expect([...gradients.keys()]).toEqual(["w"]);
  expect(numbers(start)).toEqual(before);
  await trainer.step(batch(2, "a"), { lr: 0.1 });
  await download(start.values());
  expect([...start.get("b")!.data]).toEqual([...weights().get("b")!.data]);
  expect([...start.get("w")!.data]).not.toEqual([...weights().get("w")!.data]);
});

test("two networks learn in one step, in the arrays of their own models", async () => {
  const models = { policy: weights(), value: weights() };
  const trainer = compileTraining({
    weights: joinWeights(models),
    inputs: { x: float32("n", 3) },
    build: ({ inputs, params }) => {
      const of = (name: string) => mean(linear(inputs.x, params.under(`${name}.`).get("w")));
      return { loss: sub(mul(of("policy"), 2), of("value")) };
    },
    optimizer: { clipNorm: null },
    threads: 1,
  });
  await trainer.step({ x: { data: Float32Array.of(1, 1, 1), shape: [1, 3] } }, { lr: 0.1 });
  await download([...models.policy.values(), ...models.value.values()]);
  const move = (w: Weights): number[] =>
    [...w.get("w")!.data].map((x, i) => x - weights().get("w")!.data[i]);
  expect(move(models.policy)).toBeAllclose(
    Array.from({ length: 6 }, () => -0.1),
    { atol: 1e-5 },
  );
  expect(move(models.value)).toBeAllclose(
    Array.from({ length: 6 }, () => 0.1),
    { atol: 1e-5 },
  );
});

test("an output that no gradient needs is of the weights before the step", async () => {
  const start = weights();
  const trainer = compileTraining({
    weights: start,
    inputs: { x: float32("n", 3) },
    build: ({ inputs, params }) => {
      const w = params.get("w");
      // reads w last, after a long detour that the gradient does not take
      let probe = sum(w);
      for (let i = 0; i < 50; i++) probe = neg(mul(probe, 1 + i / 1e9));
      return { loss: sum(linear(inputs.x, w)), outputs: { probe: sub(sum(mul(w, w)), probe) } };
    },
    threads: 1,
  });
  const feeds = { x: randomValue([2, 3], 1) };
  const { probe } = await trainer.forward(feeds);
  const { outputs } = await trainer.step(feeds, { lr: 10 });
  expect([...outputs.probe.data]).toEqual([...probe.data]);
});

test("a feed that does not fit is named, with what was expected", async () => {
  const trainer = fit(weights());
  const bad = { x: randomValue([2, 3], 1), y: randomValue([3, 2], 1) };
  await expect(trainer.forward(bad)).rejects.toThrow(
    'input "y": expected float32[n, 2] with n = 2, got Float32Array [3, 2]',
  );
  await expect(trainer.forward({ x: bad.x } as Feeds<"x" | "y">)).rejects.toThrow(
    'input "y" is not fed',
  );
  expect(trainer.state().step).toBe(0);
});
