import type { ModelConfig, Rope, RopeScaling } from "./config";

/**
 * Radians per position of each pair of a head: θ^(−2i/d) (Su et al. 2021), stretched by the scaling.
 * Those of dynamic scaling are for texts no longer than the trained context.
 */
export function rotaryFrequencies({
  rope,
  headDim,
}: Pick<ModelConfig, "rope" | "headDim">): number[] {
  const { theta, scaling, partial = 1 } = rope!;
  const dims = Math.floor(headDim * partial);
  const plain = Array.from({ length: Math.ceil(dims / 2) }, (_, i) => theta ** ((-2 * i) / dims));
  if (scaling?.type === "linear") return plain.map((f) => f / scaling.factor);
  if (scaling?.type === "llama3") return plain.map((f) => llama3(f, scaling));
  if (scaling?.type === "yarn") return yarn(plain, dims, theta, scaling);
  return plain;
}

/** What cosines and sines are multiplied by. */
export function attentionFactorOf({ scaling }: Rope): number {
  return scaling?.type === "yarn" ? scaling.attentionFactor : 1;
}

type Of<T extends RopeScaling["type"]> = Extract<RopeScaling, { type: T }>;

/** Divides low frequencies by the factor, keeps high ones and blends between. */
function llama3(
  f: number,
  { factor, lowFreqFactor, highFreqFactor, originalContext }: Of<"llama3">,
): number {
  const turns = (originalContext * f) / (2 * Math.PI); // in the context of its training
  if (turns < lowFreqFactor) return f / factor;
  if (turns > highFreqFactor) return f;
  const smooth = (turns - lowFreqFactor) / (highFreqFactor - lowFreqFactor);
  return (1 - smooth) * (f / factor) + smooth * f;
}

/** The like, with a ramp that is linear in the pair's number rather than in its frequency. */
function yarn(
  plain: readonly number[],
  dims: number,
  theta: number,
  { factor, originalContext, betaFast, betaSlow, truncate }: Of<"yarn">,
): number[] {
  /** The (fractional) pair that turns so often within the original context. */
  const pairOf = (turns: number): number =>
    (dims * Math.log(originalContext / (turns * 2 * Math.PI))) / (2 * Math.log(theta));
  const [fast, slow] = [pairOf(betaFast), pairOf(betaSlow)];
  const low = Math.max(truncate ? Math.floor(fast) : fast, 0);
  const high = Math.min(truncate ? Math.ceil(slow) : slow, dims - 1);
  const width = high === low ? 0.001 : high - low;
  return plain.map((f, i) => {
    const slowed = Math.min(Math.max((i - low) / width, 0), 1);
    return (f / factor) * slowed + f * (1 - slowed);
  });
}
