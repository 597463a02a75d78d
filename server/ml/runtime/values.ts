import type { Value } from "./feeds";

/** Whole numbers for an input, from rows of equal length. */
export function ints(rows: readonly (readonly number[])[]): Value<Int32Array> {
  return { data: Int32Array.from(rows.flat()), shape: [rows.length, rows[0]?.length ?? 0] };
}

/** A vector of whole numbers. */
export function intVector(values: readonly number[]): Value<Int32Array> {
  return { data: Int32Array.from(values), shape: [values.length] };
}

/** A vector of fp32 numbers. */
export function floatVector(values: readonly number[] | Float32Array): Value<Float32Array> {
  return { data: new Float32Array(values), shape: [values.length] };
}

/** Rows of numbers one after another, as one vector. */
export function joined(rows: readonly ArrayLike<number>[]): Value<Float32Array> {
  const data = new Float32Array(rows.reduce((n, row) => n + row.length, 0));
  let at = 0;
  for (const row of rows) {
    data.set(row, at);
    at += row.length;
  }
  return { data, shape: [data.length] };
}
