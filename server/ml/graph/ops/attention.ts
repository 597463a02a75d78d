import { AppError } from "../../../domain/app-error";
import { type Dim, divideDims } from "../dims";
import { type Rules, noGradient } from "../rule";
import { type Tensor } from "../tensor";
import { add, mul, neg, sub } from "./elementwise";
import { fusedMatmul } from "./matmul";
import { sum, unbroadcast } from "./reduce";
import { concat, split, transpose } from "./shape";
import { softmax } from "./softmax";

/** [time, .., width] → [.., time, width], and back. */
const outward = (x: Tensor): Tensor =>
  transpose(x, [...Array.from({ length: x.rank - 2 }, (_, i) => i + 1), 0, x.rank - 1]);
const inward = (x: Tensor): Tensor =>
  transpose(x, [x.rank - 2, ...Array.from({ length: x.rank - 2 }, (_, i) => i), x.rank - 1]);

/**
 * softmax(scale·q·kᵀ + bias)·v over time-major heads (Vaswani et al. 2017).
 * Axes of 1 in k and v are shared (grouped queries: q [.., kv heads, group, d], k [.., kv heads, 1, d]).
 * @param q [time, batch, .., d] @param k [time, batch, .., d] @param v like k
 * @param bias broadcasts to [batch, .., time, time]: 0 where attention is allowed, else very negative
 * @returns as q
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, bias: Tensor, scale: number): Tensor {
  const scores = fusedMatmul(q, k, { alpha: scale, transB: 1, transBatchA: 1, transBatchB: 1 });
  const p = softmax(add(scores, bias)); // [batch, heads, time, time]
  const o = inward(fusedMatmul(p, v, { transBatchB: 1 }));
  return q.graph.composite("Attention", [q, k, v, bias], { scale }, o, [p]);
}

/**
 * Rotates pairs (i, i + d/2) of the first 2·pairs of each head by an angle (Su et al. 2021).
 * @param x [time, batch, .., d] @param cos,sin broadcast to [time, batch, .., pairs]
 */
export function rotary(x: Tensor, cos: Tensor, sin: Tensor): Tensor {
  const pairs = cos.dim(-1);
  if (typeof pairs !== "number" || (x.dim(-1) as number) < 2 * pairs)
    throw new AppError("internal", `rotary of ${String(x)}: ${pairs} pairs do not fit`);
  const y = rotate(x, cos, sin, pairs);
  return x.graph.composite("Rotary", [x, cos, sin], { pairs }, y, []);
}

function rotate(x: Tensor, cos: Tensor, sin: Tensor, pairs: number): Tensor {
  const rest: Dim = (x.dim(-1) as number) - 2 * pairs;
  const parts = split(x, rest === 0 ? [pairs, pairs] : [pairs, pairs, rest], -1);
  const [a, b] = parts as [Tensor, Tensor];
  const turned = [sub(mul(a, cos), mul(b, sin)), add(mul(b, cos), mul(a, sin))];
  return concat([...turned, ...parts.slice(2)], -1);
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

export const attentionRules: Rules<"Attention" | "Rotary" | "GroupQueryAttention"> = {
  // dS = P∘(dP − δ) with δ = rowsum(dO∘O) (Dao et al. 2022), cheaper than rowsum(dP∘P)
  Attention: ({ inputs, attributes: { scale }, outputs: [o], saved: [p] }, dy) => {
    const [q, k, v] = inputs as [Tensor, Tensor, Tensor];
    const dp = fusedMatmul(dy, v, { transB: 1, transBatchA: 1, transBatchB: 1 });
    const delta = outward(sum(mul(dy, o), [-1], true));
    const ds = mul(p, sub(dp, delta));
    const dq = fusedMatmul(ds, k, { alpha: scale, transBatchB: 1 });
    const dk = fusedMatmul(ds, q, { alpha: scale, transA: 1, transBatchB: 1 });
    const dv = fusedMatmul(p, dy, { transA: 1, transBatchB: 1 });
    const back = (d: Tensor, x: Tensor): Tensor => unbroadcast(inward(d), x.shape);
    return [back(dq, q), back(dk, k), back(dv, v), null];
  },
  Rotary: ({ inputs: [, cos, sin], attributes: { pairs } }, dy) => [
    rotate(dy, cos!, neg(sin!), pairs),
    null,
    null,
  ],
  GroupQueryAttention: noGradient,
};
