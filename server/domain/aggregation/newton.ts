import { squareOf } from "./ballots";

/** A concave log-likelihood of strengths that only their differences enter. */
export interface Likelihood {
  readonly value: number;
  readonly gradient: readonly number[];
  /** minus the Hessian, [item][item]: a weighted graph's Laplacian, rows sum to 0 */
  readonly information: readonly (readonly number[])[];
}

interface From {
  readonly start?: readonly number[];
  /** at most; each one makes the likelihood greater */
  readonly steps?: number;
}

/**
 * Maximises `likelihood(s) − penalty·Σs²` by Newton's method with halved steps; the result sums
 * to 0. The maximum must exist: with penalty 0 that is the caller's to make sure.
 */
export function maximise(
  items: number,
  likelihood: (strengths: readonly number[]) => Likelihood,
  penalty = 0,
  { start = Array.from({ length: items }, () => 0), steps = 100 }: From = {},
): number[] {
  const objective = (at: Likelihood, s: readonly number[]) =>
    at.value - penalty * s.reduce((sum, x) => sum + x * x, 0);
  let s: readonly number[] = start;
  let here = likelihood(s);
  for (let step = 0; step < steps; step++) {
    const slope = here.gradient.map((g, i) => g - 2 * penalty * s[i]);
    // adding 1/n everywhere makes the Laplacian regular and leaves sum-zero steps as they are
    const curvature = squareOf(
      items,
      (i, j) => here.information[i][j] + 1 / items + (i === j ? 2 * penalty : 0),
    );
    const move = solve(curvature, slope);
    const before = objective(here, s);
    let size = 1;
    let next = s.map((x, i) => x + move[i]);
    let there = likelihood(next);
    while (objective(there, next) < before - 1e-12 * Math.abs(before) && size > 1e-10) {
      size /= 2;
      next = s.map((x, i) => x + size * move[i]);
      there = likelihood(next);
    }
    const largest = Math.max(...move.map(Math.abs)) * size;
    [s, here] = [next, there];
    if (largest < 1e-10) break;
  }
  const center = s.reduce((sum, x) => sum + x, 0) / items;
  return s.map((x) => x - center);
}

/**
 * Covariance of strengths that sum to 0: the pseudo-inverse of the Fisher information,
 * (L + J/n)⁻¹ − J/n with J all ones.
 */
export function covariance(information: readonly (readonly number[])[]): number[][] {
  const n = information.length;
  const regular = squareOf(n, (i, j) => information[i][j] + 1 / n);
  const columns = regular.map((_, j) =>
    solve(
      regular,
      regular.map((_, i) => Number(i === j)),
    ),
  );
  return squareOf(n, (i, j) => columns[j][i] - 1 / n);
}

/** x of A·x = b by elimination with pivoting. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const n = b.length;
  const rows = a.map((row, i) => [...row, b[i]]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column + 1; i < n; i++) {
      if (Math.abs(rows[i][column]) > Math.abs(rows[pivot][column])) pivot = i;
    }
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let i = column + 1; i < n; i++) {
      const factor = rows[i][column] / rows[column][column];
      if (factor === 0) continue;
      for (let k = column; k <= n; k++) rows[i][k] -= factor * rows[column][k];
    }
  }
  const x = Array.from({ length: n }, () => 0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = rows[i][n];
    for (let k = i + 1; k < n; k++) rest -= rows[i][k] * x[k];
    x[i] = rest / rows[i][i];
  }
  return x;
}
