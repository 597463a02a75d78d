import { z } from "zod";
import { wilsonInterval } from "../statistics/proportion";
import type { LabelerReport } from "./report";

/** What is looked at; each has a rule of its own. */
export const measures = [
  "gold",
  "agreement",
  "speed",
  "position",
  "length",
  "straight-lining",
] as const;
export type Measure = (typeof measures)[number];

/** What a broken rule does: nothing, tell the labeler, ask a reviewer to look, or lend no more tasks. */
export const actions = ["off", "warn", "review", "pause"] as const;
export type Action = Exclude<(typeof actions)[number], "off">;

const rule = (action: (typeof actions)[number], threshold: number, atLeast: number) =>
  z
    .object({
      action: z.enum(actions).default(action),
      threshold: z.number().min(0).max(1).default(threshold),
      /** rankings (gold tasks, shared tasks) before it says anything */
      atLeast: z.int().min(1).max(10_000).default(atLeast),
    })
    .prefault({});

/**
 * The rules of a campaign. None speaks by a figure alone: a share must be beyond its threshold with
 * its whole 95 % interval, a bias unlikely (p < 0.001) for whoever has none.
 */
export const zQualityRules = z.object({
  /** share of gold tasks ordered as expected is below */
  gold: rule("pause", 0.5, 5),
  /** share of comparisons as others have them is below, and lower than the campaign's */
  agreement: rule("review", 0.6, 10),
  /** share of tasks done faster than they can be read is above */
  speed: rule("warn", 0.3, 10),
  /** what is shown first (or last) wins more comparisons, by this share, above */
  position: rule("warn", 0.2, 10),
  /** where labeler and others differ, the longer (or shorter) one is taken, by this share, above */
  length: rule("review", 0.5, 10),
  /** share of rankings that follow a pattern is above */
  "straight-lining": rule("pause", 0.3, 5),
});
export type QualityRules = z.infer<typeof zQualityRules>;

/** A labeler is warned wrongly by one rule once in so many times. */
const unlikely = 0.001;

/** A rule that a labeler's work breaks. */
export interface Finding {
  readonly measure: Measure;
  readonly action: Action;
  readonly value: number;
  readonly threshold: number;
  /** rankings it rests on */
  readonly n: number;
}

/** What a measure says of a labeler: its figure, how much it rests on, and whether it is beyond a threshold. */
interface Reading {
  readonly value: number | null;
  readonly n: number;
  readonly isBeyond: (threshold: number) => boolean;
}

function readings(report: LabelerReport): Record<Measure, Reading> {
  const { gold, agreement, speed, position, length, straight } = report;
  const biased = ({ value, p, n }: LabelerReport["position"]): Reading => ({
    value,
    n,
    isBeyond: (threshold) => value !== null && Math.abs(value) > threshold && isUnlikely(p),
  });
  const tooFast = speed.tooFast ?? 0;
  const pattern = [straight.displayed, straight.repeated, straight.allTied].reduce((worst, one) =>
    (one.p ?? 1) < (worst.p ?? 1) ? one : worst,
  );
  return {
    gold: {
      value: gold.accuracy,
      n: gold.tasks,
      isBeyond: (threshold) => gold.interval[1] < threshold,
    },
    agreement: {
      value: agreement.rate,
      n: agreement.tasks,
      // where everybody disagrees, nobody is to blame for it
      isBeyond: (threshold) =>
        (agreement.interval?.[1] ?? 1) < threshold &&
        (agreement.p === null || isUnlikely(agreement.p)),
    },
    speed: {
      value: speed.tooFast,
      n: speed.n,
      isBeyond: (threshold) =>
        wilsonInterval(Math.round(tooFast * speed.n), speed.n)[0] > threshold,
    },
    position: biased(position),
    length: biased(length),
    "straight-lining": biased(pattern),
  };
}

const isUnlikely = (p: number | null): boolean => p !== null && p < unlikely;

/** The rules of a campaign that a labeler's work breaks, the gravest first. */
export function findings(report: LabelerReport, rules: QualityRules): Finding[] {
  const all = readings(report);
  return measures
    .flatMap((measure): Finding[] => {
      const { action, threshold, atLeast } = rules[measure];
      const { value, n, isBeyond } = all[measure];
      if (action === "off" || value === null || n < atLeast || !isBeyond(threshold)) return [];
      return [{ measure, action, value, threshold, n }];
    })
    .sort((a, b) => actions.indexOf(b.action) - actions.indexOf(a.action));
}

/** What a labeler was told before of the same measure. */
export interface EarlierNotice {
  readonly measure: string;
  readonly n: number;
  readonly resolved: boolean;
}

/**
 * Findings that are news: nothing of the measure is open, and since the last one was settled there is
 * as much new work as the rule asks for.
 */
export function newFindings(
  found: readonly Finding[],
  before: readonly EarlierNotice[],
  rules: QualityRules,
): Finding[] {
  return found.filter(({ measure, n }) => {
    const same = before.filter((one) => one.measure === measure);
    return same.every((one) => one.resolved && n >= one.n + rules[measure].atLeast);
  });
}
