import type { Letter } from "./ranking";

/** The scale itself, without the library that checks input: the comparison page carries no more than it needs. */

/** Points of a scale of preference: odd, so that the one in the middle says "no difference". */
export const preferenceSteps = [3, 5, 7] as const;
export type PreferenceSteps = (typeof preferenceSteps)[number];

/** The answer on the left is A, the one on the right B; which completion is which is drawn for each labeler. */
export const sides = ["A", "B"] as const satisfies Letter[];

/** How far to either side a scale goes: 3 of one with seven points. */
export const reachOf = (steps: PreferenceSteps): number => (steps - 1) / 2;

/** The ranking of two that a preference is: what orders say of many, it says of two. */
export function groupsOfPreference(preference: number): Letter[][] {
  const [left, right] = sides;
  if (preference === 0) return [[left, right]];
  return preference < 0 ? [[left], [right]] : [[right], [left]];
}
