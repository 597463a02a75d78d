import { describe, expect, test, vi } from "vitest";
import { writeOnnx } from "../graph/onnx";
import { gatherRows } from "../graph/ops/gather";
import { linear } from "../graph/ops/matmul";
import { Graph } from "../graph/tensor";
import * as binding from "./direct-binding";
import { toOrt } from "./feeds";
import { openFixedSession } from "./fixed-session";
import { writesInPlace } from "./session";

test("the runtime's native part is as expected in this version", async () => {
  expect(await binding.directBinding()).not.toBeNull();
});

describe.each(["direct", "by the public way"])("%s", (way) => {
  /** y = table[i]·w, with both weights constant. */
  async function open() {
    if (way !== "direct") vi.spyOn(binding, "directBinding").mockResolvedValue(null);
    const graph = new Graph();
    const index = graph.input("i", "int32", ["n"]);
    const [table, w] = ["table", "w"].map((name) => graph.input(name, "float32", [2, 2]));
    const y = linear(gatherRows(table, index), w);
    const marked = await writesInPlace();
    const onnx = writeOnnx([y], { marker: marked, external: new Set(["table", "w"]) });
    const constants = new Map(
      ["table", "w"].map((name, i) => [
        name,
        { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4 + i) },
      ]),
    );
    const session = await openFixedSession(onnx, { constants, marked, threads: 1 });
    const indices = Int32Array.of(1);
    const result = new Float32Array(2);
    const run = session.bind(
      { i: toOrt({ data: indices, shape: [1] }, "int32") },
      { [y.name]: toOrt({ data: result, shape: [1, 2] }, "float32") },
    );
    return { session, constants, indices, result, run };
  }

  test("runs over the same arrays again and again", async () => {
    const { session, indices, result, run } = await open();
    await run();
    expect([...result]).toEqual([15, 26]); // [3, 4] · [[1, 2], [3, 5]]
    indices[0] = 0;
    await run();
    expect([...result]).toEqual([7, 12]);
    await session.release();
  });

  test("constants are copies", async () => {
    const { session, constants, result, run } = await open();
    for (const { data } of constants.values()) data.fill(NaN);
    await run();
    expect([...result]).toEqual([15, 26]);
    await session.release();
  });

  test("an error of a run is told, and the next run works", async () => {
    const { session, indices, result, run } = await open();
    indices[0] = 2;
    await expect((async () => run())()).rejects.toThrow("index 2 is outside -2 … 1");
    indices[0] = 1;
    await run();
    expect([...result]).toEqual([15, 26]);
    await session.release();
  });
});
