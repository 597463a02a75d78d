import { expect, test } from "vitest";
import { Program } from "../../runtime/program";
import { randomValue } from "../../runtime/testing";
import { backward } from "../backward";
import { peakBytes } from "../memory";
import { geluTanh } from "../ops/activation";
import { add, square } from "../ops/elementwise";
import { linear } from "../ops/matmul";
import { layerNorm } from "../ops/normalise";
import { sum } from "../ops/reduce";
import { opsOf } from "../print";
import { Graph, type Tensor } from "../tensor";
import { recompute } from "./recompute";

const [rows, width, inner, layers] = [6, 8, 32, 5];

/** A few residual layers, the loss, and its gradients by every weight. */
function network(): { loss: Tensor; gradients: Tensor[]; graph: Graph } {
  const graph = new Graph();
  const weights: Tensor[] = [];
  const weight = (name: string, ...shape: number[]): Tensor => {
    const made = graph.input(name, "float32", shape);
    weights.push(made);
    return made;
  };
  let x = graph.input("x", "float32", [rows, width]);
  for (let i = 0; i < layers; i++)
    graph.scope(`layer${i}`, () => {
      const normed = layerNorm(x, weight(`g${i}`, width), weight(`c${i}`, width), 1e-5);
      const up = geluTanh(linear(normed, weight(`u${i}`, width, inner), weight(`b${i}`, inner)));
      x = add(x, linear(up, weight(`d${i}`, inner, width)));
    });
  const loss = sum(square(x));
  const gradients = backward(loss, weights);
  return { loss, gradients: weights.map((one) => gradients.get(one)!), graph };
}

test("gradients are the same to the last bit", async () => {
  const { loss, gradients, graph } = network();
  const again = recompute([loss], gradients);
  const named = [...gradients.map((g, i) => [`a${i}`, g]), ...again.map((g, i) => [`b${i}`, g])];
  const program = await Program.compile({ loss, ...(Object.fromEntries(named) as object) });
  const feeds = graph.inputs.map(({ name, shape }) => [name, randomValue(shape as number[], name)]);
  const results: Record<string, { data: unknown }> = await program.run(Object.fromEntries(feeds));
  for (const i of gradients.keys()) expect(results[`b${i}`].data).toEqual(results[`a${i}`].data);
  await program.dispose();
});

test("layers are computed twice, and far less is held at once", () => {
  const { loss, gradients } = network();
  const again = recompute([loss], gradients);
  const count = (outputs: Tensor[]) => opsOf(outputs).filter((op) => op === "FastGelu").length;
  expect(count([loss, ...gradients])).toBe(layers);
  expect(count([loss, ...again])).toBe(2 * layers);
  const outside = new Set([...gradients, ...again]);
  const peak = (of: Tensor[]) => peakBytes([loss, ...of], new Map(), () => 0, outside);
  expect(peak(again)).toBeLessThan(0.6 * peak(gradients));
});
