import { gelu, geluTanh, quickGelu, silu } from "../graph/ops/activation";
import { add, mul, relu, sigmoid, square, tanh } from "../graph/ops/elementwise";
import { linear, linearT } from "../graph/ops/matmul";
import { split } from "../graph/ops/shape";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import type { Activation } from "./config";
import { dropout } from "./dropout";

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

/** x·Wᵀ (+ b) of a module whose weight is stored [out, in], with what an adapter adds. @param x [N, in] @returns [N, out] */
export function dense(x: Tensor, params: Parameters, name: string): Tensor {
  const y = linearT(x, params.get(`${name}.weight`), params.maybe(`${name}.bias`));
  return withAdapter(y, x, params, name);
}

/** The same for weights stored [in, out], as GPT-2 has them. */
export function conv1d(x: Tensor, params: Parameters, name: string): Tensor {
  const y = linear(x, params.get(`${name}.weight`), params.maybe(`${name}.bias`));
  return withAdapter(y, x, params, name);
}

/**
 * The results of one module stored [in, out], cut into pieces of these sizes: by several products, as
 * cutting the weight is cheaper than cutting the result. @returns [N, size] each
 */
export function conv1dParts(
  x: Tensor,
  params: Parameters,
  name: string,
  sizes: readonly number[],
): Tensor[] {
  const weights = split(params.get(`${name}.weight`), sizes, 1);
  const biases = split(params.get(`${name}.bias`), sizes, 0);
  const adapter = lowRank(x, params, name);
  const ups = adapter && split(adapter.up, sizes, 0);
  return weights.map((weight, i) => {
    const y = linear(x, weight, biases[i]);
    return adapter ? add(y, linearT(adapter.down, ups![i])) : y;
  });
}

/** y + scale·(x·Aᵀ)·Bᵀ where the module has an adapter (LoRA, Hu et al. 2021), else y. */
export function withAdapter(y: Tensor, x: Tensor, params: Parameters, name: string): Tensor {
  const adapter = lowRank(x, params, name);
  return adapter ? add(y, linearT(adapter.down, adapter.up)) : y;
}

/** @returns down: scale·dropout(x)·Aᵀ [N, r]; up: B [out, r] */
function lowRank(x: Tensor, params: Parameters, name: string): { down: Tensor; up: Tensor } | null {
  const adapter = params.adapter(name);
  if (!adapter) return null;
  const seed = params.dropoutSeed;
  const input = seed ? dropout(x, adapter.dropout, seed, adapter.module) : x;
  const down = linearT(input, params.get(`${name}.lora_A.weight`));
  return { down: mul(down, adapter.scale), up: params.get(`${name}.lora_B.weight`) };
}
