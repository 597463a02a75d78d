import { AppError } from "../../../domain/app-error";
import type { Rules } from "../rule";
import type { Tensor } from "../tensor";
import { add, erf, mul, sigmoid, sub } from "./elementwise";
import { scaledProduct } from "./matmul";

/** x·σ(x) (Elfwing et al. 2017). */
export function silu(x: Tensor): Tensor {
  const [y] = x.graph.emit("QuickGelu", [x], { alpha: 1 }, { dtype: x.dtype, shape: x.shape });
  return x.graph.composite("Silu", [x], {}, y, []);
}

/** x·Φ(x), exactly (Hendrycks and Gimpel 2016). */
export function gelu(x: Tensor): Tensor {
  return mul(x, mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5));
}

/** x·σ(1.702x), the cheapest of GELU's likenesses (Hendrycks and Gimpel 2016). */
export function quickGelu(x: Tensor): Tensor {
  return mul(x, sigmoid(mul(x, 1.702)));
}

const c1 = 2 * Math.sqrt(2 / Math.PI);
const c3 = c1 * 0.044715;

/** GPT-2's GELU ("gelu_new"): ½x(1 + tanh √(2/π)(x + 0.044715x³)) = x·σ(x·(c₁ + c₃x²)). */
export function geluTanh(x: Tensor): Tensor {
  const [y] = x.graph.emit("FastGelu", [x], {}, { dtype: x.dtype, shape: x.shape });
  return x.graph.composite("GeluTanh", [x], {}, y, []);
}

const insideComposite = (): never => {
  throw new AppError("internal", "an activation is differentiated as a whole");
};

/** What the kernels keep of a forward pass is its input alone; the rest is cheaper computed again than kept. */
export const activationRules: Rules<"Silu" | "GeluTanh" | "FastGelu" | "QuickGelu"> = {
  // σ + xσ(1 − σ) = σ + y(1 − σ)
  Silu: ({ inputs: [x], outputs: [y] }, dy) => {
    const s = sigmoid(x!);
    return [mul(dy, add(s, mul(y, sub(1, s))))];
  },
  // σ·(1 + (x − y)·(c₁ + 3c₃x²))
  GeluTanh: ({ inputs: [x], outputs: [y] }, dy) => {
    const t = add(mul(mul(x!, x!), c3), c1);
    const s = sigmoid(mul(x!, t));
    const slope = mul(sub(x!, y), add(t, (-2 * c1) / 3));
    return [mul(scaledProduct(dy, 3), mul(s, add(slope, 1 / 3)))];
  },
  FastGelu: insideComposite,
  QuickGelu: insideComposite,
};
