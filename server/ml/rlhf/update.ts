import type { sequenceInputs } from "../nn/inputs";
import type { Feeds, Value } from "../runtime/feeds";
import type { Trainer } from "../runtime/training";

/** The one number of an output of shape []. */
export function numberOf(value: Value): number {
  return Number(value.data[0]);
}

/**
 * One update from the passes of one batch. Losses are sums over weighted tokens or pairs, so the
 * gradient is the same however the batch is cut.
 * @returns loss summed over the passes, gradient norm before clipping, each pass's outputs
 */
export async function update<In extends string, Out extends string>(
  trainer: Trainer<In, Out>,
  passes: readonly Feeds<In>[],
  lr: number,
): Promise<{ loss: number; gradNorm: number; outputs: Record<Out | "loss", Value>[] }> {
  const { outputs, gradNorm } = await trainer.update(passes, { lr });
  return { loss: outputs.reduce((sum, o) => sum + numberOf(o.loss), 0), gradNorm, outputs };
}

/** @param since performance.now() when the work began */
export function tokensPerSecond(tokens: number, since: number): number {
  const seconds = (performance.now() - since) / 1000;
  return seconds > 0 ? tokens / seconds : 0;
}

/** The share of places that hold no token. @param tokens that are not padding */
export function paddingShare(
  tokens: number,
  passes: readonly Feeds<keyof typeof sequenceInputs>[],
): number {
  return 1 - tokens / passes.reduce((n, { ids }) => n + ids.data.length, 0);
}
