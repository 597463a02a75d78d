import type { Dim } from "../graph/dims";
import { and, equal, greaterOrEqual, where } from "../graph/ops/elementwise";
import { attention, cachedAttention, groupedAttention } from "../graph/ops/attention";
import { pad, range, reshape, slice, transpose, unsqueeze } from "../graph/ops/shape";
import type { Tensor } from "../graph/tensor";
import type { ModelConfig } from "./config";

/**
 * Lets tokens see earlier ones: how is the program's choice (training, or decoding with a cache), so
 * that a family is written once.
 * @param q [tokens, heads·d] @param k,v [tokens, kvHeads·d] @returns [tokens, heads·d]
 */
export type Mixer = (layer: number, q: Tensor, k: Tensor, v: Tensor) => Tensor;

const veryNegative = -3e38;

/**
 * 0 where a token may look, else very negative: at itself and earlier ones of its own segment.
 * Padding is a segment like any other (0), so that no row is empty and no real token sees it.
 * @param segments int32 [time, batch] @returns [batch, 1, time, time]
 */
function causalBias(segments: Tensor): Tensor {
  const [time] = segments.shape as [Dim, Dim];
  const steps = range(segments, time);
  const causal = greaterOrEqual(unsqueeze(steps, 1), unsqueeze(steps, 0)); // (T, T)
  const rows = transpose(segments, [1, 0]); // (B, T)
  const same = equal(unsqueeze(rows, 2), unsqueeze(rows, 1)); // (B, T, T)
  return unsqueeze(where(and(same, causal), 0, veryNegative), 1);
}

/** Attention over whole sequences, time-major, with gradients. */
export function fullAttention(config: ModelConfig, segments: Tensor): Mixer {
  const { heads, kvHeads, headDim } = config;
  const bias = causalBias(segments);
  const [time, batch] = segments.shape as [Dim, Dim];
  const scale = 1 / Math.sqrt(headDim);
  if (kvHeads === heads)
    return (_, q, k, v) => {
      const split = (x: Tensor): Tensor => reshape(x, [time, batch, heads, headDim]);
      return merge(attention(split(q), split(k), split(v), bias, scale), q);
    };
  const group = heads / kvHeads;
  const wide = unsqueeze(bias, 1); // (B, 1, 1, T, T)
  return (_, q, k, v) => {
    const queries = reshape(q, [time, batch, kvHeads, group, headDim]);
    const shared = (x: Tensor): Tensor => reshape(x, [time, batch, kvHeads, headDim]);
    return merge(groupedAttention(queries, shared(k), shared(v), wide, scale), q);
  };
}

const merge = (o: Tensor, like: Tensor): Tensor => reshape(o, like.shape);

/** Width of a head in the cache: the kernel takes multiples of 8, the rest is zeros. */
export function cacheHeadDim({ headDim }: ModelConfig): number {
  return Math.ceil(headDim / 8) * 8;
}

/** One layer's keys and values: [batch, kvHeads, slots, cacheHeadDim]. */
export interface Cache {
  key: Tensor;
  value: Tensor;
}

/**
 * Attention of new tokens (batch-major) to a cache, which each row fills from slot 0.
 * @param lengths int32 [batch]: tokens of a row after this step, less one
 * @param total int32 []: the largest of them, plus one
 * @param present receives each layer's cache after this step
 */
export function attentionToCache(
  config: ModelConfig,
  ids: Tensor,
  caches: readonly Cache[],
  { lengths, total }: { lengths: Tensor; total: Tensor },
  present: Cache[],
): Mixer {
  const [batch, time] = ids.shape as [Dim, Dim];
  const { heads, kvHeads, headDim } = config;
  const wide = cacheHeadDim(config);
  const rows = (x: Tensor): Tensor => {
    if (wide === headDim) return reshape(x, [batch, time, x.dim(-1)]);
    const count = (x.dim(-1) as number) / headDim;
    const padded = pad(reshape(x, [batch, time, count, headDim]), -1, 0, wide - headDim);
    return reshape(padded, [batch, time, count * wide]);
  };
  const narrow = (o: Tensor): Tensor =>
    wide === headDim ? o : slice(reshape(o, [batch, time, heads, wide]), -1, 0, headDim);
  return (layer, q, k, v) => {
    const { key: pastKey, value: pastValue } = caches[layer];
    const [o, key, value] = cachedAttention({
      q: rows(q),
      k: rows(k),
      v: rows(v),
      pastKey,
      pastValue,
      lengths,
      total,
      heads,
      kvHeads,
      scale: 1 / Math.sqrt(headDim),
    });
    present[layer] = { key, value };
    return reshape(narrow(o), q.shape);
  };
}
