import type { JsonObject } from "./row";
import type { Text } from "./text";

/** A TRL preference row that remembers the ranking it came from. */
export interface TrlPair extends JsonObject {
  readonly prompt: Text;
  readonly chosen: Text;
  readonly rejected: Text;
  readonly ranking_id: string;
}

/**
 * The pairs that a ranking implies: one for every two completions it orders. Ties and what was
 * not rankable imply none. Each carries the ranking's id, so that a reader can split by prompt
 * and let each ranking weigh 1.
 */
export function pairsOf(ranking: {
  id: string;
  prompt: Text;
  completions: readonly { id: string; text: Text }[];
  groups: readonly (readonly string[])[];
}): TrlPair[] {
  const texts = new Map(ranking.completions.map((c) => [c.id, c.text]));
  return orderedPairs(ranking.groups).map(([better, worse]) => ({
    prompt: ranking.prompt,
    chosen: texts.get(better)!,
    rejected: texts.get(worse)!,
    ranking_id: ranking.id,
  }));
}

/** Every [better, worse] of two tie groups, best group first. */
export function orderedPairs<T>(groups: readonly (readonly T[])[]): [T, T][] {
  return groups.flatMap((better, i) =>
    groups
      .slice(i + 1)
      .flat()
      .flatMap((worse) => better.map((one): [T, T] => [one, worse])),
  );
}

/** Every two completions that share a tie group. */
export function tiedPairs<T>(groups: readonly (readonly T[])[]): [T, T][] {
  return groups.flatMap((group) =>
    group.flatMap((a, i) => group.slice(i + 1).map((b): [T, T] => [a, b])),
  );
}
