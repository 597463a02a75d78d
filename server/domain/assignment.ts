import { z } from "zod";
import type { Purpose } from "./distribution";
import { zPreference } from "./preference";
import { letters, zLetter, zRanking } from "./ranking";
import { zRatings } from "./ratings-schema";

/** A task is lent for so long; looking at it renews the lease. */
export const leaseMinutes = 30;
/** A labeler holds the task at hand and the one that is fetched ahead of it. */
export const leasesAtOnce = 2;

export const leaseFrom = (now: Date): Date => new Date(now.getTime() + leaseMinutes * 60_000);

/** What is on a task's places: rankings, and what is lent to others. */
export interface Places {
  readonly overlap: number;
  readonly rankings: number;
  readonly othersLeases: number;
}

/** Whether a lease that ran out, or was given up, may be taken up again. Gold and calibration take no place. */
export const hasPlace = (purpose: Purpose, { overlap, rankings, othersLeases }: Places): boolean =>
  purpose !== "ordinary" || rankings + othersLeases < overlap;

/** Why a labeler passes a task on. */
export const skipReasons = ["unclear", "not-my-field", "disturbing", "broken", "other"] as const;
export const zSkip = z.object({
  reason: z.enum(skipReasons),
  note: z.string().trim().max(1000).default(""),
});
export type Skip = z.infer<typeof zSkip>;

/** As it is kept: the reason, then the labeler's words. */
export const skipText = ({ reason, note }: Skip): string => (note ? `${reason}: ${note}` : reason);

/** A ranking in the making. Ranks are slots of the shelf, 1 the best; the same slot is a tie; gaps close on submit. */
export const zRankingDraft = z.object({
  /** Grows by one with every change, so that the newer of two copies is known without a clock. */
  version: z.number().int().min(0),
  /** The page that said so: two browsers of one person may count the same version. */
  by: z.string().max(40).optional(),
  ranks: z.partialRecord(zLetter, z.number().int().min(1).max(letters.length)),
  notRankable: z.array(zLetter).max(letters.length),
  noneAcceptable: z.boolean(),
  /** Of a comparison: its point of the scale, once one is chosen. */
  preference: zPreference.optional(),
  comment: z.string().max(4000),
  /** Absent in drafts from before campaigns asked more than the order. */
  ratings: zRatings.optional(),
  seconds: z.number().min(0).max(86_400),
});
export type RankingDraft = z.infer<typeof zRankingDraft>;

/** A ranking with all that is said besides the order. */
export const zRankingWithRatings = zRanking.extend({
  ratings: zRatings.optional(),
  /** How much better the first one is, in a campaign that compares. */
  preference: zPreference.optional(),
});

/**
 * A new order of the same items, every order equally likely (Fisher–Yates).
 * @param random uniform in [0, 1)
 */
export function drawOrder<Item>(items: readonly Item[], random: () => number): Item[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
