import { expect, test } from "vitest";
import { sum } from "../graph/ops/reduce";
import { float32 } from "../runtime/feeds";
import { compileInference } from "../runtime/inference";
import { Random } from "../runtime/random";
import { compileTraining } from "../runtime/training";
import { dropout, dropoutFeeds, dropoutInputs } from "./dropout";

const [rows, width] = [512, 64];
const ones = { data: new Float32Array(rows * width).fill(1), shape: [rows, width] };

/** 1 where a number was kept, else 0. */
async function masks(rate: number, ...draws: { module: string; seed: number }[]) {
  const all: Float32Array[] = [];
  for (const { module, seed } of draws) {
    const program = await compileInference({
      weights: new Map(),
      inputs: { x: float32("rows", width), ...dropoutInputs },
      build: ({ inputs }) => ({ y: dropout(inputs.x, rate, inputs.dropout, module) }),
    });
    const { y } = await program.run({ x: ones, ...dropoutFeeds(new Random(seed)) });
    await program.dispose();
    expect(new Set(y.data as Float32Array)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
    all.push((y.data as Float32Array).map((value) => (value === 0 ? 0 : 1)));
  }
  return all;
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const correlation = (a: Float32Array, b: Float32Array): number => {
  const [ma, mb] = [mean(a), mean(b)];
  const covariance = mean(a.map((x, i) => (x - ma) * (b[i] - mb)));
  return covariance / Math.sqrt(ma * (1 - ma) * mb * (1 - mb));
};

test.each([0.1, 0.5])("drops a share of %f, everywhere alike", async (rate) => {
  const [mask] = await masks(rate, { module: "q", seed: 1 });
  expect(mean(mask)).toBeCloseTo(1 - rate, 1.5);
  const deviation = (n: number): number => 5 * Math.sqrt((rate * (1 - rate)) / n);
  for (let i = 0; i < width; i++) {
    const column = mask.filter((_, at) => at % width === i);
    expect(Math.abs(mean(column) - 1 + rate)).toBeLessThan(deviation(rows));
  }
  for (let i = 0; i < rows; i++) {
    const row = mask.subarray(i * width, (i + 1) * width);
    expect(Math.abs(mean(row) - 1 + rate)).toBeLessThan(deviation(width));
  }
});

test("masks of other steps, modules, rows and columns have nothing to do with each other", async () => {
  const [a, again, step, module] = await masks(
    0.5,
    { module: "q", seed: 1 },
    { module: "q", seed: 1 },
    { module: "q", seed: 2 },
    { module: "k", seed: 1 },
  );
  expect(again).toEqual(a);
  const bound = 5 / Math.sqrt(rows * width);
  expect(Math.abs(correlation(a, step))).toBeLessThan(bound);
  expect(Math.abs(correlation(a, module))).toBeLessThan(bound);
  for (const shift of [1, 2, 7, width, 2 * width, 3 * width, 64 * width]) {
    const moved = Float32Array.from({ length: a.length }, (_, i) => a[(i + shift) % a.length]);
    expect(Math.abs(correlation(a, moved)), `shift ${shift}`).toBeLessThan(bound);
  }
  // four corners of a rectangle: even or odd as often
  const sign = (i: number, j: number): number => 2 * a[i * width + j] - 1;
  const corners = Array.from({ length: 20_000 }, (_, n) => {
    const [i, j] = [n % (rows - 9), (n * 7) % (width - 5)];
    return sign(i, j) * sign(i + 9, j) * sign(i, j + 5) * sign(i + 9, j + 5);
  });
  expect(Math.abs(mean(corners))).toBeLessThan(5 / Math.sqrt(20_000));
});

test("the gradient flows where the number was kept", async () => {
  const trainer = compileTraining({
    weights: new Map([["x", { data: ones.data.slice(), shape: ones.shape }]]),
    inputs: dropoutInputs,
    build: ({ inputs, params }) => {
      const y = dropout(params.get("x"), 0.25, inputs.dropout, "q");
      return { loss: sum(y), outputs: { y } };
    },
  });
  const { outputs, gradients } = await trainer.gradients(dropoutFeeds(new Random(3)));
  await trainer.dispose();
  expect(gradients.get("x")!.data).toEqual(outputs.y.data);
});
