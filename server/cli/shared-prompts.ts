import type { RankedExample } from "../ml/rlhf/data";
import { impliedPairs } from "../ml/rlhf/formulas/kwise";
import type { Output } from "./output";

/** Says how many held-out rankings are of prompts that are trained on too. */
export function warnOfSharedPrompts(
  data: readonly RankedExample[],
  heldOut: readonly RankedExample[],
  output: Output,
): void {
  const known = new Set(data.map(({ prompt }) => prompt));
  const shared = heldOut.filter(({ prompt, groups }) => {
    return known.has(prompt) && impliedPairs(groups).length > 0;
  }).length;
  if (shared === 0) return;
  output.warn(
    `${shared} of ${heldOut.length} held-out rankings are of prompts that are trained on too: their accuracy flatters; split by prompt`,
  );
}
