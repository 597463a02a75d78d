import { describe, expect, test } from "vitest";

import type { Value } from "../runtime/feeds";
import { type Build, gradients, randomValue } from "../runtime/testing";
import { intVector } from "../runtime/values";
import type { Op } from "./op-types";
import { opsOf } from "./print";
import { Graph, type Tensor, stopGradient } from "./tensor";
import * as activation from "./ops/activation";
import { attention, groupedAttention, rotary } from "./ops/attention";
import * as e from "./ops/elementwise";
import {
  gatherDistinctRows,
  gatherElements,
  gatherRows,
  scatterAdd,
  scatterRows,
} from "./ops/gather";
import { fusedMatmul, linear, linearT, matmul } from "./ops/matmul";
import { layerNorm, rmsNorm } from "./ops/normalise";
import * as r from "./ops/reduce";
import * as s from "./ops/shape";
import { entropy, softmax, tokenLogProb } from "./ops/softmax";

interface Case {
  build: Build;
  shapes: (readonly number[] | Value)[];
  range?: { low: number; high: number };
}

const pairs: (readonly number[])[][] = [
  [
    [2, 3],
    [2, 3],
  ],
  [
    [1, 3],
    [2, 1],
  ],
  [[2, 1, 3], [3]],
  [[1, 2], []],
];
const unary = (f: (x: Tensor) => Tensor, range?: Case["range"]): Case[] =>
  [[2, 3], [1, 1], [4]].map((shape) => ({ build: (x) => f(x), shapes: [shape], range }));
const binary = (f: (a: Tensor, b: Tensor) => Tensor, range?: Case["range"]): Case[] =>
  pairs.map((shapes) => ({ build: (a, b) => f(a, b), shapes, range }));
const positive = { low: 0.5, high: 3 };
const index = (values: number[], shape: number[]): Value => ({
  data: Int32Array.from(values),
  shape,
});
const none = "no gradient" as const;
const condition = (x: Tensor): Tensor => e.greater(stopGradient(x), 0.3);
const causal = (x: Tensor): Tensor =>
  x.graph.constant([0, -1e9, -1e9, 0, 0, -1e9, 0, 0, 0], "float32", [3, 3]);

