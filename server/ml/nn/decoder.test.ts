import { describe, expect, test } from "vitest";

import { neg } from "../graph/ops/elementwise";
import { mean } from "../graph/ops/reduce";
import { reshape, transpose } from "../graph/ops/shape";
import { tokenLogProb } from "../graph/ops/softmax";
import { opsOf } from "../graph/print";
import { Parameters } from "../graph/parameters";
import { Graph } from "../graph/tensor";
import { type Feeds, int32 } from "../runtime/feeds";
import { compileInference } from "../runtime/inference";
import { Random } from "../runtime/random";
import "../runtime/testing";
import { type Trainer, compileTraining } from "../runtime/training";
import { intVector } from "../runtime/values";
import { type Batch, packBatch, padBatch } from "./batch";
import { atRows, byBatch, decoder, decoderAt, logits, normalised, scores } from "./decoder";
import { sequenceInputs } from "./inputs";
import type { RopeScaling } from "./config";
import { type ModelConfig, initialWeights, parameterCount, parameterShapes } from "./model";

const small = {
  head: "lm",
  vocab: 11,
  width: 8,
  layers: 2,
  heads: 2,
  kvHeads: 2,
  headDim: 4,
  ffn: 12,
  context: 16,
  normEps: 1e-5,
  bosId: null,
  eosId: 0,
  padId: 1,
} as const;

const gpt2: ModelConfig = {
  ...small,
  family: "gpt2",
  activation: "gelu_new",
  rope: null,
  tied: true,
  attentionBias: "all",
  mlpBias: true,
};

const llama: ModelConfig = {
  ...small,
  family: "llama",
  heads: 4,
  headDim: 2,
  activation: "silu",
  rope: { theta: 100, scaling: null },
  tied: false,
  attentionBias: "qkv",
  mlpBias: false,
};

/** Every part that Llama and its relatives may have, of which Qwen3 has most. */
const qwen3: ModelConfig = {
  ...llama,
  family: "qwen3",
  heads: 4,
  kvHeads: 2,
  headDim: 6,
  attentionBias: "all",
  rope: { theta: 100, scaling: { type: "linear", factor: 2 } },
};

const gptNeox: ModelConfig = {
  ...gpt2,
  family: "gpt_neox",
  activation: "gelu",
  rope: { theta: 100, scaling: null, partial: 0.5 },
  tied: false,
};

const opt: ModelConfig = {
  ...gpt2,
  family: "opt",
  activation: "relu",
  opt: { normFirst: false, finalNorm: false, affine: true, embedWidth: 6 },
};

/** A part of each weight's name that tells what it does. */
const roles = {
  gpt2: ["h.0.mlp.c_proj.weight", "h.1.mlp.c_fc.weight", "ln_f.weight"],
  llama: ["layers.0.mlp.down_proj.weight", "layers.1.mlp.up_proj.weight", "model.norm.weight"],
  qwen3: [
    "layers.0.mlp.down_proj.weight",
    "layers.1.mlp.up_proj.weight",
    "0.self_attn.q_norm.weight",
  ],
  gpt_neox: [
    "layers.0.mlp.dense_4h_to_h.weight",
    "1.mlp.dense_h_to_4h.weight",
    "final_layer_norm.weight",
  ],
  opt: ["layers.0.fc2.weight", "layers.1.fc1.weight", "layers.0.final_layer_norm.weight"],
};

const rows = [
  [3, 4, 5, 6, 7],
  [8, 2, 9],
  [5, 10, 4, 4],
];

/** Larger than fresh weights, so that every part matters. */
function lively(config: ModelConfig): ReturnType<typeof initialWeights> {
  const weights = initialWeights(config, 1);
  const random = new Random("lively");
  for (const { data } of weights.values())
    data.forEach((x, i) => (data[i] = (x === 1 ? 1 : x * 10) + 0.1 * random.normal()));
  return weights;
}

type Sft = Trainer<"ids" | "positions" | "segments" | "rows" | "targets", "logP">;

/** @param all whether all tokens are computed, and those that are read chosen in the end */
function sft(config: ModelConfig, weights = lively(config), all = true): Sft {
  return compileTraining({
    weights,
    inputs: { ...sequenceInputs, rows: int32("n"), targets: int32("n") },
    build: ({ inputs, params }) => {
      const hidden = all
        ? atRows(decoder(config, params, inputs), inputs.rows)
        : decoderAt(config, params, inputs, inputs.rows);
      const logP = tokenLogProb(logits(config, params, hidden), inputs.targets);
      return { loss: neg(mean(logP)), outputs: { logP } };
    },
    threads: 1,
  });
}

type Fed = Feeds<"ids" | "positions" | "segments" | "rows" | "targets">;
type Placed = Batch & { at: (row: number, i: number) => number };

