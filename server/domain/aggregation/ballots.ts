import { type Groups, levels } from "../agreement/rank-vector";

/** An order and how much it counts. */
export interface Ballot {
  readonly groups: Groups;
  /** rankings of this kind, or a labeler's weight; 1 unless said */
  readonly weight?: number;
}

/** A square table: [item][item]. */
export type Matrix = readonly (readonly number[])[];

export function squareOf(items: number, value: (i: number, j: number) => number): number[][] {
  // plain loops: a fit makes one a step, and Array.from takes ten times as long
  const rows: number[][] = [];
  for (let i = 0; i < items; i++) {
    const row: number[] = [];
    for (let j = 0; j < items; j++) row.push(value(i, j));
    rows.push(row);
  }
  return rows;
}

/**
 * prefer[i][j]: weight of the ballots that put i strictly over j. What a ballot leaves out it
 * does not compare.
 */
export function preferences(ballots: readonly Ballot[], items: number): number[][] {
  const prefer = squareOf(items, () => 0);
  for (const { groups, weight = 1 } of ballots) {
    const place = [...levels(groups)];
    for (const [i, x] of place) for (const [j, y] of place) if (x < y) prefer[i][j] += weight;
  }
  return prefer;
}

/** margin[i][j] = prefer[i][j] − prefer[j][i] */
export function margins(prefer: Matrix): number[][] {
  return squareOf(prefer.length, (i, j) => prefer[i][j] - prefer[j][i]);
}
