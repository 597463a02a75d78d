import { add, div, min, mul, sqrt, sub } from "./ops/elementwise";
import { sumSquares } from "./ops/reduce";
import type { Tensor } from "./tensor";

export interface AdamWOptions {
  beta1: number;
  beta2: number;
  /** Added to √v̂, outside the root. */
  eps: number;
  /** Decoupled: w ← w·(1 − lr·weightDecay) before the step. */
  weightDecay: number;
  /** What decays: matrices (rank ≥ 2) alone leave out norms and biases. */
  decay: "matrices" | "all" | "none";
  /** Gradients longer than this are scaled down to it; null leaves them. */
  clipNorm: number | null;
}

export const adamWDefaults: AdamWOptions = {
  beta1: 0.9,
  beta2: 0.999,
  eps: 1e-8,
  weightDecay: 0,
  decay: "matrices",
  clipNorm: 1,
};

/** One parameter with its gradient and moments, all of one shape. */
export interface Slot {
  weight: Tensor;
  gradient: Tensor;
  m: Tensor;
  v: Tensor;
}

/** √Σg² over all gradients. @returns [] */
export function globalNorm(gradients: readonly Tensor[]): Tensor {
  return sqrt(gradients.map(sumSquares).reduce((a, b) => add(a, b)));
}

/** As torch.nn.utils.clip_grad_norm_: clip/(norm + 1e-6), only when under 1. @returns [] */
export function clipScale(norm: Tensor, clipNorm: number | null): Tensor {
  // without clipping still a function of the norm: updates in place must wait for every gradient
  return min(div(clipNorm ?? 3e38, add(norm, 1e-6)), 1);
}

/**
 * AdamW (Loshchilov and Hutter 2019) as torch.optim.AdamW computes it.
 * @param scale [] multiplies the gradients @param lr [] @param correction1 [] 1/(1 − β₁ᵗ)
 * @param correction2 [] √(1 − β₂ᵗ)
 * @returns the new value of each weight and moment
 */
export function adamW(
  slots: readonly Slot[],
  options: AdamWOptions,
  { scale, lr, correction1, correction2 }: Record<StepInput, Tensor>,
): Slot[] {
  const { beta1, beta2, eps, weightDecay, decay } = options;
  const scale1 = mul(scale, 1 - beta1);
  const scale2 = mul(scale, Math.sqrt(1 - beta2));
  // lr·m̂/(√v̂ + ε) = (lr·c₁·c₂)·m/(√v + ε·c₂): fewer passes over the weights
  const rate = mul(mul(lr, correction1), correction2);
  const small = mul(correction2, eps);
  const keep = sub(1, mul(lr, weightDecay));
  return slots.map(({ weight, gradient, m, v }) => {
    const m1 = add(mul(m, beta1), mul(gradient, scale1));
    const part = mul(gradient, scale2);
    const v1 = add(mul(v, beta2), mul(part, part));
    const update = mul(div(m1, add(sqrt(v1), small)), rate);
    const decays = weightDecay !== 0 && (decay === "all" || (decay === "matrices" && m.rank >= 2));
    const next = sub(decays ? mul(weight, keep) : weight, update);
    return { weight: next, gradient, m: m1, v: v1 };
  });
}

export type StepInput = "scale" | "lr" | "correction1" | "correction2";
