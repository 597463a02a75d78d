import type { RankVector } from "./rank-vector";

export interface Tau {
  /** null where it is undefined: fewer than two common items, or one side ties them all */
  readonly tau: number | null;
  /** items that both ranked */
  readonly common: readonly number[];
  readonly concordant: number;
  readonly discordant: number;
  /** n(n − 1)/2 of the common items */
  readonly pairs: number;
}

/**
 * Kendall's τ-b of two rank vectors over the items that both ranked:
 * (C − D) / √((P − ties in x)(P − ties in y)). M. G. Kendall, "The treatment of ties in ranking
 * problems" (1945). It takes ranks, not lists of ids: b,c,a against a,c,b is −1.
 */
export function kendallTau(x: RankVector, y: RankVector): Tau {
  const common = x.flatMap((rank, i) => (rank === null || (y[i] ?? null) === null ? [] : [i]));
  let [concordant, discordant, tiesX, tiesY] = [0, 0, 0, 0];
  common.forEach((i, at) => {
    for (const j of common.slice(at + 1)) {
      const [dx, dy] = [Math.sign(x[i]! - x[j]!), Math.sign(y[i]! - y[j]!)];
      if (dx === 0) tiesX++;
      if (dy === 0) tiesY++;
      if (dx * dy > 0) concordant++;
      if (dx * dy < 0) discordant++;
    }
  });
  const pairs = (common.length * (common.length - 1)) / 2;
  const scale = Math.sqrt((pairs - tiesX) * (pairs - tiesY));
  const tau = scale === 0 ? null : (concordant - discordant) / scale;
  return { tau, common, concordant, discordant, pairs };
}
