/**
 * How far reward models disagree on the completions of one prompt: the standard deviation, over the
 * models, of the probability that one completion beats another, averaged over all two completions.
 * Scores of different models have different scales; probabilities can be compared.
 * @param scores [model][completion] @returns 0 (all say the same) to 0.5; null below two models or completions
 */
export function disagreement(scores: readonly (readonly number[])[]): number | null {
  const items = scores[0]?.length ?? 0;
  if (scores.length < 2 || items < 2) return null;
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < items; i++) {
    for (let j = 0; j < i; j++) {
      const wins = scores.map((own) => 1 / (1 + Math.exp(own[j] - own[i])));
      const mean = wins.reduce((a, b) => a + b, 0) / wins.length;
      const squares = wins.reduce((a, p) => a + (p - mean) ** 2, 0);
      sum += Math.sqrt(squares / wins.length);
      pairs++;
    }
  }
  return sum / pairs;
}
