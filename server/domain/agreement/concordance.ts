export interface Concordance {
  /** 0 = as by chance, 1 = all the same; null where every labeler ties everything */
  readonly w: number | null;
  /** what it would be without correction for ties: too small where there are any */
  readonly withoutTieCorrection: number;
}

/**
 * Kendall's W of m labelers over n items that all of them ranked:
 * (12·ΣR² − 3m²n(n+1)²) / (m²n(n²−1) − m·Σ(t³−t)), R an item's sum of ranks, t the sizes of tie
 * groups. M. G. Kendall & B. Babington Smith, "The problem of m rankings" (1939).
 * @param ranks [labeler][item], ties at their average rank @returns null below 2 labelers or items
 */
export function kendallW(ranks: readonly (readonly number[])[]): Concordance | null {
  const m = ranks.length;
  const n = ranks[0]?.length ?? 0;
  if (m < 2 || n < 2) return null;
  const sums = ranks[0].map((_, item) => ranks.reduce((sum, own) => sum + own[item], 0));
  const squares = sums.reduce((sum, r) => sum + r * r, 0);
  const above = 12 * squares - 3 * m * m * n * (n + 1) ** 2;
  const below = m * m * n * (n * n - 1);
  const ties = m * ranks.reduce((sum, own) => sum + tieTerm(own), 0);
  return {
    w: below === ties ? null : above / (below - ties),
    withoutTieCorrection: above / below,
  };
}

/** Σ(t³ − t) over the groups of equal ranks. */
function tieTerm(ranks: readonly number[]): number {
  const sizes = new Map<number, number>();
  for (const rank of ranks) sizes.set(rank, (sizes.get(rank) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, t) => sum + t ** 3 - t, 0);
}
