/** The normal distribution: what intervals and tests are made of. */

/**
 * Complementary error function, relative error below 1e-13: the series of erf near 0, the continued
 * fraction of Laplace further out (Abramowitz & Stegun 7.1.6 and 7.1.14).
 */
function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let fraction = x;
  for (let k = 120; k >= 1; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}

/** P(|Z| ≥ |z|) of a standard normal Z. */
export function twoSidedP(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

const below = (x: number): number => erfc(-x / Math.SQRT2) / 2;

/**
 * The z below which a share `p` of the standard normal lies: Acklam's rational start
 * (relative error 1e-9), then Halley's step on the distribution function to double precision.
 * @param p above 0 and below 1
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  const z = acklam(p);
  const error = (below(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
  return z - error / (1 + (z * error) / 2);
}

const A = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2,
  -3.066479806614716e1, 2.506628277459239,
];
const B = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
  -1.328068155288572e1, 1,
];
const C = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
];
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];

/** Coefficients of P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function" (2003). */
function acklam(p: number): number {
  const at = (coefficients: readonly number[], x: number) =>
    coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return at(C, q) / at(D, q);
  }
  const q = p - 0.5;
  return (q * at(A, q * q)) / at(B, q * q);
}
