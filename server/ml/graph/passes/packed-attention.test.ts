import { expect, test } from "vitest";
import { opsOf } from "../print";
import { packedAttention } from "./packed-attention";
import { attentionGraph, expectSameNumbers } from "./testing";

const plain = { headDim: 8, heads: 4, pairs: 0, bias: true, cut: false };

test("a weight that was cut in three is used whole", async () => {
  const before = attentionGraph({ ...plain, cut: true });
  const after = packedAttention(before);
  const kept = opsOf(after).filter((op) => op !== "Shape" && op !== "Concat");
  expect(kept).toEqual(["Reshape", "Gemm", "Reshape", "GroupQueryAttention"]);
  await expectSameNumbers(before, after);
});

test.each([true, false])("three weights are laid side by side (biases: %s)", async (bias) => {
  const before = attentionGraph({ ...plain, bias });
  const after = packedAttention(before);
  expect(opsOf(after).filter((op) => op === "Gemm")).toHaveLength(1);
  await expectSameNumbers(before, after);
});

test("where something stands between product and attention it is left alone", () => {
  const before = attentionGraph({ ...plain, pairs: 4 });
  expect(packedAttention(before)).toEqual(before);
});
