import { normalQuantile } from "./normal";

export type Interval = readonly [low: number, high: number];

/**
 * Wilson's score interval of a proportion: the p whose own standard error reaches the observed one.
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
 * @param confidence share of such intervals that hold the true proportion
 */
export function wilsonInterval(successes: number, n: number, confidence = 0.95): Interval {
  if (n === 0) return [0, 1];
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const p = successes / n;
  const shrink = 1 + (z * z) / n;
  const center = (p + (z * z) / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, center - half), Math.min(1, center + half)];
}

export interface WinRate {
  /** ties are worth half a win; null where nothing was compared */
  readonly tiesHalf: number | null;
  /** among decided comparisons; null where there are none */
  readonly withoutTies: number | null;
  /** Wilson, 95 %, of `withoutTies` */
  readonly interval: Interval;
}

/** How often one side wins. */
export function winRate(wins: number, ties: number, losses: number): WinRate {
  const decided = wins + losses;
  const all = decided + ties;
  return {
    tiesHalf: all === 0 ? null : (wins + ties / 2) / all,
    withoutTies: decided === 0 ? null : wins / decided,
    interval: wilsonInterval(wins, decided),
  };
}
