import { beyondChance } from "./pairwise";

export type Weights = "none" | "linear" | "quadratic";

/**
 * Cohen's κ of two labelers' categories 0 … levels − 1 on the same units; with weights, near
 * categories disagree less. J. Cohen (1960; weighted 1968). @returns null where undefined
 */
export function cohenKappa(
  a: readonly number[],
  b: readonly number[],
  levels: number,
  weights: Weights = "none",
): number | null {
  const distance = (i: number, j: number) =>
    weights === "none" ? Number(i !== j) : Math.abs(i - j) ** (weights === "linear" ? 1 : 2);
  const share = (labels: readonly number[]) =>
    Array.from({ length: levels }, (_, i) => labels.filter((label) => label === i).length);
  const [inA, inB] = [share(a), share(b)];
  const n = a.length;
  const observed = a.reduce((sum, label, i) => sum + distance(label, b[i]), 0) / n;
  let expected = 0;
  inA.forEach((x, i) => inB.forEach((y, j) => (expected += (x * y * distance(i, j)) / n ** 2)));
  return expected === 0 ? null : 1 - observed / expected;
}

/**
 * Fleiss' κ of units that the same number of labelers put into categories. J. L. Fleiss,
 * "Measuring nominal scale agreement among many raters" (1971).
 * @param counts [unit][category]: labelers who chose it @returns null where undefined
 */
export function fleissKappa(counts: readonly (readonly number[])[]): number | null {
  const raters = counts[0].reduce((a, b) => a + b, 0);
  const observed =
    counts.reduce((sum, row) => sum + row.reduce((s, c) => s + c * (c - 1), 0), 0) /
    (counts.length * raters * (raters - 1));
  const chance = counts[0]
    .map((_, j) => counts.reduce((sum, row) => sum + row[j], 0) / (counts.length * raters))
    .reduce((sum, p) => sum + p * p, 0);
  return beyondChance(observed, chance);
}
