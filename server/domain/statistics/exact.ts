/**
 * P(at least `observed` of independent trials succeed), trial i with probability pᵢ (Poisson
 * binomial), exact: the distribution is built trial by trial.
 */
export function upperTail(observed: number, probabilities: readonly number[]): number {
  const counts = new Float64Array(probabilities.length + 1);
  counts[0] = 1;
  probabilities.forEach((p, i) => {
    for (let k = i + 1; k > 0; k--) counts[k] = counts[k] * (1 - p) + counts[k - 1] * p;
    counts[0] *= 1 - p;
  });
  let tail = 0;
  for (let k = counts.length - 1; k >= Math.max(0, observed); k--) tail += counts[k];
  return Math.min(1, tail);
}

/**
 * Two-sided sign test: how likely a split at least as uneven as `heads` of `n` is where both sides
 * are equally likely. @returns 1 where n is 0
 */
export function signTest(heads: number, n: number): number {
  const extreme = Math.max(heads, n - heads);
  let logTerm = -n * Math.LN2; // of all n on one side
  let tail = 0;
  for (let k = n; k >= extreme; k--) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(k) - Math.log(n - k + 1);
  }
  return Math.min(1, 2 * tail);
}
