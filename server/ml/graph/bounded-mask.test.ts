import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";

import { createSession } from "../runtime/session";
import { randomValue } from "../runtime/testing";
import { withBoundedMask } from "./bounded-mask";
import { writeOnnx } from "./onnx";
import { add, greaterOrEqual, where } from "./ops/elementwise";
import { range, unsqueeze } from "./ops/shape";
import { softmax } from "./ops/softmax";
import { Graph, type Tensor } from "./tensor";

const T = 5;

/** A softmax of scores [2, T, T], each token looking at itself and those before it. */
function causal(graph: Graph): Tensor {
  const scores = graph.input("scores", "float32", [2, T, T]);
  const steps = range(scores, T);
  const allowed = greaterOrEqual(unsqueeze(steps, 1), unsqueeze(steps, 0));
  return softmax(add(scores, unsqueeze(where(allowed, 0, -3e38), 0)));
}

test.each([
  ["near one another", 3],
  ["so far apart that some weights vanish", 200],
  ["as large as fp32 has them", 1e30],
])("scores %s: the same weights, and nothing for what is masked", async (_, range_) => {
  const y = causal(new Graph());
  const { data, shape } = randomValue([2, T, T], "scores", { low: -range_, high: range_ });
  const scores = new ort.Tensor("float32", data, shape);
  const weights: unknown[] = [];
  for (const spelling of [undefined, withBoundedMask]) {
    const session = await createSession(writeOnnx([y], { spelling }), { threads: 1 });
    weights.push((await session.run({ scores }))[y.name].data);
    await session.release();
  }
  const [plain, bounded] = weights as [Float32Array, Float32Array];
  expect(bounded).toBeAllclose(plain, { rtol: 1e-6, atol: 1e-25 });
  expect(plain.filter((p) => p === 0).length).toBeGreaterThanOrEqual(2 * 10); // what is masked, at least
});

test("a softmax without such a mask is left alone", () => {
  const graph = new Graph();
  const [x, bias] = ["x", "bias"].map((name) => graph.input(name, "float32", [2, 3]));
  for (const y of [softmax(x), softmax(add(x, bias))])
    expect(withBoundedMask(y.node!, new Set())).toEqual([y.node]);
  const masked = causal(graph).node!;
  expect(withBoundedMask(masked, new Set()).map(({ op }) => op)).toContain("Max");
});
