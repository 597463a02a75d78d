import type { RankingDraft } from "@/server/domain/assignment";
import {
  groupsOfPreference,
  type PreferenceSteps,
  reachOf,
  sides,
} from "@/server/domain/preference-scale";
import type { Placement } from "../rank/placement";

/** The points of a scale from the left end to the right, the tie in the middle. */
export const pointsOf = (steps: PreferenceSteps): number[] =>
  Array.from({ length: steps }, (_, i) => i - reachOf(steps));

/** A point of the scale, as the ranking of two that it is. */
export function prefer(before: Placement, preference: number): Placement {
  const ranks: RankingDraft["ranks"] = {};
  for (const [index, group] of groupsOfPreference(preference).entries())
    for (const letter of group) ranks[letter] = index + 1;
  return { ranks, notRankable: [], noneAcceptable: before.noneAcceptable, preference };
}

const undecided = ({ noneAcceptable }: Placement): Placement => ({
  ranks: {},
  notRankable: [],
  noneAcceptable,
});

/** Nothing chosen, as at first. */
export const withdraw = undecided;

export const isUnjudged = ({ notRankable }: Placement): boolean => notRankable.length > 0;

/** Neither can be judged; a second time takes that back. */
export const toggleUnjudged = (before: Placement): Placement =>
  isUnjudged(before) ? undecided(before) : { ...undecided(before), notRankable: [...sides] };

/** One point further to a side, from the middle where none was chosen. */
export const lean = (before: Placement, by: -1 | 1, steps: PreferenceSteps): Placement => {
  const most = reachOf(steps);
  return prefer(before, Math.max(-most, Math.min(most, (before.preference ?? 0) + by)));
};
