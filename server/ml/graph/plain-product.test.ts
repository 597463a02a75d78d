import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";

import { createSession } from "../runtime/session";
import { randomValue } from "../runtime/testing";
import { writeOnnx } from "./onnx";
import type { PlainOps } from "./op-types";
import { fusedMatmul } from "./ops/matmul";
import { Graph } from "./tensor";

const cases: [a: number[], b: number[], PlainOps["FusedMatMul"]][] = [
  [[2, 3], [3, 4], {}],
  [[3, 2], [3, 4], { transA: 1, alpha: 0.5 }],
  [[5, 2, 3, 4], [5, 2, 3, 4], { transB: 1, transBatchA: 1, transBatchB: 1, alpha: 0.25 }],
  [[2, 3, 5, 5], [5, 2, 3, 4], { transBatchB: 1 }],
  [[5, 2, 3, 4], [2, 3, 5, 6], { transA: 1, transBatchA: 1 }],
];

test.each(cases)("%j × %j with %j: the same numbers written plainly", async (a, b, attributes) => {
  const graph = new Graph();
  const y = fusedMatmul(graph.input("a", "float32", a), graph.input("b", "float32", b), attributes);
  const feeds = Object.fromEntries(
    [a, b].map((shape, i) => [
      "ab"[i],
      new ort.Tensor("float32", randomValue(shape, i).data, shape),
    ]),
  );
  const results = [];
  for (const plainProducts of [false, true]) {
    const session = await createSession(writeOnnx([y], { plainProducts }), { threads: 1 });
    results.push((await session.run(feeds))[y.name]);
    await session.release();
  }
  const [fused, plain] = results;
  expect(plain.dims).toEqual(fused.dims);
  expect(plain.data as Float32Array).toBeAllclose(fused.data as Float32Array);
});
