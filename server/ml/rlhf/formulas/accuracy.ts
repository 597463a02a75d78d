import { impliedPairs } from "./kwise";

/** What one prompt's rankings say of a scorer: pairs ordered as the labeler did, and all pairs. */
export interface PromptPairs {
  right: number;
  pairs: number;
}

/** Pairs of one ranking that the scores order as the labeler did; equal scores count one half. */
export function rankedRight(
  scores: ArrayLike<number>,
  groups: readonly (readonly number[])[],
): PromptPairs {
  const pairs = impliedPairs(groups);
  const right = pairs.reduce((n, { chosen, rejected }) => {
    const d = scores[chosen] - scores[rejected];
    return n + (d > 0 ? 1 : d === 0 ? 0.5 : 0);
  }, 0);
  return { right, pairs: pairs.length };
}

/** Share of pairs that "the longer completion wins" orders right: what a reward model must beat. */
export function lengthBaseline(
  rankings: readonly { lengths: ArrayLike<number>; groups: readonly (readonly number[])[] }[],
): number {
  return accuracy(rankings.map(({ lengths, groups }) => rankedRight(lengths, groups)));
}

/** Share of all pairs ordered right; every pair weighs the same. NaN when there is none. */
export function accuracy(prompts: readonly PromptPairs[]): number {
  const pairs = prompts.reduce((n, p) => n + p.pairs, 0);
  return prompts.reduce((n, p) => n + p.right, 0) / pairs;
}

/**
 * 95 % interval of a statistic by the percentile bootstrap over prompts: prompts are drawn, not pairs,
 * because the pairs of one prompt are not independent.
 * @param uniform seeded numbers in [0, 1) @param level 0.95
 */
export function bootstrapInterval<T>(
  prompts: readonly T[],
  statistic: (sample: readonly T[]) => number,
  uniform: () => number,
  { draws = 1000, level = 0.95 }: { draws?: number; level?: number } = {},
): [low: number, high: number] {
  if (prompts.length === 0) return [Number.NaN, Number.NaN];
  const values: number[] = [];
  for (let d = 0; d < draws; d++) {
    const sample = prompts.map(() => prompts[Math.floor(uniform() * prompts.length)]);
    const value = statistic(sample);
    if (!Number.isNaN(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  return [quantile(values, tail), quantile(values, 1 - tail)];
}

/** Quantile of sorted numbers, linear between neighbours. */
export function quantile(sorted: readonly number[], q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const below = sorted[low];
  return below + (at - low) * ((sorted[low + 1] ?? below) - below);
}
