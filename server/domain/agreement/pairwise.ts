import type { Groups, Levels } from "./rank-vector";

/** Counts that add up: over labelers, prompts and campaigns. */
export interface PairwiseCounts {
  /** two labelers, two items that both ranked */
  readonly compared: number;
  /** of these, with the same outcome: better, worse, or tie */
  readonly agree: number;
  /** where neither has a tie */
  readonly comparedNoTies: number;
  readonly agreeNoTies: number;
}

export const NO_PAIRS: PairwiseCounts = {
  compared: 0,
  agree: 0,
  comparedNoTies: 0,
  agreeNoTies: 0,
};

export function addPairs(a: PairwiseCounts, b: PairwiseCounts): PairwiseCounts {
  return {
    compared: a.compared + b.compared,
    agree: a.agree + b.agree,
    comparedNoTies: a.comparedNoTies + b.comparedNoTies,
    agreeNoTies: a.agreeNoTies + b.agreeNoTies,
  };
}

/**
 * How two labelers' orders agree on every two items that both ranked.
 * @param counts leaves out pairs of items, where some are not to be counted
 */
export function comparePairs(
  a: Levels,
  b: Levels,
  counts: (i: number, j: number) => boolean = () => true,
): PairwiseCounts {
  const common = [...a.keys()].filter((item) => b.has(item));
  let [compared, agree, comparedNoTies, agreeNoTies] = [0, 0, 0, 0];
  common.forEach((i, at) => {
    for (let other = at + 1; other < common.length; other++) {
      const j = common[other];
      if (!counts(i, j)) continue;
      const x = Math.sign(a.get(i)! - a.get(j)!);
      const y = Math.sign(b.get(i)! - b.get(j)!);
      compared++;
      if (x === y) agree++;
      if (x === 0 || y === 0) continue;
      comparedNoTies++;
      if (x === y) agreeNoTies++;
    }
  });
  return { compared, agree, comparedNoTies, agreeNoTies };
}

/** Comparisons that an order makes, and how many of them are ties. */
export interface Votes {
  readonly votes: number;
  readonly ties: number;
}

export function votesOf(groups: Groups): Votes {
  const pairs = (n: number) => (n * (n - 1)) / 2;
  return {
    votes: pairs(groups.reduce((sum, group) => sum + group.length, 0)),
    ties: groups.reduce((sum, group) => sum + pairs(group.length), 0),
  };
}

/** @returns null where nothing was compared */
export function rate(agree: number, compared: number): number | null {
  return compared === 0 ? null : agree / compared;
}

/**
 * Agreement beyond chance, (P − E)/(1 − E), with the chance of two strangers who tie as often as
 * these labelers do: E = P(tie)² + 2·((1 − P(tie))/2)². Bojar et al., "Findings of the 2016
 * Conference on Machine Translation", section 3.3. @returns null where undefined
 */
export function kappaFromTies(agreement: number | null, { votes, ties }: Votes): number | null {
  if (agreement === null || votes === 0) return null;
  const tie = ties / votes;
  return beyondChance(agreement, tie ** 2 + 2 * ((1 - tie) / 2) ** 2);
}

/** (observed − chance) / (1 − chance). @returns null where chance is 1 */
export function beyondChance(observed: number, chance: number): number | null {
  return chance === 1 ? null : (observed - chance) / (1 - chance);
}