/** As many as there are operations: one without a case does not compile. */
const cases: Record<Op, Case[] | typeof none> = {
  FastGelu: none,
  QuickGelu: none,
  Add: binary(e.add),
  Sub: binary(e.sub),
  Mul: binary(e.mul),
  Div: binary(e.div, positive),
  Neg: unary(e.neg),
  Exp: unary(e.exp),
  Log: unary(e.log, positive),
  Sqrt: unary(e.sqrt, positive),
  Reciprocal: unary(e.reciprocal, positive),
  Pow: [...unary((x) => e.pow(x, 3)), ...unary((x) => e.pow(x, -0.5), positive)],
  Abs: unary(e.abs),
  Sign: none,
  Sin: unary(e.sin),
  Cos: unary(e.cos),
  Tanh: unary(e.tanh),
  Erf: unary(e.erf),
  Sigmoid: unary(e.sigmoid),
  Softplus: [...unary(e.softplus), ...unary(e.logSigmoid)],
  Relu: unary(e.relu),
  Max: binary(e.max),
  Min: binary(e.min),
  Clip: unary((x) => e.clip(x, -0.7, 0.9)),
  Where: [
    ...binary((a, b) => e.where(condition(a), a, b)),
    ...unary((x) => e.where(condition(x), e.mul(x, 2), 5)),
  ],
  Mod: none,
  Floor: none,
  Equal: none,
  Less: none,
  LessOrEqual: none,
  Greater: none,
  GreaterOrEqual: none,
  And: none,
  Or: none,
  Not: none,
  Cast: unary((x) => e.mul(e.cast(condition(x), "float32"), x)),
  Identity: unary(
    (x) => x.graph.emit("Identity", [x], {}, { dtype: "float32", shape: x.shape })[0],
  ),
  MatMul: [
    {
      build: (a, b) => matmul(a, b),
      shapes: [
        [2, 3],
        [3, 4],
      ],
    },
    {
      build: (a, b) => matmul(a, b),
      shapes: [
        [2, 2, 3],
        [3, 1],
      ],
    },
    {
      build: (a, b) => matmul(a, b),
      shapes: [
        [1, 2, 1, 3],
        [3, 1, 3, 2],
      ],
    },
  ],
  Gemm: [
    { build: (x, w, b) => linear(x, w, b), shapes: [[3, 2], [2, 4], [4]] },
    {
      build: (x, w) => linear(x, w),
      shapes: [
        [1, 2],
        [2, 1],
      ],
    },
    { build: (x, w, b) => linearT(x, w, b), shapes: [[3, 2], [4, 2], [4]] },
    {
      build: (x, w) => linearT(x, w),
      shapes: [
        [1, 2],
        [3, 2],
      ],
    },
  ],
  FusedMatMul: [0, 1].flatMap((transA) =>
    [0, 1].flatMap((transB) =>
      [0, 1].flatMap((batchA) =>
        [0, 1].map((batchB): Case => {
          // A' is [2, 2, 3, 4], B' [1 or 2, 2, 4, 2] once read as the flags say
          const shape = (batch: number[], m: number, n: number, trans: number, moved: number) => {
            const [x, y] = trans ? [n, m] : [m, n];
            return moved ? [x, ...batch, y] : [...batch, x, y];
          };
          const flags = {
            alpha: 0.5,
            transA: transA as 0 | 1,
            transB: transB as 0 | 1,
            transBatchA: batchA as 0 | 1,
            transBatchB: batchB as 0 | 1,
          };
          const shapes = [
            shape([2, 2], 3, 4, transA, batchA),
            shape([batchA ? 1 : 2, 2], 4, 2, transB, batchB),
          ];
          return { build: (a, b) => fusedMatmul(a, b, flags), shapes };
        }),
      ),
    ),
  ),
  ReduceSum: [
    ...unary((x) => r.sum(x)),
    ...unary((x) => r.sum(x, [-1])),
    ...unary((x) => r.sum(x, [0], true)),
  ],
  ReduceMean: [...unary((x) => r.mean(x)), ...unary((x) => r.mean(x, [-1], true))],
  ReduceMax: [...unary((x) => r.reduceMax(x)), ...unary((x) => r.reduceMax(x, [-1], true))],
  ReduceSumSquare: unary(r.sumSquares),
  ArgMax: none,
  CumSum: unary(
    (x) =>
      x.graph.emit(
        "CumSum",
        [x, x.graph.constant(0, "int32")],
        {},
        { dtype: "float32", shape: x.shape },
      )[0],
  ),
  TopK: none,
  Expand: [
    { build: (x) => r.expand(x, [2, 4, 3]), shapes: [[4, 1]] },
    { build: (x) => r.expand(x, [2, 3]), shapes: [[]] },
  ],
  Reshape: [{ build: (x) => s.reshape(x, [3, -1]), shapes: [[2, 3, 2]] }],
  Transpose: [{ build: (x) => e.square(s.transpose(x, [2, 0, 1])), shapes: [[2, 3, 1]] }],
  Unsqueeze: [{ build: (x) => s.unsqueeze(x, 0, 2), shapes: [[2, 3]] }],
  Squeeze: [{ build: (x) => s.squeeze(x, 1), shapes: [[2, 1, 3]] }],
  Concat: [
    {
      build: (a, b) => e.square(s.concat([a, b], 1)),
      shapes: [
        [2, 3],
        [2, 1],
      ],
    },
    { build: (a) => e.square(s.concat([a, a], 0)), shapes: [[1, 2]] },
  ],
  Split: [
    { build: (x) => e.mul(...(s.split(x, [2, 2], 1) as [Tensor, Tensor])), shapes: [[2, 4]] },
    { build: (x) => s.split(x, [1, 3], 0)[1], shapes: [[4]] },
  ],
  Slice: [{ build: (x) => e.square(s.slice(x, 1, 1, 3)), shapes: [[2, 4]] }],
  Pad: [{ build: (x) => s.pad(x, 0, 0, 0), shapes: [[2]] }],
  Shape: none,
  Range: none,
  Gather: [
    { build: (t, i) => gatherRows(t, i), shapes: [[4, 2], intVector([3, 0, 3])] },
    { build: (t, i) => gatherRows(t, i), shapes: [[4], intVector([1, 1, 1, 2])] },
    // a table long enough to be added to row by row
    {
      build: (t, i) => gatherRows(s.concat([t, s.zeros(t, [2000, 2])], 0), i),
      shapes: [[4, 2], intVector([3, 0, 3, 1999])],
    },
  ],
  DistinctRows: [
    { build: (t, i) => gatherDistinctRows(t, i), shapes: [[4, 2], intVector([3, 0])] },
    { build: (t, i) => gatherDistinctRows(t, i), shapes: [[1, 3], intVector([0])] },
  ],
  ScatterND: [
    {
      build: (x, i, u) => scatterRows(x, i, u),
      shapes: [[4, 2], intVector([3, 0]), [2, 2]],
    },
  ],
  GatherElements: [
    { build: (x, i) => gatherElements(x, i, 1), shapes: [[2, 3], index([2, 2, 0, 1], [2, 2])] },
  ],
  ScatterElements: [
    {
      build: (x, u, i) => e.square(scatterAdd(x, i, u, 0)),
      shapes: [[3, 2], [2, 2], index([1, 0, 1, 2], [2, 2])],
    },
  ],
  Softmax: unary((x) => e.square(softmax(x))),
  Entropy: [
    { build: entropy, shapes: [[2, 3]] },
    { build: entropy, shapes: [[1, 2]] },
    { build: entropy, shapes: [[1, 1]] },
  ],
  TokenLogProb: [
    { build: (x, t) => tokenLogProb(x, t), shapes: [[3, 4], intVector([0, 3, 3])] },
    { build: (x, t) => tokenLogProb(x, t), shapes: [[1, 2], intVector([1])] },
  ],
  LayerNormalization: none,
  LayerNorm: [
    { build: (x, g, b) => layerNorm(x, g, b, 1e-5), shapes: [[3, 5], [5], [5]] },
    { build: (x, g, b) => layerNorm(x, g, b, 1e-2), shapes: [[1, 2, 4], [4], [4]] },
  ],
  SimplifiedLayerNormalization: none,
  RmsNorm: [
    { build: (x, g) => rmsNorm(x, g, 1e-5), shapes: [[3, 5], [5]] },
    { build: (x, g) => rmsNorm(x, g, 1e-2), shapes: [[1, 2, 4], [4]] },
  ],
  GeluTanh: unary(activation.geluTanh),
  Silu: unary(activation.silu),
  Rotary: [4, 5].map((width) => ({
    build: (x, turns) =>
      rotary(x, e.cos(e.cast(turns, "float32")), e.sin(e.cast(turns, "float32"))),
    shapes: [[2, 3, width], index([0, 1, 2, 4], [2, 1, 2])],
  })),
  Attention: [
    {
      build: (q, k, v) => attention(q, k, v, causal(q), 0.7),
      shapes: [
        [3, 2, 2, 2],
        [3, 2, 2, 2],
        [3, 2, 2, 2],
      ],
    },
  ],
  // 2 key/value heads for 4 or 6
  GroupedAttention: [2, 3].map((group) => ({
    build: (q, k, v) => groupedAttention(q, k, v, causal(q), 0.7),
    shapes: [
      [3, 2, 2, group, 2],
      [3, 2, 2, 2],
      [3, 2, 2, 2],
    ],
  })),
  RotaryEmbedding: none,
  GroupQueryAttention: none,
};

