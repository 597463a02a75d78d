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
  return { data: Float32Array.from(values), shape: [values.length] };
}
