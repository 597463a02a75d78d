import { clamp } from "./numbers";

/** What happens to the score of a response that ends without the stop token. */
export interface ScoreRules {
  /** Scores are held within ± this, before the EOS rule; null for no clip. */
  scoreClip: number | null;
  /** "set" replaces the score by `missingEosScore`; "subtract" takes its size off. */
  eosRule: "set" | "subtract";
  missingEosScore: number;
}

/** A reward model's score as PPO uses it: clipped first, then the EOS rule. */
export function episodeScore(raw: number, hasEos: boolean, rules: ScoreRules): number {
  const { scoreClip, eosRule, missingEosScore } = rules;
  const score = scoreClip === null ? raw : clamp(raw, -scoreClip, scoreClip);
  if (hasEos) return score;
  return eosRule === "set" ? missingEosScore : score - Math.abs(missingEosScore);
}

/** The response up to and including its first stop token, which counts as a real token. */
export function truncateAtStop(
  ids: readonly number[],
  stopIds: readonly number[],
): { ids: number[]; hasEos: boolean } {
  const end = ids.findIndex((id) => stopIds.includes(id));
  return end === -1
    ? { ids: [...ids], hasEos: false }
    : { ids: ids.slice(0, end + 1), hasEos: true };
}

/** How the members' scores of one completion become one (Coste et al. 2023). */
export type EnsembleRule = "mean" | "wco" | "uwo";

/** mean; WCO = the worst member; UWO = mean − λ·population variance. @param members one score each */
export function combineScores(members: ArrayLike<number>, rule: EnsembleRule, lambda = 0): number {
  const xs = Array.from(members);
  if (rule === "wco") return Math.min(...xs);
  const mean = xs.reduce((a, x) => a + x, 0) / xs.length;
  if (rule === "mean") return mean;
  return mean - (lambda * xs.reduce((a, x) => a + (x - mean) ** 2, 0)) / xs.length;
}
