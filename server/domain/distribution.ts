import { z } from "zod";

/** Which places an assignment takes. Gold and calibration are had by everybody, beyond a task's overlap. */
export type Purpose = "ordinary" | "gold" | "calibration";

export const samplings = ["uniform", "priority", "uncertainty", "coverage"] as const;
export type Sampling = (typeof samplings)[number];

/** How a campaign hands out its tasks. */
export const zDistribution = z.object({
  /** Share of a labeler's tasks that are gold. */
  goldRate: z.number().min(0).max(0.5).default(0),
  /** A gold task seen by so many labelers is retired: word of it may go round. */
  goldSeenBy: z.int().min(1).max(100_000).default(100),
  /** Share of prompts whose tasks all labelers get. */
  calibrationShare: z.number().min(0).max(0.5).default(0),
  sampling: z.enum(samplings).default("uniform"),
  /** Only labelers who have it get tasks; empty: everybody. */
  qualification: z.string().trim().max(60).default(""),
});
export type Distribution = z.infer<typeof zDistribution>;

/** A campaign's distribution, the defaults filled in. */
export const distributionOf = (config: { distribution?: Partial<Distribution> }): Distribution =>
  zDistribution.parse(config.distribution ?? {});

/**
 * Whether the next task shall be one of a kind that has a share of all tasks. Of every 1/rate tasks
 * in a row exactly one is, at a place drawn at random: the share is kept, and no place tells.
 * @param served tasks of any kind so far @param had of them of this kind
 * @param random uniform in [0, 1)
 */
export function isDue(rate: number, served: number, had: number, random: () => number): boolean {
  if (rate <= 0) return false;
  const block = Math.floor(served * rate + 1e-9);
  if (had > block) return false; // this block has had its one
  const end = Math.ceil((block + 1) / rate - 1e-9);
  return random() < 1 / (end - served);
}

/**
 * Whether a prompt belongs to the calibration pool.
 * @param draw of the prompt, uniform in [0, 1), the same each time
 */
export const isCalibration = (share: number, draw: number): boolean => draw < share;

/** May this labeler be given tasks of a campaign that asks for a qualification? */
export const isQualified = (
  { qualification }: Pick<Distribution, "qualification">,
  had: readonly string[] | null,
): boolean => qualification === "" || (had ?? []).includes(qualification);

/** What counts against a labeler's own work in the progress they see, where gold is mixed in. */
export interface RoundCounts {
  /** rankings that the round's tasks ask for, and have */
  readonly wanted: number;
  readonly done: number;
  /** gold and calibration beyond them, given while the round collects */
  readonly beyond: number;
}

/**
 * Progress as labelers see it: every ranking moves it by one, gold too, or the bar would tell them.
 */
export function shownProgress(
  { wanted, done, beyond }: RoundCounts,
  goldRate: number,
): { wanted: number; done: number } {
  const shown = done + beyond;
  if (done >= wanted) return { wanted: shown, done: shown };
  return {
    wanted: Math.max(shown + wanted - done, Math.round(wanted / (1 - goldRate))),
    done: shown,
  };
}
