import { clamp, logSumExp } from "./numbers";
import { map, mean, type Rows, total, variance } from "./rows";

/**
 * The clipped policy loss: mean over real tokens of max(−A·ρ, −A·clip(ρ, 1 ± ε)), ρ = π/π_old.
 * Dual clip c bounds the loss of a token with A < 0 at −c·A (Ye et al. 2020).
 * @returns grad by log π, ratios and the share of clipped tokens beside the loss
 */
export function policyLoss(
  logProbs: Rows,
  oldLogProbs: Rows,
  advantages: Rows,
  { clip, dualClip = null }: { clip: number; dualClip?: number | null },
) {
  const { count } = total(logProbs);
  let clipped = 0;
  const ratio = map(logProbs, (x, i, t) => Math.exp(x - oldLogProbs[i][t]));
  const grad = map(logProbs, () => 0);
  const losses = map(logProbs, (_, i, t) => {
    const a = advantages[i][t];
    const r = ratio[i][t];
    const held = -a * clamp(r, 1 - clip, 1 + clip);
    const isClipped = held > -a * r;
    if (isClipped) clipped++;
    const loss = Math.max(-a * r, held);
    if (dualClip !== null && a < 0 && loss > -a * dualClip) return -a * dualClip;
    if (!isClipped) grad[i][t] = (-a * r) / count;
    return loss;
  });
  const squares = map(logProbs, (x, i, t) => (x - oldLogProbs[i][t]) ** 2);
  return {
    loss: mean(losses),
    grad,
    ratio,
    ratioMean: mean(ratio),
    ratioVar: variance(ratio, "sample"),
    clipFraction: clipped / count,
    approxKl: mean(squares) / 2,
  };
}

/**
 * ½·mean max((V − R)², (V_old + clip(V − V_old, ±ε) − R)²) over real tokens; clip null for plain squares.
 * @returns grad by V and the share of clipped tokens beside the loss
 */
export function valueLoss(
  values: Rows,
  oldValues: Rows,
  returns: Rows,
  { clip }: { clip: number | null },
) {
  const { count } = total(values);
  let clipped = 0;
  const grad = map(values, () => 0);
  const losses = map(values, (v, i, t) => {
    const error = v - returns[i][t];
    const old = oldValues[i][t];
    const step = clip === null ? v - old : clamp(v - old, -clip, clip);
    const heldError = old + step - returns[i][t];
    const isClipped = clip !== null && heldError ** 2 > error ** 2;
    if (isClipped) clipped++;
    // where the held value wins its gradient is 0 beyond the clip
    if (!isClipped || step === v - old) grad[i][t] = error / count;
    return Math.max(error ** 2, heldError ** 2);
  });
  return { loss: mean(losses) / 2, grad, clipFraction: clipped / count };
}

/** −Σ p·log p of one distribution given by its logits. @returns nats */
export function entropy(logits: ArrayLike<number>): number {
  const norm = logSumExp(logits);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const logP = logits[i] - norm;
    if (logP > -Infinity) sum -= Math.exp(logP) * logP;
  }
  return sum;
}

/** log π(id) of one token from its logits, which are divided by the temperature. @returns nats */
export function tokenLogProb(logits: ArrayLike<number>, id: number, temperature = 1): number {
  const scaled = Float64Array.from(logits, (x) => x / temperature);
  return scaled[id] - logSumExp(scaled);
}
