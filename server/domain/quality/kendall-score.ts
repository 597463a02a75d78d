import { type Groups, levels } from "../agreement/rank-vector";

/** Kendall's S of one ranking against a covariate, and its variance where the two are unrelated. */
export interface KendallScore {
  /** pairs where the better one has more of the covariate, less pairs where it has less */
  readonly s: number;
  /** pairs that could count: tied in neither */
  readonly pairs: number;
  /** exact, over all orders of the covariate (Kendall 1970, chapter 4), ties in both allowed for */
  readonly variance: number;
}

/** @param covariate of each item */
export function kendallScore(groups: Groups, covariate: (item: number) => number): KendallScore {
  const place = levels(groups);
  const items = [...place.keys()];
  const values = items.map(covariate);
  let [s, pairs] = [0, 0];
  items.forEach((a, i) => {
    for (let j = i + 1; j < items.length; j++) {
      const better = Math.sign(place.get(items[j])! - place.get(a)!); // 1: a is the better one
      const more = Math.sign(values[i] - values[j]);
      s += better * more;
      if (better * more !== 0) pairs++;
    }
  });
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return {
    s,
    pairs,
    variance: variance(
      items.length,
      groups.map((group) => group.length),
      [...counts.values()],
    ),
  };
}

/** Var(S) with tie groups of sizes t in one order and u in the other. */
function variance(n: number, t: readonly number[], u: readonly number[]): number {
  if (n < 2) return 0;
  const sum = (sizes: readonly number[], of: (size: number) => number) =>
    sizes.reduce((total, size) => total + of(size), 0);
  const cubic = (x: number) => x * (x - 1) * (2 * x + 5);
  const triple = (x: number) => x * (x - 1) * (x - 2);
  const pair = (x: number) => x * (x - 1);
  const first = (cubic(n) - sum(t, cubic) - sum(u, cubic)) / 18;
  const second = n < 3 ? 0 : (sum(t, triple) * sum(u, triple)) / (9 * triple(n));
  return first + second + (sum(t, pair) * sum(u, pair)) / (2 * pair(n));
}
