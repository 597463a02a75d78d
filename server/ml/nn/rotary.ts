import { rotary } from "../graph/ops/attention";
import { cast, cos, mul, sin } from "../graph/ops/elementwise";
import { reshape, unsqueeze } from "../graph/ops/shape";
import { type Tensor, stopGradient } from "../graph/tensor";
import type { ModelConfig } from "./config";

/**
 * Radians per position of each pair of a head: θ^(−2i/d) (Su et al. 2021), stretched by the scaling.
 * llama3 divides low frequencies by `factor`, keeps high ones and blends between.
 */
export function rotaryFrequencies({
  rope,
  headDim,
}: Pick<ModelConfig, "rope" | "headDim">): number[] {
  const { theta, scaling } = rope!;
  const plain = Array.from({ length: headDim / 2 }, (_, i) => theta ** ((-2 * i) / headDim));
  if (!scaling) return plain;
  if (scaling.type === "linear") return plain.map((f) => f / scaling.factor);
  const { factor, lowFreqFactor, highFreqFactor, originalContext } = scaling;
  return plain.map((f) => {
    const turns = (originalContext * f) / (2 * Math.PI); // in the context of its training
    if (turns < lowFreqFactor) return f / factor;
    if (turns > highFreqFactor) return f;
    const smooth = (turns - lowFreqFactor) / (highFreqFactor - lowFreqFactor);
    return (1 - smooth) * (f / factor) + smooth * f;
  });
}

export interface Angles {
  /** [tokens, 1, d/2] */
  cos: Tensor;
  sin: Tensor;
}

/** @param positions int32 [tokens] */
export function rotaryAngles(config: ModelConfig, positions: Tensor): Angles {
  const frequencies = positions.graph.constant(rotaryFrequencies(config));
  const angles = mul(unsqueeze(cast(positions, "float32"), 1, 2), frequencies);
  return { cos: stopGradient(cos(angles)), sin: stopGradient(sin(angles)) };
}

/** Rotates every head. @param x [tokens, heads·d] */
export function rotateHeads(x: Tensor, { cos, sin }: Angles, headDim: number): Tensor {
  const heads = (x.dim(-1) as number) / headDim;
  const apart = reshape(x, [x.shape[0], heads, headDim]); // (N, H, d)
  return reshape(rotary(apart, cos, sin), x.shape);
}
