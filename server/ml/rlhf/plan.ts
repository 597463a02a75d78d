import type { Random } from "../runtime/random";
import { learningRate, type Schedule } from "./formulas/schedule";

/** Which examples each update sees: a new order each epoch, from the seed alone, so that a resumed run agrees. */
export interface Plan {
  totalSteps: number;
  /** Indices of the examples of an update, from 0. */
  batch(step: number): number[];
  /** Passes over the data that so many updates are. */
  epoch(steps: number): number;
}

export interface PlanOptions {
  batchSize: number;
  /** May be a fraction. */
  epochs: number;
  /** Null for all; beyond the epochs it goes on with further ones. */
  maxSteps: number | null;
  /** Updates whose examples are sorted by length together; 1 for none. */
  bucketWindow: number;
  random: Random;
}

/** @param lengths of the examples, in tokens */
export function planBatches(lengths: readonly number[], options: PlanOptions): Plan {
  const { batchSize, epochs, maxSteps, bucketWindow, random } = options;
  const perEpoch = Math.max(1, Math.ceil(lengths.length / batchSize));
  const orders = new Map<number, number[]>();
  const orderOf = (epoch: number): number[] => {
    const known = orders.get(epoch);
    if (known) return known;
    const draw = random.fork(`epoch ${epoch}`);
    const shuffled = draw.shuffle(lengths.map((_, i) => i));
    const made =
      bucketWindow > 1 ? bucketed(shuffled, lengths, { batchSize, bucketWindow, draw }) : shuffled;
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
    epoch(steps) {
      const rest = ((steps % perEpoch) * batchSize) / lengths.length;
      return Math.floor(steps / perEpoch) + rest;
    },
  };
}

/**
 * Makes batches of like lengths: within each window of a shuffled epoch examples are sorted, cut into
 * batches, and the batches of the epoch are shuffled, so that length does not rise and fall with time.
 * What is left for the last, smaller batch is drawn before, so that it is like the others.
 */
function bucketed(
  order: readonly number[],
  lengths: readonly number[],
  {
    batchSize,
    bucketWindow,
    draw,
  }: Pick<PlanOptions, "batchSize" | "bucketWindow"> & { draw: Random },
): number[] {
  const whole = order.length - (order.length % batchSize);
  const batches: number[][] = [];
  for (let at = 0; at < whole; at += batchSize * bucketWindow) {
    const window = order.slice(at, Math.min(whole, at + batchSize * bucketWindow));
    window.sort((a, b) => lengths[a] - lengths[b]);
    for (let i = 0; i < window.length; i += batchSize) batches.push(window.slice(i, i + batchSize));
  }
  return [...draw.fork("batches").shuffle(batches).flat(), ...order.slice(whole)];
}

/** Learning rate of update `step` (from 0), by a trainer's config; a warm-up above 1 is so many updates. */
export function rateAt(
  step: number,
  total: number,
  config: { learningRate: number; schedule: Schedule; finalLearningRate: number; warmup: number },
): number {
  return learningRate(step, {
    kind: config.schedule,
    base: config.learningRate,
    warmup: Math.round(config.warmup > 1 ? config.warmup : config.warmup * total),
    total,
    minRatio: config.finalLearningRate,
  });
}
