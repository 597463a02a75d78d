/**
 * What the best of n samples is like, from N ≥ n samples of one prompt: the expectation over which n of
 * them are drawn, without the noise of drawing. Samples of equal score share what is theirs.
 * @param samples score, and the value whose mean is asked for @returns E[value of the best of n]
 */
export function bestOfN(samples: readonly { score: number; value: number }[], n: number): number {
  const sorted = samples.toSorted((a, b) => b.score - a.score);
  let missed = 1; // share of draws that hold none of those before i
  let expected = 0;
  let i = 0;
  while (i < sorted.length) {
    const { score } = sorted[i];
    const tied = sorted.filter((sample) => sample.score === score);
    const before = missed;
    for (const end = i + tied.length; i < end; i++)
      missed *= 1 - Math.min(1, n / (sorted.length - i));
    const value = tied.reduce((sum, sample) => sum + sample.value, 0) / tied.length;
    expected += (before - missed) * value;
  }
  return expected;
}