/** Every token but a row's first, read one place before. */
function feedsOf(placed: Placed): Fed {
  const { at, ...batch } = placed;
  const places = rows.flatMap((row, r) => row.slice(1).map((_, i) => at(r, i)));
  return { ...batch, rows: intVector(places), targets: intVector(rows.flatMap((r) => r.slice(1))) };
}

describe.each([gpt2, llama, qwen3, gptNeox, opt])("$family", (config) => {
  test("what is computed for the tokens that are read alone is the same, and so are its gradients", async () => {
    const [whole, alone] = [sft(config), sft(config, lively(config), false)];
    const feeds = feedsOf(packBatch(rows, 8));
    const [expected, got] = [await whole.gradients(feeds), await alone.gradients(feeds)];
    expect(got.outputs.logP.data as Float32Array).toBeAllclose(
      expected.outputs.logP.data as Float32Array,
      { atol: 1e-5 },
    );
    expect([...got.gradients.keys()].toSorted()).toEqual([...expected.gradients.keys()].toSorted());
    for (const [name, { data }] of expected.gradients)
      expect(got.gradients.get(name)!.data).toBeAllclose(data, { rtol: 1e-4, atol: 1e-5 });
    await Promise.all([whole.dispose(), alone.dispose()]);
  });

  test("padding on either side and packing give the same numbers and gradients", async () => {
    const trainer = sft(config);
    const right = await trainer.gradients(feedsOf(padBatch(rows)));
    const batches = {
      left: padBatch(rows, { side: "left", padId: 7 }),
      wide: padBatch(rows, { multiple: 8, padId: 3 }),
      packed: packBatch(rows, 8),
      one: packBatch(rows, 16),
    };
    for (const batch of Object.values(batches)) {
      const other = await trainer.gradients(feedsOf(batch));
      expect(other.outputs.logP.data as Float32Array).toBeAllclose(
        right.outputs.logP.data as Float32Array,
        { atol: 1e-5 },
      );
      for (const [name, { data }] of right.gradients)
        expect(other.gradients.get(name)!.data).toBeAllclose(data, { atol: 1e-5, rtol: 1e-4 });
    }
    await trainer.dispose();
  });

  test("each weight learns, and its gradient is that of finite differences", async () => {
    const weights = lively(config);
    const trainer = sft(config, weights);
    const feeds = feedsOf(padBatch(rows, { side: "left" }));
    const { gradients } = await trainer.gradients(feeds);
    expect([...gradients.keys()].sort()).toEqual([...parameterShapes(config).keys()].sort());
    const loss = async (): Promise<number> => {
      const { logP } = await trainer.forward(feeds);
      return -(logP.data as Float32Array).reduce((a, b) => a + b, 0) / logP.data.length;
    };
    for (const [name, gradient] of gradients) {
      const { data } = weights.get(name)!;
      const g = gradient.data;
      const i = g.reduce((best, x, j) => (Math.abs(x) > Math.abs(g[best]) ? j : best), 0);
      const x = data[i];
      data[i] = x + 3e-3;
      const up = await loss();
      data[i] = x - 3e-3;
      const down = await loss();
      data[i] = x;
      expect([g[i]]).toBeAllclose([(up - down) / 6e-3], { rtol: 2e-2, atol: 3e-4 });
    }
    await trainer.dispose();
  });

  test("later tokens and other rows do not change earlier ones", async () => {
    const forward = await compileInference({
      weights: lively(config),
      inputs: sequenceInputs,
      build: ({ inputs, params }) => {
        const hidden = decoder(config, params, inputs);
        const all = logits(config, params, hidden.tokens);
        const apart = reshape(all, [hidden.time, hidden.batch, config.vocab]);
        return { logits: transpose(apart, [1, 0, 2]) };
      },
      threads: 1,
    });
    const of = async (all: number[][]): Promise<number[]> => {
      const { at: _, ...batch } = padBatch(all);
      const { logits: values } = await forward.run(batch);
      return [...(values.data as Float32Array)];
    };
    const whole = await of([rows[0]]);
    const cut = await of([rows[0].slice(0, 3)]);
    const together = await of([rows[0], rows[1]]);
    expect(cut).toBeAllclose(whole.slice(0, cut.length), { atol: 1e-5 });
    expect(together.slice(0, whole.length)).toBeAllclose(whole, { atol: 1e-5 });
    await forward.dispose();
  });

  test("fresh weights: norms 1, biases 0, GPT-2's residual projections smaller, all from the seed", () => {
    const wide: ModelConfig = {
      ...config,
      width: 64,
      ffn: 256,
      vocab: 500,
      heads: 8,
      kvHeads: 8,
      headDim: 8,
    };
    const weights = initialWeights(wide, 1);
    const deviation = (name: string): number => {
      const { data } = weights.get(name)!;
      return Math.sqrt(data.reduce((total, x) => total + x * x, 0) / data.length);
    };
    const names = roles[config.family as keyof typeof roles];
    const [residual, inner, norm] = names.map((end) =>
      [...weights.keys()].find((name) => name.endsWith(end))!,
    );
    const less = config.family === "gpt2" ? Math.sqrt(4) : 1; // GPT-2's alone are scaled down
    expect([deviation(inner)]).toBeAllclose([0.02], { rtol: 0.05 });
    expect([deviation(residual)]).toBeAllclose([0.02 / less], { rtol: 0.05 });
    expect(weights.get(norm)!.data.every((x) => x === 1)).toBe(true);
    const biases = [...weights].filter(([name]) => name.endsWith("bias"));
    expect(biases.every(([, { data }]) => data.every((x) => x === 0))).toBe(true);
    expect([...initialWeights(wide, 1).get(inner)!.data]).toEqual([...weights.get(inner)!.data]);
    expect([...initialWeights(wide, 2).get(inner)!.data]).not.toEqual([
      ...weights.get(inner)!.data,
    ]);
    expect(parameterCount(wide)).toBe([...weights.values()].reduce((n, w) => n + w.data.length, 0));
  });
});

