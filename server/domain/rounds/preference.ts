import { clusterBootstrap } from "../statistics/clustered";
import type { Interval } from "../statistics/proportion";
import { seededUniform } from "../sorter/random";

/** A labeler's order of a task that shows two policies, best tie group first. */
export interface MixedRanking<Id> {
  readonly promptId: string;
  readonly groups: readonly (readonly Id[])[];
}

/** How often people put the new policy's answer above the old one's. */
export interface Preference {
  /** Of the pairs of a new and an old answer; a tie is half a win. */
  readonly share: number;
  /** 95 %, bootstrap over prompts; null below two prompts. */
  readonly interval: Interval | null;
  readonly pairs: number;
  readonly prompts: number;
  readonly rankings: number;
}

/**
 * Every pair weighs the same; an answer that a labeler left unranked is no evidence.
 * @param sideOf which policy gave an answer; null = neither
 * @returns null where no ranking holds one of each
 */
export function preferenceOf<Id>(
  rankings: readonly MixedRanking<Id>[],
  sideOf: (id: Id) => "new" | "old" | null,
): Preference | null {
  const prompts = new Map<string, { total: number; weight: number }>();
  let counted = 0;
  for (const { promptId, groups } of rankings) {
    const places = groups.map((group) => group.map(sideOf));
    let pairs = 0;
    let wins = 0;
    places.forEach((group, i) => {
      for (const side of group) {
        if (side !== "new") continue;
        places.forEach((other, j) => {
          const old = other.filter((one) => one === "old").length;
          pairs += old;
          wins += old * (i < j ? 1 : i === j ? 0.5 : 0);
        });
      }
    });
    if (pairs === 0) continue;
    counted++;
    const entry = prompts.get(promptId) ?? { total: 0, weight: 0 };
    entry.total += wins;
    entry.weight += pairs;
    prompts.set(promptId, entry);
  }
  const parts = [...prompts.values()];
  const pairs = parts.reduce((n, { weight }) => n + weight, 0);
  if (pairs === 0) return null;
  return {
    share: parts.reduce((n, { total }) => n + total, 0) / pairs,
    interval: clusterBootstrap(parts, seededUniform("preference"))?.interval ?? null,
    pairs,
    prompts: parts.length,
    rankings: counted,
  };
}
