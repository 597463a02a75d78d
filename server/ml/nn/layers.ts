import { gelu, geluTanh, quickGelu, silu } from "../graph/ops/activation";
import { relu, sigmoid, square, tanh } from "../graph/ops/elementwise";
import { linearT } from "../graph/ops/matmul";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import type { Activation } from "./config";

/** By the names that config.json uses. */
export const activations: Record<Activation, (x: Tensor) => Tensor> = {
  gelu_new: geluTanh,
  gelu,
  quick_gelu: quickGelu,
  relu,
  relu2: (x) => square(relu(x)),
  silu,
  sigmoid,
  tanh,
};

/** x·Wᵀ + b by a layer's name, without b where the model has none. Weights are [out, in]. */
export function dense(x: Tensor, params: Parameters, name: string): Tensor {
  return linearT(x, params.get(`${name}.weight`), params.maybe(`${name}.bias`));
}
