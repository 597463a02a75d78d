import type { Nested, Num } from "./close";

export type Matrix = readonly (readonly Num[])[];

/** The real tokens of each row: padding on the right is cut off. */
export function realTokens(rows: Matrix, mask: readonly (readonly number[])[]): Float64Array[] {
  return rows.map((row, i) =>
    Float64Array.from(
      row.filter((_, t) => mask[i][t] === 1),
      Number,
    ),
  );
}

/** All numbers of rows that differ in length, in reading order. */
export function joined(rows: readonly ArrayLike<number>[]): number[] {
  return rows.flatMap((row) => Array.from(row));
}

/** What vectors say of real tokens, in reading order. */
export function realNumbers(rows: Nested, mask: readonly (readonly number[])[]): number[] {
  return joined(realTokens(rows as Matrix, mask));
}
