import type { Dim } from "../graph/dims";
import { add, cast, div, mod, mul, sub } from "../graph/ops/elementwise";
import { gatherDistinctRows } from "../graph/ops/gather";
import { linearT } from "../graph/ops/matmul";
import { expand, reduceMax } from "../graph/ops/reduce";
import { reshape, squeeze, transpose } from "../graph/ops/shape";
import type { Parameters } from "../graph/parameters";
import type { Graph, Tensor } from "../graph/tensor";
import { type Cache, attentionToCache, fullAttention } from "./attention";
import { withAdapter } from "./layers";
import { adaptersOf } from "./lora";
import { type ModelConfig, familyOf } from "./model";

/** A batch of sequences, as every program takes it. All int32 [batch, time]. */
export interface Sequences {
  ids: Tensor;
  /** Counts real tokens from 0; any valid number at padding. */
  positions: Tensor;
  /** 0 at padding, else the sequence's number (an attention mask, or packed sequences 1, 2, …). */
  segments: Tensor;
}

/** In floats, which every provider compares. @param x int32 @returns int32, the axes kept as 1 */
function largest(x: Tensor, axes: number[]): Tensor {
  return cast(reduceMax(cast(x, "float32"), axes, true), "int32");
}

/** The last hidden states of a batch, and how its tokens lie. */
export interface Hidden {
  /** [time·batch, headWidth], token (b, t) at row t·batch + b */
  tokens: Tensor;
  batch: Dim;
  time: Dim;
}

/**
 * A transformer over whole sequences. Padding may be left or right; segments do not see each other.
 * Tokens are kept time-major inside, which spares attention its transposes; ask for tokens by
 * `atRows` and get results by `[batch, time]`, and the order never shows.
 */
export function decoder(config: ModelConfig, params: Parameters, x: Sequences): Hidden {
  const [batch, time] = x.ids.shape as [Dim, Dim];
  return { tokens: forward(config, params, x), batch, time };
}

/**
 * The last hidden states of chosen tokens alone: neither a head nor what follows the last layer's attention is
 * computed for the others.
 * @param rows int32 [n]: b·time + t, each at most once @returns [n, headWidth]
 */
export function decoderAt(
  config: ModelConfig,
  params: Parameters,
  x: Sequences,
  rows: Tensor,
): Tensor {
  const places = placesOf(rows, x.ids.shape as [Dim, Dim]);
  return forward(config, params, x, (y) => gatherDistinctRows(y, places));
}

function forward(
  config: ModelConfig,
  params: Parameters,
  x: Sequences,
  read?: (y: Tensor) => Tensor,
): Tensor {
  const major = (y: Tensor): Tensor => transpose(y, [1, 0]);
  const flat = (y: Tensor): Tensor => reshape(major(y), [-1]);
  return familyOf(config).forward(config, params.adapted(adaptersOf(config)), {
    ids: flat(x.ids),
    positions: flat(x.positions),
    lastPosition: largest(flat(x.positions), [0]),
    attend: fullAttention(config, major(x.segments)),
    read,
  });
}

/** Chosen tokens of all that were computed. @param rows as decoderAt has them @returns [n, headWidth] */
export function atRows({ tokens, batch, time }: Hidden, rows: Tensor): Tensor {
  return gatherDistinctRows(tokens, placesOf(rows, [batch, time]));
}

/** Where tokens lie, time-major. @param rows int32 [n]: b·time + t @returns int32 [n]: t·batch + b */
function placesOf(rows: Tensor, [batch, time]: [Dim, Dim]): Tensor {
  const size = (dim: Dim): Tensor => dimension(rows.graph, dim);
  return add(mul(mod(rows, size(time)), size(batch)), div(rows, size(time)));
}

function dimension(graph: Graph, dim: Dim): Tensor {
  const result = { dtype: "int32", shape: [1] } as const;
  return graph.emit("Cast", [graph.dimTensor(dim)], { to: "int32" }, result)[0];
}

/** One number a token, back in the callers' order. @param x [time·batch] @returns [batch, time] */
export function byBatch(x: Tensor, { batch, time }: Hidden): Tensor {
  return transpose(reshape(x, [time, batch]), [1, 0]);
}

/** Vocabulary logits. @param x [n, width] @returns [n, vocab] */
export function logits(config: ModelConfig, params: Parameters, x: Tensor): Tensor {
  const name = config.tied ? familyOf(config).embedding : "lm_head.weight";
  return x.graph.scope("head", () => {
    const adapted = params.adapted(adaptersOf(config));
    return withAdapter(linearT(x, params.get(name)), x, adapted, "lm_head");
  });
}

/** Scores as trained, before normalisation. @param x [n, width] @returns [n] */
export function scores(params: Parameters, x: Tensor): Tensor {
  return x.graph.scope("head", () => squeeze(linearT(x, params.get("score.weight")), 1));
}

/** Scores as reported: (score − mean)/std. */
export function normalised({ reward }: ModelConfig, score: Tensor): Tensor {
  return reward ? div(sub(score, reward.mean), reward.std) : score;
}

/** What one decoding step takes. */
export interface StepInputs {
  /** int32 [batch, time]: the prompts, padded on the right, at the first step; then one each */
  ids: Tensor;
  /** int32 [batch, time] */
  positions: Tensor;
  /** int32 [batch]: tokens of each row after this step, less one */
  lengths: Tensor;
  /** int32 []: the largest of them, plus one; at the first step = time */
  total: Tensor;
  /** By layer, [batch, kvHeads, slots, headDim], slots ≥ total */
  caches: readonly Cache[];
}

/**
 * New tokens given those in the cache (decoding; no gradient).
 * @returns hidden [batch·time, width] (row b·time + t) and the caches; a cache may be written over
 *   its own input
 */
export function cachedDecoder(
  config: ModelConfig,
  params: Parameters,
  x: StepInputs,
): { hidden: Tensor; caches: Cache[] } {
  const caches: Cache[] = [];
  const hidden = familyOf(config).forward(config, params.adapted(adaptersOf(config)), {
    ids: reshape(x.ids, [-1]),
    positions: reshape(x.positions, [-1]),
    lastPosition: reshape(expand(largest(x.positions, [1]), x.positions.shape), [-1]),
    attend: attentionToCache(config, x.ids, x.caches, x, caches),
  });
  return { hidden, caches };
}
