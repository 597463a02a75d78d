import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";

import { createSession } from "../runtime/session";
import { randomValue } from "../runtime/testing";
import { writeOnnx } from "./onnx";
import type { PlainOps } from "./op-types";
import { rotary } from "./ops/attention";
import { fusedMatmul } from "./ops/matmul";
import { rmsNorm } from "./ops/normalise";
import { plainly } from "./plain-ops";
import { Graph, type Tensor } from "./tensor";

const cases: [a: number[], b: number[], PlainOps["FusedMatMul"]][] = [
  [[2, 3], [3, 4], {}],
  [[3, 2], [3, 4], { transA: 1, alpha: 0.5 }],
  [[5, 2, 3, 4], [5, 2, 3, 4], { transB: 1, transBatchA: 1, transBatchB: 1, alpha: 0.25 }],
  [[2, 3, 5, 5], [5, 2, 3, 4], { transBatchB: 1 }],
  [[5, 2, 3, 4], [2, 3, 5, 6], { transA: 1, transBatchA: 1 }],
];

/** What a program gives, its nodes as they are and as standard ones. */
async function bothWays(y: Tensor, shapes: Record<string, number[]>) {
  const feeds = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      new ort.Tensor("float32", randomValue(shape, name).data, shape),
    ]),
  );
  const results = [];
  for (const spelling of [undefined, plainly]) {
    const session = await createSession(writeOnnx([y], { spelling }), { threads: 1 });
    results.push((await session.run(feeds))[y.name]);
    await session.release();
  }
  return results as [ort.Tensor, ort.Tensor];
}

test.each(cases)("%j × %j with %j: the same numbers written plainly", async (a, b, attributes) => {
  const graph = new Graph();
  const y = fusedMatmul(graph.input("a", "float32", a), graph.input("b", "float32", b), attributes);
  const [fused, plain] = await bothWays(y, { a, b });
  expect(plain.dims).toEqual(fused.dims);
  expect(plain.data as Float32Array).toBeAllclose(fused.data as Float32Array);
});

test.each([6, 8])(
  "heads of %i numbers, of which 6 are rotated: the same numbers written plainly",
  async (width) => {
    const graph = new Graph();
    const shapes = { x: [5, 2, width], cos: [5, 1, 3], sin: [5, 1, 3] };
    const [x, cos, sin] = Object.entries(shapes).map(([name, shape]) =>
      graph.input(name, "float32", shape),
    );
    const [rotated, plain] = await bothWays(rotary(x, cos, sin), shapes);
    expect(plain.dims).toEqual(rotated.dims);
    expect(plain.data as Float32Array).toBeAllclose(rotated.data as Float32Array);
  },
);

test("a root mean square that is used: the same number written plainly", async () => {
  const graph = new Graph();
  const [x, gain] = [graph.input("x", "float32", [3, 4]), graph.input("gain", "float32", [4])];
  const { saved } = rmsNorm(x, gain, 0.01).composite!;
  const [inverse, plain] = await bothWays(saved[0], { x: [3, 4], gain: [4] });
  expect(plain.dims).toEqual(inverse.dims);
  expect(plain.data as Float32Array).toBeAllclose(inverse.data as Float32Array);
});
