/** One number for every real token of every response; rows differ in length and hold no padding. */
export type Rows = readonly ArrayLike<number>[];

/** Sum and number of all real tokens. @returns units of x */
export function total(rows: Rows): { sum: number; count: number } {
  let sum = 0;
  let count = 0;
  for (const row of rows) {
    for (let t = 0; t < row.length; t++) sum += row[t];
    count += row.length;
  }
  return { sum, count };
}

/** Mean over all real tokens, not over rows; 0 when there is none. */
export function mean(rows: Rows): number {
  const { sum, count } = total(rows);
  return count === 0 ? 0 : sum / count;
}

/** Mean over rows of each row's sum: nats a response rather than nats a token. */
export function meanOfRowSums(rows: Rows): number {
  return rows.length === 0 ? 0 : total(rows).sum / rows.length;
}

/** Variance over all real tokens; "sample" divides by n − 1, as TRL does. */
export function variance(rows: Rows, kind: "population" | "sample" = "population"): number {
  const { count } = total(rows);
  const divisor = kind === "population" ? count : count - 1;
  if (divisor <= 0) return 0;
  const mu = mean(rows);
  return total(map(rows, (x) => (x - mu) ** 2)).sum / divisor;
}

/** A new array of rows, f of each token; `t` counts from 0 within the row. */
export function map(rows: Rows, f: (x: number, row: number, t: number) => number): Float64Array[] {
  return rows.map((row, i) => {
    const y = new Float64Array(row.length);
    for (let t = 0; t < y.length; t++) y[t] = f(row[t], i, t);
    return y;
  });
}
