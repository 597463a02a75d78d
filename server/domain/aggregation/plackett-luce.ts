import type { Groups } from "../agreement/rank-vector";
import { squareOf } from "./ballots";
import { isConnected } from "./bradley-terry";
import { type Likelihood, maximise } from "./newton";

/**
 * Plackett–Luce: the best item is drawn from all in proportion to e^s, then the next from the rest
 * (R. D. Luce 1959; R. L. Plackett, "The analysis of permutations", 1975). Items of a tie group are
 * each drawn from the group and what is below it, after Breslow's way with ties (1974).
 */
function plackettLuceLikelihood(rankings: readonly Groups[], s: readonly number[]): Likelihood {
  let value = 0;
  const gradient = s.map(() => 0);
  const information = squareOf(s.length, () => 0);
  for (const groups of rankings) {
    groups.forEach((group, at) => {
      const left = groups.slice(at).flat();
      if (left.length < 2) return;
      const top = Math.max(...left.map((item) => s[item]));
      const weights = left.map((item) => Math.exp(s[item] - top));
      const total = weights.reduce((a, b) => a + b, 0);
      const draws = group.length;
      for (const item of group) {
        value += s[item] - top - Math.log(total);
        gradient[item] += 1;
      }
      left.forEach((i, a) => {
        const p = weights[a] / total;
        gradient[i] -= draws * p;
        information[i][i] += draws * p;
        left.forEach((j, b) => (information[i][j] -= (draws * p * weights[b]) / total));
      });
    });
  }
  return { value, gradient, information };
}

export interface PlackettLuce {
  /** sum 0 */
  readonly strengths: readonly number[];
  readonly logLikelihood: number;
}

/**
 * Plackett–Luce strengths of greatest likelihood, less penalty·Σs².
 * @param rankings each over all items or some @returns null where they do not exist: somebody is
 * never below, or never above, the others (D. R. Hunter, "MM algorithms", 2004, assumption 1)
 */
export function plackettLuce(
  rankings: readonly Groups[],
  items: number,
  penalty = 0,
): PlackettLuce | null {
  const above = squareOf(items, () => 0);
  for (const groups of rankings) {
    groups.forEach((group, at) => {
      for (const i of group) for (const j of groups.slice(at).flat()) above[i][j] += 1;
    });
  }
  if (penalty === 0 && !isConnected(above)) return null;
  const likelihood = (s: readonly number[]) => plackettLuceLikelihood(rankings, s);
  const strengths = maximise(items, likelihood, penalty);
  return { strengths, logLikelihood: likelihood(strengths).value };
}
