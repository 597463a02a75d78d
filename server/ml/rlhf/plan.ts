import type { Random } from "../runtime/random";
import { learningRate, type Schedule } from "./formulas/schedule";

/** Which examples each update sees: a new order each epoch, from the seed alone, so that a resumed run agrees. */
export interface Plan {
  totalSteps: number;
  /** Indices of the examples of an update, from 0. */
  batch(step: number): number[];
}

/**
 * @param epochs may be a fraction @param maxSteps null for all; beyond the epochs it goes on with further ones
 */
export function planBatches(
  examples: number,
  options: { batchSize: number; epochs: number; maxSteps: number | null; random: Random },
): Plan {
  const { batchSize, epochs, maxSteps, random } = options;
  const perEpoch = Math.max(1, Math.ceil(examples / batchSize));
  const orders = new Map<number, number[]>();
  const orderOf = (epoch: number): number[] => {
    const known = orders.get(epoch);
    if (known) return known;
    const made = random
      .fork(`epoch ${epoch}`)
      .shuffle(Array.from({ length: examples }, (_, i) => i));
    orders.clear(); // one epoch's order is in use at a time
    orders.set(epoch, made);
    return made;
  };
  return {
    totalSteps: maxSteps ?? Math.max(1, Math.round(perEpoch * epochs)),
    batch(step) {
      const at = (step % perEpoch) * batchSize;
      return orderOf(Math.floor(step / perEpoch)).slice(at, at + batchSize);
    },
  };
}

/** Learning rate of update `step` (from 0), by a trainer's config. */
export function rateAt(
  step: number,
  total: number,
  config: { learningRate: number; schedule: Schedule; finalLearningRate: number; warmup: number },
): number {
  return learningRate(step, {
    kind: config.schedule,
    base: config.learningRate,
    warmup: Math.round(config.warmup * total),
    total,
    minRatio: config.finalLearningRate,
  });
}
