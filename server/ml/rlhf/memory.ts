import { AppError } from "../../domain/app-error";
import { backward } from "../graph/backward";
import { peakBytes } from "../graph/memory";
import { gatherRows } from "../graph/ops/gather";
import { sum } from "../graph/ops/reduce";
import { recompute } from "../graph/passes/recompute";
import { Parameters, type Weights } from "../graph/parameters";
import { Graph, type Node, type Tensor } from "../graph/tensor";
import { cacheHeadDim } from "../nn/attention";
import { atRows, cachedDecoder, decoder, logits, scores } from "../nn/decoder";
import { sequenceInputs } from "../nn/inputs";
import { adapterShapes, learns } from "../nn/lora";
import { type ModelConfig, parameterCount, parameterShapes } from "../nn/model";
import { availableMemory } from "../runtime/available-memory";
import { declareInputs, float32, int32 } from "../runtime/feeds";
import { laneBytes } from "../runtime/lanes";
import { ptxInputs, withPtx } from "./ppo-ptx";
import { tokenLoss, tokenLossInputs } from "./token-loss";

/** A process that has loaded the program and computes nothing yet. */
export const idleBytes = 120e6;
/** The runtime's allocator holds more than is in use at once: 14 to 22 % in what was measured. */
const arena = 1.18;
/** Prompt tokens that a generator takes at once (generate/generator.ts). */
const promptTokens = 2 ** 15;

/** What one training holds. */
export interface TrainingShape {
  /** Networks that learn, each with gradients and two moments. */
  learners: readonly ModelConfig[];
  /** Networks that are only asked. */
  readers?: readonly ModelConfig[];
  /** Rows (completions) of one update. */
  rows: number;
  /** Rows that stay in one pass: the completions of a ranking. */
  together?: number;
  /** Tokens of the longest row. */
  length: number;
  tokensPerPass: number;
  /** Whether a layer's values are computed again rather than kept. */
  recompute?: boolean;
  /** Text that the first learner reads in the same program, shared out over the passes of an update (PPO-ptx). */
  beside?: { rows: number; length: number };
}

/** Bytes of the whole process at its peak, on the CPU. */
export function trainingBytes(shape: TrainingShape): number {
  const { learners, readers = [], length, recompute: recomputes = false, beside } = shape;
  const rows = rowsOfPass(shape);
  const passes = Math.ceil(shape.rows / rows);
  let bytes = idleBytes;
  // weights, gradients and two moments
  for (const [i, config] of learners.entries()) {
    const text = i === 0 && beside ? { ...beside, rows: Math.ceil(beside.rows / passes) } : null;
    const sizes = [...allShapes(config)].map(([name, shape]): [string, number] => [
      name,
      sizeOf(shape),
    ]);
    const learnt = sizes.filter(([name]) => learns(config, name));
    bytes +=
      4 * count(sizes) +
      3 * 4 * count(learnt) +
      laneBytes(count(learnt), count(sizes)) +
      arena * passBytes(config, { rows, length }, text, recomputes);
  }
  for (const config of readers) bytes += 4 * parameterCount(config);
  return Math.round(bytes);
}

function rowsOfPass({ rows, together = 1, length, tokensPerPass }: TrainingShape): number {
  return Math.min(rows, Math.max(together, Math.floor(tokensPerPass / length)));
}

interface Rows {
  rows: number;
  /** Tokens of each. */
  length: number;
}

/** Forward and backward: what lives at the peak, beside the gradients, which have a place of their own. */
function passBytes(
  config: ModelConfig,
  { rows, length }: Rows,
  text: Rows | null,
  recomputes: boolean,
): number {
  const graph = new Graph();
  const params = new Parameters(graph, shapesAlone(config));
  const own =
    config.head === "lm"
      ? tokenLoss(config, params, declareInputs(graph, tokenLossInputs)).loss
      : scoreLoss(graph, config, params);
  const loss = text ? withPtx(own, config, params, declareInputs(graph, ptxInputs), 1).loss : own;
  const learnt = [...params.used()].filter(([name]) => learns(config, name));
  const wrt = learnt.map(([, weight]) => weight);
  const gradients = [...backward(loss, wrt).values()];
  const kept = gradients.filter((gradient): gradient is Tensor => gradient !== undefined);
  const sizes = {
    batch: rows,
    time: length,
    tokens: rows * (length - 1),
    sequences: rows,
    ptxBatch: text?.rows ?? 0,
    ptxTime: text?.length ?? 0,
    ptxTokens: text ? text.rows * (text.length - 1) : 0,
  };
  const outside = new Set(recomputes ? recompute([loss], kept) : kept);
  return peakBytes([loss, ...outside], new Map(Object.entries(sizes)), () => 0, outside);
}

