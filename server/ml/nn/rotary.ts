import { rotary } from "../graph/ops/attention";
import { add, cast, cos, div, max, mul, pow, sin } from "../graph/ops/elementwise";
import { reshape, unsqueeze } from "../graph/ops/shape";
import { type Tensor, stopGradient } from "../graph/tensor";
import type { ModelConfig } from "./config";
import type { Tokens } from "./family";
import { attentionFactorOf, rotaryFrequencies } from "./rotary-frequencies";

export interface Angles {
  /** [tokens, 1, pairs] */
  cos: Tensor;
  sin: Tensor;
}

/** The turn of each pair of a head at each token. */
export function rotaryAngles(
  config: ModelConfig,
  { positions, lastPosition }: Pick<Tokens, "positions" | "lastPosition">,
): Angles {
  const frequencies = frequenciesAt(config, lastPosition);
  const angles = mul(unsqueeze(cast(positions, "float32"), 1, 2), frequencies);
  const factor = attentionFactorOf(config.rope!);
  const scaled = (y: Tensor): Tensor => stopGradient(factor === 1 ? y : mul(y, factor));
  return { cos: scaled(cos(angles)), sin: scaled(sin(angles)) };
}

/**
 * Frequencies do not depend on the text, but for dynamic scaling: θ grows by rᵈᐟ⁽ᵈ⁻²⁾, with
 * r = factor·length/trained − (factor − 1), once the length passes the trained context.
 * @returns [pairs], or [tokens or 1, 1, pairs]
 */
function frequenciesAt(config: ModelConfig, lastPosition: Tensor): Tensor {
  const { graph } = lastPosition;
  const plain = graph.constant(rotaryFrequencies(config));
  const { scaling, partial = 1 } = config.rope!;
  if (scaling?.type !== "dynamic") return plain;
  const { factor, trainedContext } = scaling;
  const dims = Math.floor(config.headDim * partial);
  const length = max(add(cast(lastPosition, "float32"), 1), trainedContext);
  const growth = add(mul(div(length, trainedContext), factor), 1 - factor);
  const exponents = Array.from({ length: plain.dim(0) as number }, (_, i) => (-2 * i) / (dims - 2));
  return mul(pow(unsqueeze(growth, 1, 2), graph.constant(exponents)), plain);
}

/** Rotates every head. @param x [tokens, heads·d], or [tokens, heads, d] @returns [tokens, heads·d] */
export function rotateHeads(x: Tensor, { cos, sin }: Angles, headDim: number): Tensor {
  const apart = x.rank === 3 ? x : splitHeads(x, headDim);
  const width = (apart.dim(1) as number) * headDim;
  return reshape(rotary(apart, cos, sin), [x.shape[0], width]);
}

/** @param x [tokens, heads·d] @returns [tokens, heads, d] */
export function splitHeads(x: Tensor, headDim: number): Tensor {
  return reshape(x, [x.shape[0], (x.dim(-1) as number) / headDim, headDim]);
}
