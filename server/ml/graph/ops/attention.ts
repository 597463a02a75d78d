import { AppError } from "../../../domain/app-error";
import { type Dim, divideDims, mulDims, type Shape } from "../dims";
import { type Rules, noGradient } from "../rule";
import { type Tensor } from "../tensor";
import { add, mul, neg, sub } from "./elementwise";
import { fusedMatmul } from "./matmul";
import { sum } from "./reduce";
import { reshape, transpose } from "./shape";
import { softmax } from "./softmax";

/** [time, .., width] → [.., time, width], and back. */
const outward = (x: Tensor): Tensor =>
  transpose(x, [...Array.from({ length: x.rank - 2 }, (_, i) => i + 1), 0, x.rank - 1]);
const inward = (x: Tensor): Tensor =>
  transpose(x, [x.rank - 2, ...Array.from({ length: x.rank - 2 }, (_, i) => i), x.rank - 1]);

/**
 * softmax(scale·q·kᵀ + bias)·v over time-major heads (Vaswani et al. 2017).
 * @param q [time, batch, heads, d] @param k,v like q
 * @param bias broadcasts to [batch, heads, time, time]: 0 where attention is allowed, else very negative
 * @returns as q
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, bias: Tensor, scale: number): Tensor {
  const scores = fusedMatmul(q, k, { alpha: scale, transB: 1, transBatchA: 1, transBatchB: 1 });
  const p = softmax(add(scores, bias)); // [batch, heads, time, time]
  const o = inward(fusedMatmul(p, v, { transBatchB: 1 }));
  return q.graph.composite("Attention", [q, k, v, bias], { scale }, o, [p]);
}

/** A group's queries one after another, as more rows of one product: [.., group, time, n] ⇄ [.., group·time, n]. */
const asRows = (x: Tensor): Tensor =>
  reshape(x, [...x.shape.slice(0, -3), mulDims(x.shape.slice(-3, -1)), x.dim(-1)]);
const asGroup = (x: Tensor, [time, , , group]: Shape): Tensor =>
  reshape(x, [...x.shape.slice(0, -2), group, time, x.dim(-1)]);

/**
 * The same where a group of queries shares a key/value head (Ainslie et al. 2023): products over a group's queries
 * together are fewer and larger, and what the keys and values get from them is summed inside.
 * @param q [time, batch, kv heads, group, d] @param k,v [time, batch, kv heads, d]
 * @param bias broadcasts to [batch, kv heads, group, time, time]
 * @returns as q
 */
export function groupedAttention(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  bias: Tensor,
  scale: number,
): Tensor {
  const rows = asRows(outward(q));
  const scores = fusedMatmul(rows, k, { alpha: scale, transB: 1, transBatchB: 1 });
  const p = asRows(softmax(add(asGroup(scores, q.shape), bias)));
  const o = fusedMatmul(p, v, { transBatchB: 1 }); // [batch, kv heads, group·time, d]
  const y = inward(asGroup(o, q.shape));
  return q.graph.composite("GroupedAttention", [q, k, v, bias], { scale }, y, [rows, p, o]);
}

/**
 * Rotates pairs (i, i + pairs) of the first 2·pairs of each head by an angle (Su et al. 2021).
 * @param x [tokens, heads, d] @param cos,sin [tokens, 1, pairs]
 */
export function rotary(x: Tensor, cos: Tensor, sin: Tensor): Tensor {
  const pairs = cos.dim(-1);
  if (typeof pairs !== "number" || (x.dim(-1) as number) < 2 * pairs)
    throw new AppError("internal", `rotary of ${String(x)}: ${pairs} pairs do not fit`);
  const y = rotate(x, cos, sin, pairs);
  return x.graph.composite("Rotary", [x, cos, sin], { pairs }, y, []);
}

/** One node in place of some ten that broadcast; to it the tokens are one sequence, and cos and sin its tables. */
function rotate(x: Tensor, cos: Tensor, sin: Tensor, pairs: number): Tensor {
  const [tokens, heads, width] = x.shape as [Dim, number, number];
  const flat = reshape(x, [1, tokens, heads * width]);
  const tables = [cos, sin].map((y) => reshape(y, [tokens, pairs]));
  const [y] = x.graph.emit(
    "RotaryEmbedding",
    [flat, x.graph.constant([0], "int64"), ...tables],
    { num_heads: heads, rotary_embedding_dim: 2 * pairs },
    { dtype: x.dtype, shape: flat.shape },
  );
  return reshape(y, x.shape);
}

