import { expect, test } from "vitest";

import { backward } from "./backward";
import { liveInputs } from "./onnx";
import { add, exp, mul, sub } from "./ops/elementwise";
import { linear } from "./ops/matmul";
import { sum } from "./ops/reduce";
import { reshape } from "./ops/shape";
import { opsOf, printGraph } from "./print";
import { Graph, stopGradient } from "./tensor";

test("values are named by where they are made, and made once", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", ["batch", 2]);
  const inner = graph.scope("layer1", () => graph.scope("attention", () => [mul(x, 2), mul(x, 3)]));
  expect(inner.map((y) => y.name)).toEqual(["layer1.attention.mul", "layer1.attention.mul_1"]);
  expect(mul(x, 2)).toBe(inner[0]);
  expect(graph.constants).toHaveLength(2);
});

test("a value apart from its gradient is not taken for the one with it", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", []);
  const apart = mul(x, stopGradient(x));
  const square = mul(x, x);
  const [a, b] = [backward(apart, [x]).get(x), backward(square, [x]).get(x)];
  expect(opsOf([a!])).toEqual(["Mul"]);
  expect(opsOf([b!])).toEqual(["Mul", "Add"]);
});

test("only what the outputs need is in the program, readable", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", ["batch", 3]);
  const w = graph.input("w", "float32", [3, 2]);
  const unused = graph.input("unused", "float32", []);
  exp(add(unused, 1));
  const y = linear(x, w);
  expect(liveInputs([y])).toEqual([x, w]);
  expect(printGraph([sum(mul(y, 2))])).toMatchInlineSnapshot(`
    "input x: float32[batch, 3]
    input w: float32[3, 2]
    gemm: float32[batch, 2] = Gemm(x, w)
    mul: float32[batch, 2] = Mul(gemm, 2)
    reduceSum: float32[] = ReduceSum(mul, [0, 1], keepdims=0)
    return reduceSum"
  `);
});

test("what does not fit says what was expected and what came", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", ["batch", 3]);
  const i = graph.input("i", "int32", ["batch", 3]);
  expect(() => linear(x, x)).toThrow("expected [m, k] × [k, n], got x: float32[batch, 3]");
  expect(() => sub(x, i)).toThrow("expected one type");
  expect(() => reshape(x, [4, 2])).toThrow("cannot become [4, 2]");
  expect(() => backward(x, [x])).toThrow("expected a loss of shape []");
  expect(() => graph.input("x", "float32", [])).toThrow("declared twice");
});

test("a loss has gradients only by what it depends on", () => {
  const graph = new Graph();
  const [x, z] = ["x", "z"].map((name) => graph.input(name, "float32", [2]));
  expect([...backward(sum(x), [x, z]).keys()]).toEqual([x]);
});
