import { noGradient, type Rules } from "../rule";
import type { Tensor } from "../tensor";
import { add, erf, mul, sigmoid, sub } from "./elementwise";

/** x·σ(x) (Elfwing et al. 2017). */
export function silu(x: Tensor): Tensor {
  const s = sigmoid(x);
  return x.graph.composite("Silu", [x], {}, mul(x, s), [s]);
}

/** x·Φ(x), exactly (Hendrycks and Gimpel 2016). */
export function gelu(x: Tensor): Tensor {
  return mul(x, mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5));
}

const c1 = 2 * Math.sqrt(2 / Math.PI);
const c3 = c1 * 0.044715;

/** GPT-2's GELU ("gelu_new"): ½x(1 + tanh √(2/π)(x + 0.044715x³)) = x·σ(x·(c₁ + c₃x²)). */
export function geluTanh(x: Tensor): Tensor {
  const squared = mul(x, x);
  const s = sigmoid(mul(x, add(mul(squared, c3), c1)));
  return x.graph.composite("GeluTanh", [x], {}, mul(x, s), [squared, s]);
}

export const activationRules: Rules<"Silu" | "GeluTanh" | "FastGelu" | "QuickGelu"> = {
  // σ + xσ(1 − σ) = σ + y(1 − σ)
  Silu: ({ saved: [s], outputs: [y] }, dy) => [mul(dy, add(s, mul(y, sub(1, s))))],
  // σ·(1 + (x − y)·(c₁ + 3c₃x²))
  GeluTanh: ({ inputs: [x], saved: [squared, s], outputs: [y] }, dy) => {
    const slope = add(mul(squared, 3 * c3), c1);
    return [mul(dy, mul(s, add(mul(sub(x!, y), slope), 1)))];
  },
  FastGelu: noGradient,
  QuickGelu: noGradient,
};
