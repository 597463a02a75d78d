/** One completion was preferred to another. */
export interface Comparison<Item> {
  readonly chosen: Item;
  readonly rejected: Item;
}

/** A ranking with ties is worth one comparison for every two completions it orders. */
export function comparisonsOf<Item>(groups: readonly (readonly Item[])[]): Comparison<Item>[] {
  return groups.flatMap((better, i) =>
    groups
      .slice(i + 1)
      .flat()
      .flatMap((rejected) => better.map((chosen) => ({ chosen, rejected }))),
  );
}

/** How many comparisons a ranking is worth, without making them. */
export function comparisonCount(groups: readonly (readonly unknown[])[]): number {
  let above = 0;
  let count = 0;
  for (const group of groups) {
    count += above * group.length;
    above += group.length;
  }
  return count;
}