const checked = Object.entries(cases).flatMap(([op, list]) =>
  list === none ? [] : [{ op, list }],
);

describe.each(checked)("$op", ({ list }) => {
  test.each(list)("gradient is that of finite differences: %#", async (one) => {
    const values = one.shapes.map((shape, i) =>
      "data" in shape ? shape : randomValue(shape, `input ${i}`, one.range),
    );
    const { analytic, numeric } = await gradients(one.build, values);
    expect(analytic).toBeAllclose(numeric, { rtol: 3e-3, atol: 3e-3 });
    // one number alone may sit where the slope is 0
    expect(numeric.length === 1 || numeric.some((x) => Math.abs(x) > 1e-2)).toBe(true);
  });
});

test.each([
  ["gelu by erf", activation.gelu],
  ["quick gelu", activation.quickGelu],
])("%s has the gradient of finite differences", async (_, f) => {
  const { analytic, numeric } = await gradients(f, [randomValue([3, 4], 1)]);
  expect(analytic).toBeAllclose(numeric, { rtol: 3e-3, atol: 3e-3 });
});

test("equal ones share the gradient of max and min, clip's edges let it through, as in torch", async () => {
  const at = (f: Build, ...inputs: number[]): Promise<{ analytic: number[] }> =>
    gradients(
      f,
      inputs.map((x) => ({ data: Float32Array.of(x), shape: [1] })),
    );
  const scale = 0.5 + (await at(e.neg, 1)).analytic[0] * -1 - 0.5; // the direction's one number
  expect((await at(e.max, 1, 1)).analytic).toBeAllclose([scale / 2, scale / 2]);
  expect((await at(e.min, 1, 1)).analytic).toBeAllclose([scale / 2, scale / 2]);
  expect((await at((x) => e.clip(x, 0, 1), 1)).analytic).toBeAllclose([scale]);
  expect((await at((x) => e.clip(x, 0, 1), 1.5)).analytic).toBeAllclose([0]);
  expect((await at(e.relu, 0)).analytic).toBeAllclose([0]);
});

