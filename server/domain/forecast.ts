import { normalQuantile } from "./statistics/normal";

/** Hours until work is done, from the pace of late. */
export interface Finish {
  readonly hours: number;
  /** with the fastest and the slowest pace that what came in would be no surprise at */
  readonly soonest: number;
  readonly latest: number;
}

/**
 * When `missing` more will have come in if they go on coming as `n` did in the last `hours`. The range holds
 * the mean of a Poisson count with probability 0.9, by Byar's approximation of the exact limits
 * (Breslow & Day, Statistical Methods in Cancer Research II, 1987, eq. 2.10).
 * @returns null where nothing came in: then nobody can tell
 */
export function finishOf(missing: number, n: number, hours: number): Finish | null {
  if (missing <= 0) return { hours: 0, soonest: 0, latest: 0 };
  if (n <= 0) return null;
  const z = normalQuantile(0.95);
  const limit = (count: number, side: number) =>
    count * (1 - 1 / (9 * count) + (side * z) / (3 * Math.sqrt(count))) ** 3;
  const until = (count: number) => (missing / count) * hours;
  return { hours: until(n), soonest: until(limit(n + 1, 1)), latest: until(limit(n, -1)) };
}

/** What is spent, and what is to come. */
export interface Costs {
  readonly currency: string;
  readonly spent: number;
  readonly remaining: number;
  /** What an hour of ranking earns at the mean time that one takes; null before the first. */
  readonly perHour: number | null;
}

interface Work {
  /** accepted, by people */
  readonly rankings: number;
  readonly demonstrations: number;
  /** that the rankings took */
  readonly seconds: number;
  /** rankings that are still wanted */
  readonly missing: number;
  /** share of gold among the tasks served: it is paid too, and fills no place */
  readonly goldRate: number;
}

export function costsOf(
  pay: { currency: string; ranking: number; demonstration: number },
  { rankings, demonstrations, seconds, missing, goldRate }: Work,
): Costs {
  const { currency, ranking } = pay;
  return {
    currency,
    spent: ranking * rankings + pay.demonstration * demonstrations,
    remaining: (ranking * missing) / (1 - goldRate),
    perHour: seconds > 0 ? (ranking * rankings * 3600) / seconds : null,
  };
}
