import { gelu, geluTanh, silu } from "../graph/ops/activation";
import { relu } from "../graph/ops/elementwise";
import type { Tensor } from "../graph/tensor";
import type { Activation } from "./config";

/** By the names that config.json uses. */
export const activations: Record<Activation, (x: Tensor) => Tensor> = {
  gelu_new: geluTanh,
  gelu,
  relu,
  silu,
};