export interface CachedAttention {
  /** [batch, time, heads·d] */
  q: Tensor;
  /** [batch, time, kvHeads·d] */
  k: Tensor;
  v: Tensor;
  /** [batch, kvHeads, slots, d]; the same buffer may be given as past and fetched as present */
  pastKey: Tensor;
  pastValue: Tensor;
  /** int32 [batch]: real tokens of each row after this step, less one */
  lengths: Tensor;
  /** int32 []: the largest of them, plus one */
  total: Tensor;
  heads: number;
  kvHeads: number;
  /** of the scores; default 1/√d */
  scale?: number;
}

/**
 * Causal attention to a cache that each row fills from slot 0, for decoding (no gradient).
 * With total = time it is the first step (prefill, rows padded on the right), else rows go on.
 * @returns output [batch, time, heads·d] and the cache with this step's keys and values
 */
export function cachedAttention(x: CachedAttention): [Tensor, Tensor, Tensor] {
  const { q, pastKey, pastValue, heads, kvHeads } = x;
  const scale = x.scale ?? 1 / Math.sqrt(divideDims(q.dim(-1), heads) as number);
  const cache = { dtype: q.dtype, shape: pastKey.shape };
  const [o, key, value] = q.graph.emit(
    "GroupQueryAttention",
    [q, x.k, x.v, pastKey, pastValue, x.lengths, x.total],
    { num_heads: heads, kv_num_heads: kvHeads, scale },
    { dtype: q.dtype, shape: q.shape },
    cache,
    cache,
  );
  return [o, key, value];
}

type AttentionOp =
  | "Attention"
  | "GroupedAttention"
  | "Rotary"
  | "RotaryEmbedding"
  | "GroupQueryAttention";

export const attentionRules: Rules<AttentionOp> = {
  // dS = P∘(dP − δ) with δ = rowsum(dO∘O) (Dao et al. 2022), cheaper than rowsum(dP∘P)
  Attention: ({ inputs, attributes: { scale }, outputs: [o], saved: [p] }, dy) => {
    const [q, k, v] = inputs as [Tensor, Tensor, Tensor];
    const dp = fusedMatmul(dy, v, { transB: 1, transBatchA: 1, transBatchB: 1 });
    const delta = outward(sum(mul(dy, o), [-1], true));
    const ds = mul(p, sub(dp, delta));
    const dq = fusedMatmul(ds, k, { alpha: scale, transBatchB: 1 });
    const dk = fusedMatmul(ds, q, { alpha: scale, transA: 1, transBatchB: 1 });
    const dv = fusedMatmul(p, dy, { transA: 1, transBatchB: 1 });
    return [inward(dq), inward(dk), inward(dv), null];
  },
  GroupedAttention: ({ inputs, attributes: { scale }, saved: [rows, p, o] }, dy) => {
    const [q, k, v] = inputs as [Tensor, Tensor, Tensor];
    const d = asRows(outward(dy));
    const dp = fusedMatmul(d, v, { transB: 1, transBatchB: 1 });
    const ds = mul(p, sub(dp, sum(mul(d, o), [-1], true)));
    const dq = fusedMatmul(ds, k, { alpha: scale, transBatchB: 1 });
    const dk = fusedMatmul(ds, rows, { alpha: scale, transA: 1 });
    const dv = fusedMatmul(p, d, { transA: 1 });
    return [inward(asGroup(dq, q.shape)), inward(dk), inward(dv), null];
  },
  Rotary: ({ inputs: [, cos, sin], attributes: { pairs } }, dy) => [
    rotate(dy, cos!, neg(sin!), pairs),
    null,
    null,
  ],
  RotaryEmbedding: () => {
    throw new AppError("internal", "a rotation is differentiated as a whole");
  },
  GroupQueryAttention: noGradient,
};
