export const METRICS = ["nominal", "ordinal", "interval", "ratio"] as const;
export type Metric = (typeof METRICS)[number];

/** How often values v and w were given to one unit, as Krippendorff's coincidence matrix. */
export interface Coincidences {
  /** distinct values, ascending */
  readonly values: readonly number[];
  /** [value][value], symmetric */
  readonly counts: readonly Float64Array[];
}

/**
 * Coincidences of units: of m values given to one unit, every ordered pair counts 1/(m − 1).
 * Units with fewer than two values say nothing and are left out, which is how missing data is met.
 * @param units values given to each, missing ones left out
 */
export function coincidences(units: readonly (readonly number[])[]): Coincidences {
  const pairable = units.filter((unit) => unit.length > 1);
  const values = [...new Set(pairable.flat())].sort((a, b) => a - b);
  const index = new Map(values.map((value, i) => [value, i]));
  const counts = values.map(() => new Float64Array(values.length));
  for (const unit of pairable) {
    const own = unit.map((value) => index.get(value)!);
    own.forEach((a, i) =>
      own.forEach((b, j) => {
        if (i !== j) counts[a][b] += 1 / (own.length - 1);
      }),
    );
  }
  return { values, counts };
}

/**
 * Krippendorff's α = 1 − D_observed / D_expected. K. Krippendorff, "Computing Krippendorff's
 * alpha-reliability" (2011). @returns null where it is undefined: all values are the same
 */
export function krippendorffAlpha({ values, counts }: Coincidences, metric: Metric): number | null {
  const marginal = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const n = marginal.reduce((a, b) => a + b, 0);
  const distance = distances(values, marginal, metric);
  let [observed, expected] = [0, 0];
  for (let c = 0; c < values.length; c++) {
    for (let k = 0; k < c; k++) {
      const squared = distance(k, c);
      observed += counts[c][k] * squared;
      expected += marginal[c] * marginal[k] * squared;
    }
  }
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected;
}

/** Squared difference of the c-th and the k-th value, c below k. */
function distances(
  values: readonly number[],
  marginal: readonly number[],
  metric: Metric,
): (c: number, k: number) => number {
  if (metric === "nominal") return () => 1;
  if (metric === "interval") return (c, k) => (values[c] - values[k]) ** 2;
  if (metric === "ratio") {
    return (c, k) => {
      const sum = values[c] + values[k];
      return sum === 0 ? 0 : ((values[c] - values[k]) / sum) ** 2;
    };
  }
  const upTo = [0]; // upTo[i]: how many values lie below the i-th
  for (const count of marginal) upTo.push(upTo.at(-1)! + count);
  return (c, k) => (upTo[k + 1] - upTo[c] - (marginal[c] + marginal[k]) / 2) ** 2;
}

/** α of data[labeler][unit], null = missing. */
export function alphaOf(
  data: readonly (readonly (number | null)[])[],
  metric: Metric,
): number | null {
  const width = Math.max(0, ...data.map((row) => row.length));
  const units = Array.from({ length: width }, (_, unit) =>
    data.flatMap((row) => (row[unit] === null || row[unit] === undefined ? [] : [row[unit]])),
  );
  return krippendorffAlpha(coincidences(units), metric);
}
