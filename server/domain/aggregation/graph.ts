/** The items that each item reaches along `edge`; itself only where a way leads back. */
export function reachability(
  items: number,
  edge: (from: number, to: number) => boolean,
): readonly ReadonlySet<number>[] {
  const next = Array.from({ length: items }, (_, i) =>
    Array.from({ length: items }, (_, j) => j).filter((j) => j !== i && edge(i, j)),
  );
  return next.map((first) => {
    const seen = new Set(first);
    for (const at of seen) for (const to of next[at]) seen.add(to); // a Set visits what is added
    return seen;
  });
}

/** Sets of items that reach each other, each ascending; an item alone is a set of its own. */
export function strongComponents(reach: readonly ReadonlySet<number>[]): number[][] {
  const components: number[][] = [];
  const placed = new Set<number>();
  reach.forEach((_, i) => {
    if (placed.has(i)) return;
    const own = reach.flatMap((_, j) =>
      j === i || (reach[i].has(j) && reach[j].has(i)) ? [j] : [],
    );
    own.forEach((j) => placed.add(j));
    components.push(own);
  });
  return components;
}