test("no gradient flows through stopGradient, though the value is the same", async () => {
  const x = randomValue([3], 5);
  const { analytic } = await gradients((y) => e.mul(y, stopGradient(y)), [x]);
  const { analytic: whole } = await gradients((y) => e.mul(y, y), [x]);
  expect(analytic).toBeAllclose(whole.map((g) => g / 2));
});

test.each<[string, Build, (readonly number[])[], string[]]>([
  ["silu", activation.silu, [[2]], ["QuickGelu"]],
  ["geluTanh", activation.geluTanh, [[2]], ["FastGelu"]],
  ["gelu", activation.gelu, [[2]], ["Mul", "Erf", "Add", "Mul", "Mul"]],
  ["logSigmoid", e.logSigmoid, [[2]], ["Neg", "Softplus", "Neg"]],
  ["layerNorm", (x, g, b) => layerNorm(x, g, b, 1e-5), [[2, 3], [3], [3]], ["LayerNormalization"]],
  ["rmsNorm", (x, g) => rmsNorm(x, g, 1e-5), [[2, 3], [3]], ["SimplifiedLayerNormalization"]],
  [
    "entropy",
    entropy,
    [[2, 3]],
    ["Softmax", "ReduceMax", "ReduceMax", "Log", "Sub", "Mul", "ReduceSum", "Sub", "Squeeze"],
  ],
  [
    "attention",
    (q, k, v, bias) => attention(q, k, v, bias, 1),
    [
      [3, 1, 2, 4],
      [3, 1, 2, 4],
      [3, 1, 2, 4],
      [3, 3],
    ],
    ["FusedMatMul", "Add", "Softmax", "FusedMatMul", "Transpose"],
  ],
])("%s emits these operators", (_, build, shapes, ops) => {
  const graph = new Graph();
  const inputs = shapes.map((shape, i) => graph.input(`x${i}`, "float32", shape));
  expect(opsOf([build(...inputs)])).toEqual(ops);
});
