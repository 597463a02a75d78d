import type { Uniform } from "../sorter/random";
import type { Interval } from "./proportion";

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Standard error of a mean of independent values: sd / √n with Bessel's n − 1. */
export function standardError(values: readonly number[]): number {
  const center = mean(values);
  const squares = sum(values.map((x) => (x - center) ** 2));
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/**
 * Standard error of a mean whose values hang together within clusters (answers to one prompt):
 * √ Σ_g (Σ_{i∈g} (xᵢ − x̄))² / n, the sandwich of Liang & Zeger (1986) without a small-sample factor.
 * @param clusters of each value
 */
export function clusteredError(values: readonly number[], clusters: readonly unknown[]): number {
  return Math.sqrt(clusteredVariance(values, clusters));
}

/**
 * The same where values hang together in two ways (by prompt and by labeler): V₁ + V₂ − V₁₂ of
 * Cameron, Gelbach & Miller, "Robust inference with multiway clustering" (2011). Where that is
 * below 0, which it can be in small samples, the larger of V₁ and V₂ stands for it.
 */
export function twoWayClusteredError(
  values: readonly number[],
  first: readonly unknown[],
  second: readonly unknown[],
): number {
  const numbers = new Map<unknown, Map<unknown, number>>();
  const both = values.map((_, i) => {
    const inner = numbers.get(first[i]) ?? new Map<unknown, number>();
    numbers.set(first[i], inner);
    const found = inner.get(second[i]) ?? i;
    inner.set(second[i], found);
    return found;
  });
  const [one, two] = [clusteredVariance(values, first), clusteredVariance(values, second)];
  const variance = one + two - clusteredVariance(values, both);
  return Math.sqrt(variance > 0 ? variance : Math.max(one, two));
}

function clusteredVariance(values: readonly number[], clusters: readonly unknown[]): number {
  const center = mean(values);
  const sums = new Map<unknown, number>();
  values.forEach((x, i) => sums.set(clusters[i], (sums.get(clusters[i]) ?? 0) + x - center));
  return sum([...sums.values()].map((s) => s * s)) / values.length ** 2;
}

/** What a cluster adds to a ratio of sums: a mean has `weight` = its count of values. */
export interface Part {
  readonly total: number;
  readonly weight: number;
}

export interface Bootstrap {
  /** standard deviation over the draws */
  readonly error: number;
  /** percentiles that leave out (1 − confidence)/2 at each end */
  readonly interval: Interval;
}

/**
 * Cluster bootstrap of Σ total / Σ weight: whole clusters are drawn with replacement (Efron &
 * Tibshirani 1993, chapter 8). The same `uniform` gives the same interval.
 * @param parts one a cluster @returns null where there are fewer than two clusters with weight
 */
export function clusterBootstrap(
  parts: readonly Part[],
  uniform: Uniform,
  { draws = 2000, confidence = 0.95 } = {},
): Bootstrap | null {
  const used = parts.filter(({ weight }) => weight > 0);
  if (used.length < 2) return null;
  const values = Float64Array.from({ length: draws }, () => {
    let [total, weight] = [0, 0];
    for (let i = 0; i < used.length; i++) {
      const part = used[Math.floor(uniform() * used.length)];
      total += part.total;
      weight += part.weight;
    }
    return total / weight;
  }).sort();
  const center = values.reduce((a, b) => a + b, 0) / draws;
  const squares = values.reduce((a, b) => a + (b - center) ** 2, 0);
  const tail = (1 - confidence) / 2;
  return {
    error: Math.sqrt(squares / (draws - 1)),
    interval: [percentile(values, tail), percentile(values, 1 - tail)],
  };
}

/** Linear between the two nearest of sorted values, as numpy has it. */
function percentile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
