import { earned, type Pay } from "./pay";
import type { RecentWork } from "./pace";

/** When so many rankings will be there, in hours from now: expected, and the ends of a 95 % interval. */
export interface FinishForecast {
  readonly hours: number;
  readonly soonest: number;
  /** Null where so few came that it may take any time. */
  readonly latest: number | null;
  /** What it rests on: so many rankings in so many hours. */
  readonly rankings: number;
  readonly window: 1 | 24;
}

/**
 * Hours until `missing` rankings have come in, at the pace of the last day, or of the last hour where
 * that saw at least ten. Rankings are taken to come in at random at one rate (a Poisson process), whose
 * 95 % interval for a count n is (√n ± 0.98)², Anscombe's square root. Null when none came in.
 */
export function finishForecast(missing: number, recent: RecentWork): FinishForecast | null {
  const [rankings, window] =
    recent.lastHour >= 10 ? ([recent.lastHour, 1] as const) : ([recent.lastDay, 24] as const);
  if (missing <= 0) return { hours: 0, soonest: 0, latest: 0, rankings, window };
  if (rankings === 0) return null;
  const root = Math.sqrt(rankings);
  const [most, least] = [(root + 0.98) ** 2, Math.max(0, root - 0.98) ** 2];
  return {
    hours: (missing * window) / rankings,
    soonest: (missing * window) / most,
    latest: least < 0.25 ? null : (missing * window) / least,
    rankings,
    window,
  };
}

/** What a ranking takes until people have shown it, in seconds. */
export const usualSeconds = 60;

/** People's time for the rankings that are missing, in hours; `measured`: by what they took so far. */
export interface WorkForecast {
  readonly hours: number;
  readonly secondsEach: number;
  readonly measured: boolean;
}

/** @param took seconds of people's latest rankings: the median of at least ten tells, for one who went for lunch must not */
export function workForecast(missing: number, took: readonly number[]): WorkForecast {
  const measured = took.length >= 10;
  const secondsEach = measured ? took.toSorted((a, b) => a - b)[took.length >> 1] : usualSeconds;
  return { hours: (Math.max(0, missing) * secondsEach) / 3600, secondsEach, measured };
}

/** Money for work: of all that is wanted, of what there is, of what is to come. */
interface CostForecast {
  readonly currency: string;
  readonly total: number;
  readonly spent: number;
  readonly remaining: number;
}

/** What has earned something already, and what is still to come. */
interface PaidWork {
  /** Rankings of people, gold and calibration too. */
  readonly paid: number;
  /** Rankings still wanted. */
  readonly missing: number;
  /** Share of a labeler's tasks that are gold, which take no place of those wanted; 0 where there is none. */
  readonly goldRate?: number;
  /** Demonstrations. */
  readonly accepted?: number;
  /** Those that wait for a reviewer: taken to be accepted. */
  readonly waiting?: number;
}

export function costForecast(pay: Pay | undefined, work: PaidWork): CostForecast | null {
  if (!pay) return null;
  const { paid, missing, goldRate = 0, accepted = 0, waiting = 0 } = work;
  const toCome = Math.round(Math.max(0, missing) / (1 - goldRate));
  const spent = earned(pay, { rankings: paid, demonstrations: accepted });
  const remaining = earned(pay, { rankings: toCome, demonstrations: waiting });
  const all = { rankings: paid + toCome, demonstrations: accepted + waiting };
  return { currency: pay.currency, total: earned(pay, all), spent, remaining };
}
