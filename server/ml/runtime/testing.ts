import { expect } from "vitest";

import { mul } from "../graph/ops/elementwise";
import { sum } from "../graph/ops/reduce";
import type { Weights } from "../graph/parameters";
import type { Tensor, TensorData } from "../graph/tensor";
import { type InputSpecs, type Value, float32, int32 } from "./feeds";
import { compileInference } from "./inference";
import { Random } from "./random";
import { forgetOnDevice } from "./resident";
import { compileTraining } from "./training";

type Numbers = ArrayLike<number>;

interface Tolerance {
  rtol?: number;
  atol?: number;
}

declare module "vitest" {
  interface Matchers<T> {
    /** |actual − expected| ≤ atol + rtol·|expected| for each number, and as many of them. */
    toBeAllclose(expected: Numbers, tolerance?: Tolerance): T;
  }
}

expect.extend({
  toBeAllclose(actual: Numbers, expected: Numbers, { rtol = 1e-5, atol = 1e-6 }: Tolerance = {}) {
    const wrong = Array.from(expected, (e, i) => ({ i, e, a: actual[i] })).filter(
      ({ e, a }) => !(Math.abs(a - e) <= atol + rtol * Math.abs(e)) && !Object.is(a, e),
    );
    const first = wrong[0];
    const pass = actual.length === expected.length && !first;
    const message = (): string =>
      actual.length === expected.length
        ? `${wrong.length} of ${expected.length} differ, first at ${first?.i}: expected ${first?.e}, got ${first?.a}`
        : `expected ${expected.length} numbers, got ${actual.length}`;
    return { pass, message };
  },
});

/** A value of small random numbers, the same for the same seed. */
export function randomValue(
  shape: readonly number[],
  seed: number | string,
  { low = -2, high = 2 } = {},
): Value<Float32Array> {
  const random = new Random(seed);
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let i = 0; i < data.length; i++) data[i] = low + (high - low) * random.uniform();
  return { data, shape };
}

export type Build = (...inputs: Tensor[]) => Tensor;

function specs(values: readonly Value[], symbolic: boolean): InputSpecs {
  const entries = values.map(({ data, shape }, i) => {
    const dims = symbolic ? shape.map((_, axis) => `x${i}_${axis}`) : shape;
    return [`x${i}`, data instanceof Int32Array ? int32(...dims) : float32(...dims)];
  });
  return Object.fromEntries(entries) as InputSpecs;
}

/** Runs one expression on the CPU. @param symbolic every size is known only when it runs */
export async function evaluate(
  build: Build,
  values: readonly Value[],
  { symbolic = false } = {},
): Promise<{ data: number[]; shape: readonly number[] }> {
  const program = await compileInference({
    weights: new Map(),
    inputs: specs(values, symbolic),
    build: ({ inputs }) => ({ y: build(...values.map((_, i) => inputs[`x${i}`])) }),
    threads: 1,
  });
  const feeds = Object.fromEntries(values.map((value, i) => [`x${i}`, value]));
  const { y } = await program.run(feeds);
  await program.dispose();
  return { data: Array.from(y.data as ArrayLike<number>, Number), shape: y.shape };
}

/**
 * The gradient of Σ y·r (r random) by each fp32 input: as the graph computes it, and by double-sided
 * differences of its forward pass.
 */
export async function gradients(
  build: Build,
  values: readonly Value[],
  step = 1e-2,
): Promise<{ analytic: number[]; numeric: number[] }> {
  const learn = values.map(({ data }) => data instanceof Float32Array);
  const weights: Weights = new Map();
  values.forEach(({ data, shape }, i) => {
    if (learn[i]) weights.set(`x${i}`, { shape, data: (data as Float32Array).slice() });
  });
  const fed = values.flatMap((value, i) => (learn[i] ? [] : [[`x${i}`, value] as const]));
  const shapes = Object.entries(specs(values, false)).filter((_, i) => !learn[i]);
  let size = 0;
  const r = new Random("directions");
  const trainer = compileTraining({
    weights,
    inputs: Object.fromEntries(shapes),
    build: ({ inputs, params, graph }) => {
      const y = build(...values.map((_, i) => (learn[i] ? params.get(`x${i}`) : inputs[`x${i}`])));
      size = y.shape.reduce<number>((a, b) => a * (b as number), 1);
      const weight = graph.constant(direction(size, r), "float32", y.shape as number[]);
      return { loss: sum(mul(y, weight)), outputs: { y } };
    },
    threads: 1,
  });
  const feeds = Object.fromEntries(fed);
  const { gradients: exact } = await trainer.gradients(feeds);
  const towards = direction(size, new Random("directions"));
  const objective = async (): Promise<number> => {
    forgetOnDevice(weights.values()); // the numbers were changed here
    const { y } = await trainer.forward(feeds);
    return dot(y.data, towards);
  };
  const result = { analytic: [] as number[], numeric: [] as number[] };
  for (const [name, { data }] of weights) {
    for (let i = 0; i < data.length; i++) {
      const x = data[i];
      data[i] = x + step;
      const [up, above] = [await objective(), data[i]];
      data[i] = x - step;
      const [down, below] = [await objective(), data[i]];
      data[i] = x;
      result.numeric.push((up - down) / (above - below));
    }
    result.analytic.push(...(exact.get(name)?.data ?? new Float32Array(data.length)));
  }
  await trainer.dispose();
  return result;
}

function direction(size: number, random: Random): number[] {
  return Array.from({ length: size }, () => Math.fround(0.5 + random.uniform()));
}

function dot(a: TensorData, b: readonly number[]): number {
  return b.reduce((total, x, i) => total + x * Number(a[i]), 0);
}
