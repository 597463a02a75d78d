import { expect, test } from "vitest";
import { evaluate, randomValue } from "../../runtime/testing";
import { gelu, geluTanh, silu } from "../ops/activation";
import { add, mul } from "../ops/elementwise";
import { opsOf } from "../print";
import { Graph, type Tensor } from "../tensor";
import { fusedActivation } from "./fused-activation";

test.each([
  ["FastGelu", geluTanh],
  ["QuickGelu", silu],
])("%s in one node, with the same numbers", async (op, activation) => {
  const twice = (x: Tensor): Tensor => mul(activation(activation(add(x, 0.5))), 2);
  const x = new Graph().input("x", "float32", [3]);
  const after = fusedActivation([twice(x)]);
  expect(opsOf(after)).toEqual(["Add", op, op, "Mul"]);
  const value = randomValue([7, 33], 1, { low: -9, high: 9 });
  const plain = await evaluate(twice, [value], { symbolic: true });
  const fused = await evaluate((y) => fusedActivation([twice(y)])[0], [value], { symbolic: true });
  expect(fused.data).toBeAllclose(plain.data, { atol: 2e-6 });
});

test("what it does not know stays", () => {
  const x = new Graph().input("x", "float32", [3]);
  const before = [gelu(x), mul(x, 2)];
  expect(fusedActivation(before)).toEqual(before);
});
