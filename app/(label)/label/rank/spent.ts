import type { RankingDraft } from "@/server/domain/assignment";
import type { Letter } from "@/server/domain/ranking";
import type { Ratings } from "@/server/domain/ratings-schema";

/** Seconds with the page in view and somebody there. */
export interface Spent {
  /** On the whole task. */
  seconds: number;
  /** On each completion: while it was in view. */
  each: Partial<Record<Letter, number>>;
}

/** What a draft says of the time spent so far. */
export const spentBefore = (draft: RankingDraft | null): Spent => ({
  seconds: draft?.seconds ?? 0,
  each: Object.fromEntries(
    Object.entries(draft?.ratings?.each ?? {}).map(([letter, { seconds = 0 }]) => [
      letter,
      seconds,
    ]),
  ),
});

/** What is said, with the time that each completion took, to a tenth of a second. */
export function withSeconds(ratings: Ratings, each: Spent["each"]): Ratings {
  const all = { ...ratings.each };
  for (const [letter, seconds] of Object.entries(each) as [Letter, number][])
    all[letter] = { ...all[letter], seconds: Math.round(seconds * 10) / 10 };
  return { ...ratings, each: all };
}
