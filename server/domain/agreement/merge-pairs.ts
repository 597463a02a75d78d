import { comparisonsOf } from "../comparisons";
import type { Groups } from "./rank-vector";

/**
 * The ranking that pairs were made from: items above as many others stand in one tie group.
 * @param pairs [better, worse] @returns null where no ranking implies exactly these pairs
 */
export function rankingOfPairs(pairs: readonly (readonly [number, number])[]): Groups | null {
  const above = new Map<number, number>();
  const below = new Map<number, number>();
  const given = new Set<string>();
  for (const [better, worse] of pairs) {
    const key = `${better} ${worse}`;
    if (given.has(key)) continue;
    given.add(key);
    above.set(better, (above.get(better) ?? 0) + 1);
    below.set(worse, (below.get(worse) ?? 0) + 1);
  }
  const items = [...new Set([...above.keys(), ...below.keys()])];
  const score = (item: number) => (above.get(item) ?? 0) - (below.get(item) ?? 0);
  const scores = [...new Set(items.map(score))].sort((a, b) => b - a);
  const groups = scores.map((level) => items.filter((item) => score(item) === level));
  const implied = comparisonsOf(groups);
  const isSame =
    implied.length === given.size &&
    implied.every(({ chosen, rejected }) => given.has(`${chosen} ${rejected}`));
  return isSame ? groups : null;
}
