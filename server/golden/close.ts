import { Mismatch } from "./case";

/** A number of a vector file: JSON has no Infinity and NaN, so they are strings there. */
export type Num = number | "Infinity" | "-Infinity" | "NaN";
export type Nested = Num | null | readonly Nested[];

/** |got − expected| ≤ abs + rel·|expected| */
export interface Tolerance {
  readonly abs: number;
  readonly rel?: number;
}

export const FLOAT64: Tolerance = { abs: 1e-9, rel: 1e-9 };
export const FLOAT32: Tolerance = { abs: 1e-5, rel: 1e-5 };
export const GRADIENT: Tolerance = { abs: 1e-4, rel: 1e-4 };

/** All numbers of nested lists in reading order. */
export function flat(nested: Nested): number[] {
  if (nested === null) return [NaN];
  if (typeof nested === "number") return [nested];
  if (typeof nested === "string") return [Number(nested)];
  return nested.flatMap(flat);
}

/**
 * Compares numbers in reading order. `where` picks the ones that count (mask of the same length).
 * @throws Mismatch with the worst place, expected and got
 */
export function expectClose(
  what: string,
  got: ArrayLike<number> | number,
  expected: ArrayLike<number> | number | Nested,
  tolerance: Tolerance,
  where?: ArrayLike<number>,
): void {
  const a = typeof got === "number" ? [got] : got;
  const b = isFlat(expected) ? expected : flat(expected);
  if (a.length !== b.length) {
    throw new Mismatch(`${what}: got ${a.length} numbers, expected ${b.length}`);
  }
  let worst = -1;
  let excess = 0;
  for (let i = 0; i < b.length; i++) {
    if (where && where[i] === 0) continue;
    if (Object.is(a[i], b[i]) || a[i] === b[i]) continue;
    const off = Math.abs(a[i] - b[i]) - tolerance.abs - (tolerance.rel ?? 0) * Math.abs(b[i]);
    const over = Number.isNaN(off) ? Infinity : off;
    if (over > 0 && (worst < 0 || over > excess)) {
      worst = i;
      excess = over;
    }
  }
  if (worst < 0) return;
  const at = b.length === 1 ? "" : ` at ${worst} of ${b.length}`;
  throw new Mismatch(`${what}${at}: got ${a[worst]}, expected ${b[worst]}`);
}

function isFlat(value: unknown): value is ArrayLike<number> {
  if (ArrayBuffer.isView(value)) return true;
  return Array.isArray(value) && value.every((x) => typeof x === "number");
}

/** Compares anything that must be exactly the same. */
export function expectSame(what: string, got: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  if (a === b) return;
  const cut = (text: string | undefined) =>
    text !== undefined && text.length > 200 ? `${text.slice(0, 200)}…` : text;
  throw new Mismatch(`${what}: got ${cut(a)}, expected ${cut(b)}`);
}
