import { expect, test } from "vitest";
import { opsOf } from "../print";
import { packedAttention } from "./packed-attention";
import { rotaryAttention } from "./rotary-attention";
import { attentionGraph, expectSameNumbers } from "./testing";

const plain = { headDim: 16, heads: 4, pairs: 8, bias: true, cut: false };
const options = { positions: "positions", context: 16 };

test("rotation moves into the attention, with the same numbers", async () => {
  const before = attentionGraph(plain);
  const after = rotaryAttention(before, options);
  const count = (op: string) => opsOf(after).filter((one) => one === op).length;
  expect(opsOf(before)).toContain("Cos");
  expect([count("Cos"), count("Split"), count("Gemm")]).toEqual([0, 0, 3]);
  await expectSameNumbers(before, after);
});

test("and then queries, keys and values are one product", async () => {
  for (const cut of [true, false]) {
    const before = attentionGraph({ ...plain, cut });
    const after = packedAttention(rotaryAttention(before, options));
    expect(opsOf(after).filter((op) => op === "Gemm")).toHaveLength(1);
    await expectSameNumbers(before, after);
  }
});

test("a part of each head may rotate", async () => {
  const before = attentionGraph({ ...plain, headDim: 32 });
  const after = rotaryAttention(before, options);
  expect(opsOf(after)).not.toContain("Cos");
  await expectSameNumbers(before, after);
});

test.each([
  ["heads of a width that the kernel does not rotate", { ...plain, headDim: 8, pairs: 4 }, options],
  ["pairs of a number that it does not rotate", { ...plain, pairs: 4 }, options],
  ["no rotation", { ...plain, pairs: 0 }, options],
  ["angles of something else than the positions", plain, { ...options, positions: "ids" }],
  ["a context too long for tables", plain, { ...options, context: 2 ** 20 }],
])("%s: left alone", (_, what, how) => {
  const before = attentionGraph(what);
  expect(rotaryAttention(before, how)).toEqual(before);
});
