import { describe, expect, it } from "vitest";
import "../runtime/testing";
import { compileTraining } from "../runtime/training";
import type { TextModel } from "./data";
import { parseConfig } from "./config";
import { sftConfig, type SftOptions } from "./sft-config";
import { encodeExamples, sftPasses } from "./sft-data";
import { tinyModel } from "./testing";
import { predicted, tokenLoss, tokenLossInputs } from "./token-loss";

const llama = {
  family: "llama",
  activation: "silu",
  rope: { theta: 10_000, scaling: null },
  attentionBias: "none",
  mlpBias: false,
  kvHeads: 1,
} as const;
const letters = "abcdefgh";
const data = Array.from({ length: 9 }, (_, i) => ({
  prompt: letters.slice(0, 1 + (i % 4)),
  completion: letters.slice(i % 8).repeat(1 + (i % 2)),
}));

const read = (options: SftOptions) => parseConfig(sftConfig, options, "sft");

/** Loss and all gradients of a batch, summed over its passes. */
async function whole(model: TextModel, options: SftOptions) {
  const config = read(options);
  const rows = await encodeExamples(model, data, config, "example");
  const trainer = compileTraining({
    weights: model.weights,
    inputs: tokenLossInputs,
    build: ({ inputs, params }) => ({ loss: tokenLoss(model.config, params, inputs).loss }),
  });
  const passes = sftPasses(rows, config, model, 1);
  let loss = 0;
  const sums = new Map<string, Float32Array>();
  for (const pass of passes) {
    const { outputs, gradients } = await trainer.gradients(pass);
    loss += Number(outputs.loss.data[0]);
    for (const [name, { data: gradient }] of gradients)
      sums.set(
        name,
        gradient.map((g, i) => g + (sums.get(name)?.[i] ?? 0)),
      );
  }
  await trainer.dispose();
  return { loss, sums, shapes: passes.map(({ ids }) => ids.shape) };
}

describe.each([
  ["gpt2", {}],
  ["llama", llama],
] as const)("%s", (_, overrides) => {
  const model = () => tinyModel({ ...overrides, context: 48 });

  it.each<[string, SftOptions, number[][]]>([
    ["packed", { packing: true }, [[3, 32]]],
    [
      "packed, a row a pass",
      { packing: true, microBatchSize: 1 },
      Array.from({ length: 3 }, () => [1, 32]),
    ],
    [
      "packed, by tokens",
      { packing: true, tokensPerPass: 64 },
      [
        [2, 32],
        [1, 32],
      ],
    ],
    [
      "padded, four a pass",
      { microBatchSize: 4 },
      [
        [4, 17],
        [4, 10],
        [1, 6],
      ],
    ],
  ])("%s: loss and gradients are those of the padded batch", async (_name, options, shapes) => {
    for (const trainOnPrompt of [false, true]) {
      const padded = await whole(model(), { trainOnPrompt });
      const other = await whole(model(), { ...options, trainOnPrompt });
      expect(other.shapes).toEqual(shapes);
      expect([other.loss]).toBeAllclose([padded.loss], { rtol: 1e-6 });
      expect([...other.sums.keys()]).toEqual([...padded.sums.keys()]);
      for (const [name, gradient] of padded.sums)
        expect(other.sums.get(name)!).toBeAllclose(gradient, { rtol: 1e-4, atol: 2e-6 });
    }
  });
});

it("packs a batch the same way each time, and predicts each token once", async () => {
  const model = tinyModel({ context: 48 });
  const config = read({ packing: true });
  const rows = await encodeExamples(model, data, config, "example");
  const [a, b] = [sftPasses(rows, config, model, 1), sftPasses(rows, config, model, 1)];
  expect(a).toEqual(b);
  const targets = a.reduce((n, pass) => n + pass.targets.data.length, 0);
  expect(targets).toBe(rows.reduce((n, row) => n + predicted(row), 0));
});

describe("what cannot be learnt", () => {
  const long = { prompt: "abcdef", completion: "gh" };
  const short = { prompt: "a", completion: "b" };
  const encode = async (examples: (typeof long)[], options: SftOptions) => {
    const notes: string[] = [];
    const config = read({ maxLength: 6, ...options });
    const model = tinyModel();
    const rows = await encodeExamples(model, examples, config, "example", (text) =>
      notes.push(text),
    );
    return { rows, notes };
  };

  it("is left out or cut, and counted", async () => {
    const dropped = await encode([long, short, long], { overlong: "drop" });
    expect(dropped.rows.map(({ index }) => index)).toEqual([1]);
    expect(dropped.notes).toEqual(["2 of 3 examples are longer than 6 tokens: left out"]);
    const cut = await encode([long, short], { overlong: "truncate" });
    expect(cut.rows.map(({ ids }) => ids.length)).toEqual([6, 3]);
    expect(cut.notes).toEqual([
      "1 of 2 examples is longer than 6 tokens: the beginning of the prompt is cut off",
    ]);
    expect((await encode([short], {})).notes).toEqual([]);
  });

  it("is an error where nothing else is left, which says why", async () => {
    await expect(encode([long], { overlong: "drop" })).rejects.toThrow(
      "no example can be used (1 of 1 examples is longer than 6 tokens: left out); give at least one that fits",
    );
    const bare = { prompt: "", completion: "" }; // eos alone: nothing stands before it
    await expect(encode([bare, bare], {})).rejects.toThrow(
      "no example can be used (2 of 2 examples are without a token to predict: left out)",
    );
  });
});
