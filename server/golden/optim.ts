import { mul } from "../ml/graph/ops/elementwise";
import { sum } from "../ml/graph/ops/reduce";
import { loadWeights } from "../ml/checkpoint/load-model";
import { learningRate, type Schedule } from "../ml/rlhf/formulas/schedule";
import { float32 } from "../ml/runtime/feeds";
import { compileTraining } from "../ml/runtime/training";
import { floatVector } from "../ml/runtime/values";
import { hasKeys, type JsonChecker, listOf } from "./checker";
import { expectClose, FLOAT32 } from "./close";
import { resolveReference } from "./files";
import { lossProgram, type Sequences } from "./lm";
import { tensorsOf } from "./models";

interface AdamVectors {
  lr: number;
  betas: [number, number];
  eps: number;
  weight_decay: number;
  clip_norm: number | null;
  start: number[];
  grads: number[][];
  grad_norm_before_clip: (number | null)[];
  after: number[][];
  exp_avg: number[];
  exp_avg_sq: number[];
}

/** AdamW on a vector whose gradients are given: the loss is w·g. */
export const adamChecker: JsonChecker = {
  matches: (value) => listOf(value, "start", "grads", "exp_avg", "exp_avg_sq"),
  async run(cases, { name }, value) {
    for (const [i, one] of (value as AdamVectors[]).entries()) {
      await cases.check(`${name} ${i + 1}`, async () => {
        const w = { shape: [one.start.length], data: Float32Array.from(one.start) };
        const trainer = compileTraining({
          weights: new Map([["w", w]]),
          inputs: { g: float32(one.start.length) },
          build: ({ inputs, params }) => ({ loss: sum(mul(params.get("w"), inputs.g)) }),
          optimizer: {
            beta1: one.betas[0],
            beta2: one.betas[1],
            eps: one.eps,
            weightDecay: one.weight_decay,
            decay: "all",
            clipNorm: one.clip_norm,
          },
        });
        for (const [step, gradient] of one.grads.entries()) {
          const { gradNorm } = await trainer.step({ g: floatVector(gradient) }, { lr: one.lr });
          const norm = one.grad_norm_before_clip?.[step];
          if (typeof norm === "number") expectClose(`norm ${step}`, gradNorm, norm, FLOAT32);
          expectClose(`after step ${step}`, w.data, one.after[step], FLOAT32);
        }
        const { tensors } = trainer.state();
        expectClose("first moment", tensors.get("m.w")!.data, one.exp_avg, FLOAT32);
        expectClose("second moment", tensors.get("v.w")!.data, one.exp_avg_sq, FLOAT32);
        await trainer.dispose();
      });
    }
  },
};

interface RunVectors {
  model: string;
  config: {
    lr: number;
    betas: [number, number];
    eps: number;
    weight_decay: number;
    decay_all: boolean;
    schedule: string;
    warmup_steps: number;
    total_steps: number;
    clip_norm: number | null;
    normalise: string;
  };
  batches: { rows: number[][]; prompt_lens: number[] }[][];
  steps: { lr: number; loss: number; grad_norm: number }[];
  noise: Record<string, number>;
}

/** A few updates of a small model: each loss and norm, and the weights that come of them. */
export const runChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "model", "batches", "steps", "noise"),
  async run(cases, { folder, name }, value) {
    const vectors = value as RunVectors;
    const { config } = vectors;
    const model = await loadWeights(resolveReference(folder, vectors.model));
    const program = lossProgram(model, {
      beta1: config.betas[0],
      beta2: config.betas[1],
      eps: config.eps,
      weightDecay: config.weight_decay,
      decay: config.decay_all ? "all" : "matrices",
      clipNorm: config.clip_norm,
    });
    for (const [step, micro] of vectors.batches.entries()) {
      await cases.check(`${name} step ${step + 1}`, async () => {
        const expected = vectors.steps[step];
        const lr = learningRate(step, {
          kind: config.schedule as Schedule,
          base: config.lr,
          warmup: config.warmup_steps,
          total: config.total_steps,
        });
        expectClose("learning rate", lr, expected.lr, { abs: 1e-9 });
        const batches = micro.map(unpadded);
        const tokens = batches.reduce((n, { targets }) => n + targets.length, 0);
        let loss = 0;
        for (const batch of batches) {
          const share =
            config.normalise === "tokens" ? batch.targets.length / tokens : 1 / batches.length;
          loss += share * (await program.accumulate(batch, share));
        }
        const { gradNorm } = await program.apply(lr);
        expectClose("loss", loss, expected.loss, { abs: 1e-4 });
        expectClose("gradient norm", gradNorm, expected.grad_norm, { abs: 1e-4, rel: 1e-6 });
      });
    }
    await cases.check(`${name} final weights`, async () => {
      const final = await tensorsOf(folder, "final.safetensors");
      for (const [key, { data }] of final!) {
        const abs = Math.max(1e-4, 20 * (vectors.noise[key] ?? 0));
        expectClose(key, model.weights.get(key)!.data, data, { abs }, comparable(key, data.length));
      }
    });
    await program.dispose();
  },
};

/** GPT-2's key bias has a gradient of 0 but for rounding, which Adam makes steps of: left out. */
function comparable(key: string, length: number): Uint8Array {
  const third = length / 3;
  const isKey = (i: number) => key.endsWith("attn.c_attn.bias") && i >= third && i < 2 * third;
  return Uint8Array.from({ length }, (_, i) => (isKey(i) ? 0 : 1));
}

/** Rows padded on the right, the completions' tokens predicted. */
function unpadded({ rows, prompt_lens }: { rows: number[][]; prompt_lens: number[] }): Sequences {
  const time = Math.max(...rows.map((row) => row.length));
  const pad = (row: number[], fill: (t: number) => number) =>
    Array.from({ length: time }, (_, t) => (t < row.length ? fill(t) : 0));
  return {
    ids: rows.map((row) => pad(row, (t) => row[t])),
    positions: rows.map((row) => pad(row, (t) => t)),
    segments: rows.map((row) => pad(row, () => 1)),
    targets: rows.flatMap((row, b) =>
      row.flatMap((id, t): [number, number, number, number][] =>
        t >= Math.max(1, prompt_lens[b]) ? [[b, t - 1, id, 1]] : [],
      ),
    ),
  };
}
