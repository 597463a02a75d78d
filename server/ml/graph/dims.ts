import { AppError } from "../../domain/app-error";

/**
 * One axis of a shape: a number, or a sum of products of named sizes that are known when the graph
 * runs, in canonical text ("batch", "batch*time", "past+time", "-1+time").
 */
export type Dim = number | string;
export type Shape = readonly Dim[];

/** A polynomial: product of names (sorted, joined by *) → coefficient. */
type Terms = Map<string, number>;

function parse(dim: Dim): Terms {
  if (typeof dim === "number") return new Map(dim === 0 ? [] : [["", dim]]);
  const terms: Terms = new Map();
  for (const part of dim.split("+")) {
    const factors = part.split("*");
    const names = factors.filter((f) => !/^-?\d+$/.test(f)).sort();
    const coefficient = factors
      .filter((f) => /^-?\d+$/.test(f))
      .reduce((product, f) => product * Number(f), 1);
    const key = names.join("*");
    terms.set(key, (terms.get(key) ?? 0) + coefficient);
  }
  return terms;
}

function format(terms: Terms): Dim {
  const parts = [...terms].filter(([, c]) => c !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (parts.length === 0) return 0;
  if (parts.length === 1 && parts[0][0] === "") return parts[0][1];
  return parts.map(([n, c]) => (n === "" ? `${c}` : c === 1 ? n : `${c}*${n}`)).join("+");
}

/** Sum of sizes, as of axes that are concatenated. */
export function addDims(...dims: Dim[]): Dim {
  const sum: Terms = new Map();
  for (const dim of dims)
    for (const [name, c] of parse(dim)) sum.set(name, (sum.get(name) ?? 0) + c);
  return format(sum);
}

/** Product of sizes, as of axes that are flattened. */
export function mulDims(dims: Shape): Dim {
  let product: Terms = new Map([["", 1]]);
  for (const dim of dims) {
    const next: Terms = new Map();
    for (const [a, x] of product)
      for (const [b, y] of parse(dim)) {
        const key = [...a.split("*"), ...b.split("*")].filter(Boolean).sort().join("*");
        next.set(key, (next.get(key) ?? 0) + x * y);
      }
    product = next;
  }
  return format(product);
}

/** total / part where part is one product that divides every term; null where it does not. */
export function divideDims(total: Dim, part: Dim): Dim | null {
  const divisor = [...parse(part)];
  if (divisor.length !== 1) return total === part ? 1 : null;
  const [names, coefficient] = divisor[0];
  const quotient: Terms = new Map();
  for (const [key, c] of parse(total)) {
    const left = key.split("*").filter(Boolean);
    for (const name of names.split("*").filter(Boolean)) {
      const at = left.indexOf(name);
      if (at < 0) return null;
      left.splice(at, 1);
    }
    if (c % coefficient !== 0) return null;
    quotient.set(left.join("*"), c / coefficient);
  }
  return format(quotient);
}

/** The terms of a size, for the nodes that compute it: [coefficient, names][]. */
export function termsOf(dim: Dim): [number, string[]][] {
  return [...parse(dim)].map(([key, c]) => [c, key.split("*").filter(Boolean)]);
}

/** The number that a size is, once its names are bound. */
export function evaluateDim(dim: Dim, sizes: ReadonlyMap<string, number>): number {
  if (typeof dim === "number") return dim;
  let sum = 0;
  for (const [c, names] of termsOf(dim)) {
    let product = c;
    for (const name of names) {
      const size = sizes.get(name);
      if (size === undefined)
        throw new AppError("internal", `size "${name}" of ${dim} is not given by any input`);
      product *= size;
    }
    sum += product;
  }
  return sum;
}

/** The shape of a broadcasting operation (NumPy rules). */
export function broadcastShapes(a: Shape, b: Shape, what: string): Dim[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    throw new AppError(
      "internal",
      `${what}: expected shapes that broadcast, got ${showShape(a)} and ${showShape(b)}`,
    );
  });
}

export function showShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}