test("scores of every token and of chosen ones agree, normalised as the model says", async () => {
  const config: ModelConfig = { ...llama, head: "score", reward: { mean: 2, std: 4 } };
  const program = await compileInference({
    weights: lively(config),
    inputs: { ...sequenceInputs, rows: int32("n") },
    build: ({ inputs, params }) => {
      const hidden = decoder(config, params, inputs);
      const last = scores(params, atRows(hidden, inputs.rows));
      const every = byBatch(scores(params, hidden.tokens), hidden);
      return { last, every, reported: normalised(config, last) };
    },
    threads: 1,
  });
  const { at, ...batch } = padBatch(rows, { side: "left" });
  const places = rows.map((row, r) => at(r, row.length - 1));
  const { last, every, reported } = await program.run({ ...batch, rows: intVector(places) });
  expect(every.shape).toEqual([3, 5]);
  const all = every.data as Float32Array;
  expect(last.data as Float32Array).toBeAllclose(places.map((place) => all[place]));
  expect(reported.data as Float32Array).toBeAllclose(places.map((place) => (all[place] - 2) / 4));
});

test("dynamic scaling goes by the batch's longest row once it passes the trained context", async () => {
  const at = (scaling: RopeScaling | null, theta = 100): ModelConfig => ({
    ...qwen3,
    rope: { theta, scaling },
  });
  const dynamic = at({ type: "dynamic", factor: 2, trainedContext: 4 });
  const whole = async (config: ModelConfig, all: number[][]): Promise<number[]> => {
    const program = await compileInference({
      weights: lively(qwen3),
      inputs: sequenceInputs,
      build: ({ inputs, params }) => ({ y: decoder(config, params, inputs).tokens }),
      threads: 1,
    });
    const { at: _, ...batch } = padBatch(all, { side: "left" });
    const { y } = await program.run(batch);
    await program.dispose();
    return [...(y.data as Float32Array)];
  };
  const short = [rows[1], rows[2]];
  expect(await whole(dynamic, short)).toBeAllclose(await whole(at(null), short), { atol: 1e-5 });
  // 5 tokens: θ grows by (2·5/4 − 1)^(6/4)
  const grown = at(null, 100 * 1.5 ** 1.5);
  expect(await whole(dynamic, rows)).toBeAllclose(await whole(grown, rows), { atol: 1e-5 });
});

test("a layer of GPT-2 is these operators", () => {
  const graph = new Graph();
  const config = { ...gpt2, layers: 1 };
  const params = new Parameters(graph, initialWeights(config, 1));
  const dims = ["batch", "time"];
  const [ids, positions, segments] = ["ids", "positions", "segments"].map((name) =>
    graph.input(name, "int32", dims),
  );
  const { tokens } = decoder(config, params, { ids, positions, segments });
  const text = opsOf([tokens]).join(" ");
  const attend = "FusedMatMul Add Softmax FusedMatMul Transpose";
  expect(text).toMatch(new RegExp(`LayerNormalization Split Split Gemm Gemm Gemm .*${attend}`));
  expect(text).toMatch(/Gemm Add LayerNormalization Gemm FastGelu Gemm Add LayerNormalization$/);
});

test("a sequence longer than the context is refused by name", () => {
  expect(() => padBatch(rows, { context: 4 })).toThrow(
    "5 tokens is longer than the model's context of 4",
  );
  expect(() => packBatch(rows, 4)).toThrow("sequence 0 has 5 tokens");
});
