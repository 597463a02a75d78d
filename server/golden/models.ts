import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { knownModelTypes } from "../ml/checkpoint/config-read";
import { loadWeights } from "../ml/checkpoint/load-model";
import { readSafetensors } from "../ml/checkpoint/safetensors";
import type { Weights } from "../ml/nn/model";
import { type Cases, Mismatch } from "./case";
import { hasKeys, type JsonChecker } from "./checker";
import { expectClose, GRADIENT } from "./close";
import { type Folder, resolveReference } from "./files";
import { checkGreedy, type GreedyVectors } from "./greedy";
import { allTokens, type BatchVectors, lossProgram, type Sequences, sequencesOf } from "./lm";

export interface ModelVectors {
  /** a model kept elsewhere; otherwise the folder itself */
  model?: string;
  rows: number[][];
  prompt_lens: number[];
  right: BatchVectors;
  left: BatchVectors;
  packed?: { input_ids: number[]; position_ids: number[]; segment_ids: number[] };
  loss: number;
  loss_all_tokens?: number;
  completion_logprobs: number[][];
  greedy?: GreedyVectors;
  greedy_ids?: number[][];
  prompt_ids?: number[][];
  greedy_smallest_margin?: number[];
  logsumexp?: number[][];
  argmax?: number[][];
  logit_positions?: [number, number][];
  grad_norms?: Record<string, number>;
}

const LOGITS = { abs: 1e-4 };
const LOSS = { abs: 1e-5, rel: 1e-6 };

/** A language model: logits padded on either side and packed, losses, gradients, greedy tokens. */
export const modelChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "rows", "prompt_lens", "right", "left", "completion_logprobs"),
  async run(cases, { folder, name }, value) {
    const vectors = value as ModelVectors;
    const dir = vectors.model ? resolveReference(folder, vectors.model) : folder.dir;
    const type = await modelType(dir);
    if (!knownModelTypes.includes(type)) {
      cases.skip(name, `the engine has no ${type} yet`, casesOf(vectors));
      return;
    }
    const model = await loadWeights(dir);
    const program = lossProgram(model);
    const logits = await tensorsOf(folder, "cases.safetensors");
    const expected = { logits, grads: (await tensorsOf(folder, "grads.safetensors")) ?? logits };
    for (const side of ["right", "left"] as const) {
      await checkSide(cases, `${name} ${side}`, vectors, side, program, expected);
    }
    if (vectors.loss_all_tokens !== undefined) {
      await cases.check(`${name} loss of all tokens`, async () => {
        const { loss } = await program.forward(allTokens(vectors.right));
        expectClose("loss", loss, vectors.loss_all_tokens!, LOSS);
      });
    }
    if (vectors.packed) {
      const packed = packedSequences(vectors);
      await cases.check(`${name} packed`, async () => {
        const { loss, logProbs } = await program.forward(packed);
        expectClose("loss", loss, vectors.loss, LOSS);
        expectClose("log-probabilities", logProbs, vectors.completion_logprobs.flat(), LOGITS);
      });
      await checkGradients(
        cases,
        `${name} packed`,
        await program.gradients(packed),
        vectors,
        expected.grads,
      );
    }
    await program.dispose();
    const greedy = vectors.greedy ?? greedyOf(vectors);
    if (greedy) await checkGreedy(cases, name, model, greedy);
  },
};

type Program = ReturnType<typeof lossProgram>;
interface Expected {
  logits: Weights | null;
  grads: Weights | null;
}

async function checkSide(
  cases: Cases,
  name: string,
  vectors: ModelVectors,
  side: "right" | "left",
  program: Program,
  expected: Expected,
): Promise<void> {
  const batch = vectors[side];
  const sequences = sequencesOf(batch);
  const got = await program.forward(sequences);
  await cases.check(`${name} logits`, () => {
    expectLogits(got.logits, batch, side, vectors, expected.logits);
  });
  await cases.check(`${name} loss`, () => {
    expectClose("loss", got.loss, vectors.loss, LOSS);
    expectClose("log-probabilities", got.logProbs, vectors.completion_logprobs.flat(), LOGITS);
  });
  await checkGradients(cases, name, await program.gradients(sequences), vectors, expected.grads);
}

