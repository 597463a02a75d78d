import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";

import { writeOnnx } from "../graph/onnx";
import { mul } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { Graph } from "../graph/tensor";
import { Program } from "./program";
import { download, forgetOnDevice } from "./resident";
import { createSession, defaultProvider, listProviders, runInto, writesInPlace } from "./session";
import { evaluate, randomValue } from "./testing";
import { intVector } from "./values";

test("results are left in place with this version of the runtime", async () => {
  expect(await writesInPlace()).toBe(true);
});

test.each([true, false])("a result reaches its buffer (marked: %s)", async (marked) => {
  const graph = new Graph();
  const x = graph.input("x", "float32", ["n"]);
  const y = mul(x, 3);
  const session = await createSession(writeOnnx([y], { marker: marked }), { threads: 1 });
  const [from, to] = [Float32Array.of(1, 2), new Float32Array(2)];
  const tensor = (data: Float32Array) => new ort.Tensor("float32", data, [2]);
  await runInto(session, { x: tensor(from) }, { [y.name]: tensor(to) }, marked);
  expect([...to]).toEqual([3, 6]);
  await session.release();
});

test("a program updates its buffers, and reads what others wrote there", async () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  const weight = { shape: [2], data: Float32Array.of(1, 2) };
  const updates = new Map([["x", mul(x, 2)]]);
  const program = await Program.compile({ before: x }, new Map([["x", weight]]), updates);
  await program.run({});
  await download([weight]);
  weight.data[0] = 10;
  forgetOnDevice([weight]);
  const { before } = await program.run({});
  expect([...before.data]).toEqual([10, 4]);
  await program.dispose();
  expect([...weight.data]).toEqual([20, 8]);
});

// a GPU's kernels do not look
test.runIf(defaultProvider === "cpu")("an index outside its table says so", async () => {
  const rows = evaluate((t, i) => gatherRows(t, i), [randomValue([4, 2], 1), intVector([1, 4])]);
  await expect(rows).rejects.toThrow("index 4 is outside -4 … 3");
});

test("a provider that is not here is named, with those that are", async () => {
  const graph = new Graph();
  const model = writeOnnx([mul(graph.input("x", "float32", []), 2)]);
  await expect(createSession(model, { provider: "abacus" })).rejects.toThrow(
    `"abacus" is not in this installation; choose one of ${listProviders().join(", ")}`,
  );
});
