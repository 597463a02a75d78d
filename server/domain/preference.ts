import { z } from "zod";
import { AppError } from "./app-error";
import { zModelId } from "./ids";
import { type PreferenceSteps, reachOf, sides } from "./preference-scale";
import type { Letter } from "./ranking";

/** What makes a campaign one of comparisons: two answers a task. */
export const zComparing = z.object({
  /** The model whose answers stand beside those of the campaign's own policy; null: two that came with each prompt. */
  againstModelId: zModelId.nullable(),
  steps: z.union([z.literal(3), z.literal(5), z.literal(7)]).default(7),
});
export type Comparing = z.infer<typeof zComparing>;

/** Below zero the left one is preferred, by so many points; above it the right one; zero is a tie. */
export const zPreference = z.number().int().min(-3).max(3);

interface Judged {
  readonly groups: readonly (readonly Letter[])[];
  readonly notRankable: readonly Letter[];
  readonly preference?: number;
}

/**
 * Holds what is said of two answers against the scale: a preference that says the same as the order, or that
 * neither can be judged.
 * @returns the preference; null where neither can be judged
 * @throws AppError bad-input
 */
export function checkPreference(steps: PreferenceSteps, judged: Judged): number | null {
  const { groups, notRankable, preference } = judged;
  if (notRankable.length > 0) {
    if (notRankable.length === sides.length && preference === undefined) return null;
    throw new AppError(
      "bad-input",
      "Of two answers either both are compared or neither can be judged: choose a point of the scale, or say why not.",
    );
  }
  const most = reachOf(steps);
  if (preference === undefined || !Number.isInteger(preference) || Math.abs(preference) > most)
    throw new AppError(
      "bad-input",
      `The comparison lacks a preference: choose a point of the scale, from ${-most} (left) over 0 (no difference) to ${most} (right).`,
    );
  const tie = groups.length === 1;
  const leftFirst = groups.at(0)?.includes("A") ?? false;
  if (tie !== (preference === 0) || (!tie && leftFirst !== preference < 0))
    throw new AppError(
      "bad-input",
      `The preference ${preference} and the order say different things: reload the page and choose again.`,
    );
  return preference;
}

/** The least that an order of two says, for programs that know no more than the order. */
export function leastPreference({ groups, notRankable }: Judged): number | undefined {
  if (notRankable.length > 0) return undefined;
  if (groups.length === 1) return 0;
  return groups.at(0)?.includes("A") ? -1 : 1;
}
