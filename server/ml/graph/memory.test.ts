import { describe, expect, test } from "vitest";

import { bytesOf, executionOrder, peakBytes } from "./memory";
import { exp, mul, neg } from "./ops/elementwise";
import { matmul } from "./ops/matmul";
import { sum } from "./ops/reduce";
import { reshape } from "./ops/shape";
import { Graph } from "./tensor";

const sizes = new Map([["n", 10]]);
const row = 10 * 4 * 4; // bytes of [n, 4]
const product = 10 * 8 * 4; // bytes of [n, 8]

function inputs() {
  const graph = new Graph();
  const x = graph.input("x", "float32", ["n", 4]);
  const w = graph.input("w", "float32", [4, 8]);
  const v = graph.input("v", "float32", [8, 4]);
  return { graph, x, w, v };
}

describe("peakBytes", () => {
  test("a value costs its bytes while it has readers; inputs cost nothing", () => {
    const { x, w, v } = inputs();
    const y = matmul(matmul(x, w), v);
    expect(peakBytes([y], sizes)).toBe(product + row);
  });

  test("elementwise kernels write over what nobody reads after", () => {
    const { x, w } = inputs();
    expect(peakBytes([exp(neg(exp(matmul(x, w))))], sizes)).toBe(product);
    const h = matmul(x, w);
    expect(peakBytes([mul(exp(neg(h)), h)], sizes)).toBe(2 * product);
  });

  test("an input of the program is never written over", () => {
    const { x } = inputs();
    expect(peakBytes([neg(x)], sizes)).toBe(row);
  });

  test("a view costs nothing, and holds what it views", () => {
    const { x, w } = inputs();
    const h = matmul(x, w);
    const flat = reshape(h, [-1]);
    expect(peakBytes([flat], sizes)).toBe(product);
    expect(peakBytes([sum(mul(h, reshape(flat, ["n", 8])))], sizes)).toBe(2 * product);
  });

  test("outputs are held to the end", () => {
    const { x, w, v } = inputs();
    const a = matmul(x, w);
    const b = matmul(a, v);
    const c = matmul(b, w);
    expect(peakBytes([c], sizes)).toBe(row + product);
    expect(peakBytes([a, c], sizes)).toBe(product + row + product);
  });

  test("a node's workspace counts while it computes", () => {
    const { x, w } = inputs();
    const y = matmul(x, w);
    expect(peakBytes([y], sizes, ({ op }) => (op === "MatMul" ? 1000 : 0))).toBe(product + 1000);
  });
});

test("bytes follow sizes and types", () => {
  const graph = new Graph();
  expect(bytesOf(graph.input("i", "int64", ["n", 3]), sizes)).toBe(240);
  expect(bytesOf(graph.input("b", "bool", ["n"]), sizes)).toBe(10);
});

test("nodes run as the runtime orders what is written: the first result that nobody reads first", () => {
  const { x, w, v } = inputs();
  const first = exp(x);
  const second = matmul(matmul(x, w), v);
  expect(executionOrder([first, second]).map(({ op }) => op)).toEqual(["Exp", "MatMul", "MatMul"]);
});
