import { expect, test } from "vitest";
import { parameterCount } from "../ml/nn/model";
import { newConfig } from "./architectures";

const vocabulary = { vocab: 100, bosId: 0, eosId: 0, padId: 1 };

test("sizes left out follow from the others", () => {
  expect(newConfig("gpt2", { width: 64 }, vocabulary)).toMatchObject({
    layers: 4,
    heads: 4,
    kvHeads: 4,
    headDim: 16,
    ffn: 256,
    rope: null,
  });
  const llama = newConfig("llama", { width: 96, heads: 6, kvHeads: 2 }, vocabulary);
  expect(llama).toMatchObject({ headDim: 16, ffn: 256, kvHeads: 2, attentionBias: "none" });
  expect(newConfig("qwen2", {}, vocabulary).attentionBias).toBe("qkv");
  expect(
    parameterCount(newConfig("gpt2", { layers: 1, width: 8, heads: 2, context: 4 }, vocabulary)),
  ).toBe(100 * 8 + 4 * 8 + (4 * 8 + 8 * 24 + 24 + 8 * 8 + 8 + 8 * 32 + 32 + 32 * 8 + 8) + 16);
});

test.each([
  ["gpt3", {}, "--arch gpt3 is unknown; did you mean gpt2?"],
  ["gpt2", { width: 10, heads: 4 }, "--width 10 is not a multiple of --heads 4"],
  ["llama", { heads: 4, kvHeads: 3 }, "--heads 4 is not a multiple of --kv-heads 3"],
  ["gpt2", { heads: 4, kvHeads: 2 }, "gpt2 shares none"],
  ["llama", { width: 12, heads: 4 }, "gives heads of 3"],
])("%s with %o is refused", (name, sizes, message) => {
  expect(() => newConfig(name, sizes, vocabulary)).toThrow(message);
});
