import { map, mean, type Rows, variance } from "./rows";

/**
 * r_t = −β·KL_t, and the score on top at the last real token.
 * @param kl per token, nats @param scores one a response
 */
export function tokenRewards(kl: Rows, scores: ArrayLike<number>, beta: number): Float64Array[] {
  return map(kl, (x, i, t) => -beta * x + (t === kl[i].length - 1 ? scores[i] : 0));
}

/**
 * Generalised advantage estimation (Schulman et al. 2016), which ends at the last real token:
 * δ_t = r_t + γV_{t+1} − V_t; A_t = δ_t + γλA_{t+1}; returns = A + V.
 */
export function gae(
  rewards: Rows,
  values: Rows,
  { gamma, lambda }: { gamma: number; lambda: number },
): { advantages: Float64Array[]; returns: Float64Array[] } {
  const advantages = rewards.map((row, i) => {
    const value = values[i];
    const a = new Float64Array(row.length);
    let next = 0;
    for (let t = row.length - 1; t >= 0; t--) {
      const after = t + 1 < row.length ? value[t + 1] : 0;
      next = row[t] + gamma * after - value[t] + gamma * lambda * next;
      a[t] = next;
    }
    return a;
  });
  return { advantages, returns: map(advantages, (a, i, t) => a + values[i][t]) };
}

/**
 * (x − μ)·rsqrt(var + 1e-8) over real tokens.
 * @param options variance "population" (Huang et al. 2023) or "sample" (TRL); shiftMean false puts μ back
 */
export function whiten(
  x: Rows,
  options: { variance?: "population" | "sample"; shiftMean?: boolean } = {},
): Float64Array[] {
  const mu = mean(x);
  const scale = 1 / Math.sqrt(variance(x, options.variance) + 1e-8);
  const back = options.shiftMean === false ? mu : 0;
  return map(x, (v) => (v - mu) * scale + back);
}

/** 1 − Var(returns − values)/Var(returns), population variance; NaN when the returns do not vary. */
export function explainedVariance(values: Rows, returns: Rows): number {
  const spread = variance(returns);
  const rest = variance(map(returns, (r, i, t) => r - values[i][t]));
  return spread === 0 ? Number.NaN : 1 - rest / spread;
}
