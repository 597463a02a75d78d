import { mean } from "./clustered";

const variance = (values: readonly number[]): number => {
  const center = mean(values);
  return mean(values.map((x) => (x - center) ** 2));
};

/**
 * Share of the variance of scores that the prompt or completion explains and the labeler does not:
 * r² = Var(μ) / (Var(μ) + E[σ²]), population variances. Siththaranjan, Laidlaw & Hadfield-Menell,
 * "Distributional preference learning" (2023): a low r² says that hidden context (who judges)
 * decides. @param scores [item][labeler or draw] @returns null where nothing varies
 */
export function explainedShare(scores: readonly (readonly number[])[]): number | null {
  const between = variance(scores.map(mean));
  const within = mean(scores.map(variance));
  return between + within === 0 ? null : between / (between + within);
}
