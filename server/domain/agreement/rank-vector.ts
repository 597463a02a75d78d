/** Tie groups of item numbers, best first. Items in no group were not ranked. */
export type Groups = readonly (readonly number[])[];

/** The place of each item, 1 = best, ties at their average place, null = not ranked. */
export type RankVector = readonly (number | null)[];

/** @param items how many there are: groups name them 0 to items − 1 */
export function rankVector(groups: Groups, items: number): RankVector {
  const ranks: (number | null)[] = Array.from({ length: items }, () => null);
  let above = 0;
  for (const group of groups) {
    for (const item of group) ranks[item] = above + (group.length + 1) / 2;
    above += group.length;
  }
  return ranks;
}

/** The tie group of each ranked item, 0 = best: enough to say which of two is better. */
export type Levels = ReadonlyMap<number, number>;

export function levels(groups: Groups): Levels {
  return new Map(
    groups.flatMap((group, level) => group.map((item): [number, number] => [item, level])),
  );
}