function scoreLoss(graph: Graph, config: ModelConfig, params: Parameters): Tensor {
  const { last, ...x } = declareInputs(graph, { ...sequenceInputs, last: int32("sequences") });
  // a value network reads more tokens than the last: as if all were computed
  return sum(scores(params, atRows(decoder(config, params, x), last)));
}

/** Bytes of a process that completes `rows` prompts to `length` tokens, on the CPU. */
export function generationBytes(config: ModelConfig, rows: number, length: number): number {
  const graph = new Graph();
  const params = new Parameters(graph, shapesAlone(config));
  const { last, ...x } = declareInputs(graph, {
    ids: int32("batch", "time"),
    positions: int32("batch", "time"),
    lengths: int32("batch"),
    total: int32(),
    last: int32("batch"),
  });
  const slots = float32("batch", config.kvHeads, "slots", cacheHeadDim(config));
  const caches = Array.from({ length: config.layers }, (_, layer) => ({
    key: graph.input(`key.${layer}`, slots.dtype, slots.shape),
    value: graph.input(`value.${layer}`, slots.dtype, slots.shape),
  }));
  const step = cachedDecoder(config, params, { ...x, caches });
  const z = logits(config, params, gatherRows(step.hidden, last));
  const time = Math.min(length - 1, Math.max(1, Math.floor(promptTokens / rows)));
  const sizes = new Map(Object.entries({ batch: rows, time, slots: length }));
  const attention = ({ op }: Node): number =>
    op === "GroupQueryAttention" ? 4 * rows * config.heads * time * length : 0;
  const cache = 8 * rows * config.layers * config.kvHeads * length * cacheHeadDim(config);
  const chosen = 16 * rows * config.vocab; // logits and probabilities, in the program and outside
  const peak = peakBytes([z], sizes, attention);
  return Math.round(idleBytes + 4 * parameterCount(config) + cache + chosen + arena * peak);
}

/** Weights of which a graph sees the shapes and nobody the numbers. */
function shapesAlone(config: ModelConfig): Weights {
  const data = new Float32Array(0);
  return new Map([...allShapes(config)].map(([name, shape]) => [name, { shape, data }]));
}

/** Of the weights, and of adapters beside them. */
function allShapes(config: ModelConfig): Map<string, number[]> {
  const beside = config.lora ? adapterShapes(config.lora) : [];
  return new Map([...parameterShapes(config), ...beside]);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const count = (sizes: readonly [string, number][]): number =>
  sizes.reduce((sum, [, size]) => sum + size, 0);

/**
 * Refuses a training that would not fit, before it takes anything.
 * @param available bytes that this process may come to hold
 * @returns bytes that it is expected to take at its peak @throws bad-input with the settings that would fit
 */
export function requireMemory(
  what: string,
  shape: TrainingShape,
  available = availableMemory(),
): number {
  const needed = trainingBytes(shape);
  if (needed <= available) return needed;
  const fits = settingsThatFit(shape, available);
  throw new AppError(
    "bad-input",
    `${what} with ${shape.rows} rows of up to ${shape.length} tokens an update needs about ${gigabytes(needed)}, and this machine has ${gigabytes(available)} to give; ${fits}`,
  );
}

function settingsThatFit(shape: TrainingShape, available: number): string {
  const fit = (change: Partial<TrainingShape>): boolean =>
    trainingBytes({ ...shape, ...change }) <= available;
  for (let rows = Math.floor(rowsOfPass(shape) / 2); rows >= 1; rows = Math.floor(rows / 2)) {
    const tokensPerPass = rows * shape.length;
    if (fit({ tokensPerPass }))
      return `it fits with tokensPerPass ${tokensPerPass}: the same update, accumulated from smaller passes`;
  }
  const frugal = {
    recompute: true,
    tokensPerPass: rowsOfPass({ ...shape, tokensPerPass: 1 }) * shape.length,
  };
  if (fit(frugal))
    return `it fits with recompute true and tokensPerPass ${frugal.tokensPerPass}: the same update, about a third slower`;
  const least = { recompute: true, rows: shape.together ?? 1, tokensPerPass: 1 };
  for (let length = Math.floor(shape.length / 2); length >= 16; length = Math.floor(length / 2))
    if (fit({ ...least, length }))
      return `it fits with maxLength ${length}, tokensPerPass ${length}, batchSize 1 and recompute true`;
  return "no batch size or length would fit: take a smaller model or a larger machine";
}

/** Tokens of the longest row. */
export function longestOf(rows: readonly { ids: readonly number[] }[]): number {
  return rows.reduce((most, { ids }) => Math.max(most, ids.length), 0);
}

/** 3.7e9 → "3.7 GB" */
export function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
