import type { MessageKey } from "@/app/lib/i18n/catalogue";
import type { PreferenceSteps } from "@/server/domain/preference-scale";

/** By strength, from one point off the middle on: the fewer points, the plainer the words. */
const words = {
  3: ["comparison.better"],
  5: ["comparison.slightly", "comparison.much"],
  7: ["comparison.slightly", "comparison.better", "comparison.much"],
} as const satisfies Record<PreferenceSteps, readonly MessageKey[]>;

/** How a point of the scale is said. */
export function pointName(preference: number, steps: PreferenceSteps) {
  if (preference === 0) return { key: "comparison.tie" } as const;
  const letter: "A" | "B" = preference < 0 ? "A" : "B";
  return { key: words[steps][Math.abs(preference) - 1], values: { letter } } as const;
}
