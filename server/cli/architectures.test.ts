import { expect, test } from "vitest";
import { parameterCount } from "../ml/nn/model";
import { readConfig } from "../ml/checkpoint/config-read";
import { writeConfig } from "../ml/checkpoint/config-write";
import { architectures, newConfig } from "./architectures";

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

test.each(Object.keys(architectures))("%s: what is made is read back as it was", (name) => {
  const config = newConfig(name, {}, vocabulary);
  expect(config.family).toBe(name);
  expect(readConfig(writeConfig(config), "config.json")).toEqual(config);
});

test("gpt-neox is understood with a hyphen, and turns a quarter of each head", () => {
  expect(newConfig("gpt-neox", { ffn: 64 }, vocabulary)).toMatchObject({
    family: "gpt_neox",
    ffn: 64,
    tied: false,
    rope: { partial: 0.25 },
  });
});

test.each([
  ["gpt3", {}, "--arch gpt3 is unknown; did you mean gpt2?"],
  ["gpt2", { width: 10, heads: 4 }, "--width 10 is not a multiple of --heads 4"],
  ["llama", { heads: 4, kvHeads: 3 }, "--heads 4 is not a multiple of --kv-heads 3"],
  ["gpt2", { heads: 4, kvHeads: 2 }, "gpt2 shares none"],
  ["llama", { width: 12, heads: 4 }, "gives heads of 3"],
  ["gpt-neox", { width: 8, heads: 4 }, "gpt_neox's at least 4"],
  ["opt", { kvHeads: 2 }, "opt shares none"],
])("%s with %o is refused", (name, sizes, message) => {
  expect(() => newConfig(name, sizes, vocabulary)).toThrow(message);
});
