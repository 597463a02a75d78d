import { expect, it } from "vitest";
import { intVector } from "../../runtime/values";
import { int32, float32, declareInputs } from "../../runtime/feeds";
import { Program } from "../../runtime/program";
import { randomValue } from "../../runtime/testing";
import { backward } from "../backward";
import { liveNodes } from "../onnx";
import { mul, square } from "../ops/elementwise";
import { gatherElements, gatherRows } from "../ops/gather";
import { sum } from "../ops/reduce";
import { unsqueeze } from "../ops/shape";
import { Graph, type Tensor } from "../tensor";
import { addWholeRows } from "./add-whole-rows";

const opsOf = (outputs: Tensor[]): string[] => liveNodes(outputs).map(({ op }) => op);
const rows = 2000; // beyond those that are added by a product

it("adds rows that repeat whole, to the same sums", async () => {
  const graph = new Graph();
  const x = declareInputs(graph, {
    table: float32(rows, 3),
    ids: int32("n"),
    y: float32("n", 3),
  });
  const loss = sum(mul(square(gatherRows(x.table, x.ids)), x.y));
  const gradient = backward(loss, [x.table]).get(x.table)!;
  const [whole] = addWholeRows([gradient]);
  expect(opsOf([gradient])).toContain("ScatterElements");
  expect(opsOf([whole])).not.toContain("ScatterElements");
  expect(opsOf([whole])).toContain("ScatterND");
  const program = await Program.compile({ gradient, whole }, undefined, undefined, {
    provider: "cpu",
    threads: 1,
  });
  const ids = Array.from({ length: 500 }, (_, i) => (i * i) % 7);
  const made = await program.run({
    table: randomValue([rows, 3], "table"),
    ids: intVector(ids),
    y: randomValue([ids.length, 3], "y"),
  });
  expect(Array.from(made.whole.data, Number)).toBeAllclose(Array.from(made.gradient.data, Number));
  await program.dispose();
});

it("leaves what is added at single numbers", () => {
  const graph = new Graph();
  const x = declareInputs(graph, { table: float32(4, 3), ids: int32(4) });
  const chosen = gatherElements(x.table, unsqueeze(x.ids, 1), 1);
  const gradient = backward(sum(square(chosen)), [x.table]).get(x.table)!;
  expect(addWholeRows([gradient])).toEqual([gradient]);
});