/** All logits at real tokens; of a big model those at `logit_positions`, and every log-sum-exp. */
function expectLogits(
  got: Float32Array,
  batch: BatchVectors,
  side: string,
  vectors: ModelVectors,
  stored: Weights | null,
): void {
  const real = batch.attention_mask.flat();
  const vocab = got.length / real.length;
  const whole = stored?.get(`logits.${side}`);
  if (whole) {
    const where = Uint8Array.from({ length: got.length }, (_, i) => real[Math.floor(i / vocab)]);
    expectClose("logits", got, whole.data, LOGITS, where);
    return;
  }
  const row = (at: number) => got.subarray(at * vocab, (at + 1) * vocab);
  const places = real.flatMap((is, i) => (is ? [i] : []));
  if (vectors.logsumexp && vectors.argmax) {
    const sums = places.map((at) => logSumExp(row(at)));
    expectClose("log-sum-exp", sums, vectors.logsumexp.flat(), LOGITS);
    const best = places.map((at) => row(at).indexOf(Math.max(...row(at))));
    const differ = best.filter((id, i) => id !== vectors.argmax!.flat()[i]).length;
    if (differ > 0) throw new Mismatch(`the likeliest token differs at ${differ} places`);
  }
  const some = stored?.get("logits");
  if (!some || !vectors.logit_positions) throw new Mismatch("there are no logits to compare with");
  const starts = vectors.rows.map((_, i) => batch.attention_mask[i].indexOf(1));
  const time = batch.input_ids[0].length;
  vectors.logit_positions.forEach(([i, t], k) => {
    const expected = some.data.subarray(k * vocab, (k + 1) * vocab);
    expectClose(`logits of row ${i} at ${t}`, row(i * time + starts[i] + t), expected, LOGITS);
  });
}

async function checkGradients(
  cases: Cases,
  name: string,
  got: Weights,
  vectors: ModelVectors,
  stored: Weights | null,
): Promise<void> {
  await cases.check(`${name} gradients`, () => {
    let compared = 0;
    for (const [key, norm] of Object.entries(vectors.grad_norms ?? {})) {
      const gradient = gradientOf(got, key);
      const length = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
      expectClose(`norm of the gradient of ${key}`, length, norm, GRADIENT);
      compared += 1;
    }
    for (const [key, expected] of stored ?? []) {
      if (key.startsWith("logits")) continue;
      const parameter = key.replace(/^grads?\./, "");
      expectClose(`gradient of ${parameter}`, gradientOf(got, parameter), expected.data, GRADIENT);
      compared += 1;
    }
    if (compared === 0) throw new Mismatch("there is no gradient to compare with");
  });
}

function gradientOf(gradients: Weights, name: string): Float32Array {
  const gradient = gradients.get(name);
  if (!gradient) throw new Mismatch(`there is no gradient of ${name}`);
  return gradient.data;
}

function packedSequences({ rows, prompt_lens, packed }: ModelVectors): Sequences {
  const starts = rows.map((_, i) => rows.slice(0, i).reduce((sum, row) => sum + row.length, 0));
  return {
    ids: [packed!.input_ids],
    positions: [packed!.position_ids],
    segments: [packed!.segment_ids.map((segment) => segment + 1)],
    targets: rows.flatMap((row, i) =>
      row
        .map((id, t): [number, number, number, number] => [0, starts[i] + t - 1, id, 1])
        .slice(prompt_lens[i]),
    ),
  };
}

/** The same under the names that the file of a bigger model has. */
function greedyOf(vectors: ModelVectors): GreedyVectors | null {
  const { prompt_ids: prompts, greedy_ids: tokens, greedy_smallest_margin } = vectors;
  if (!prompts || !tokens || !greedy_smallest_margin) return null;
  return { prompts, tokens, smallest_margin: greedy_smallest_margin };
}

function casesOf(vectors: ModelVectors): number {
  const greedy = vectors.greedy?.prompts.length ?? vectors.greedy_ids?.length ?? 0;
  return 6 + (vectors.loss_all_tokens === undefined ? 0 : 1) + (vectors.packed ? 2 : 0) + greedy;
}

export async function modelType(dir: string): Promise<string> {
  const config = JSON.parse(await readFile(path.join(dir, "config.json"), "utf8")) as {
    model_type?: string;
  };
  return config.model_type ?? "model without a type";
}

export async function tensorsOf(folder: Folder, file: string): Promise<Weights | null> {
  const full = path.join(folder.dir, file);
  return existsSync(full) ? (await readSafetensors(full)).tensors : null;
}

function logSumExp(row: Float32Array): number {
  const top = row.reduce((a, b) => Math.max(a, b), -Infinity);
  return top + Math.log(row.reduce((sum, x) => sum + Math.exp(x - top), 0));
}
