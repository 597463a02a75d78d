import { type Matrix, squareOf } from "./ballots";
import { reachability } from "./graph";
import { covariance, type Likelihood, maximise } from "./newton";

export interface Strengths {
  /** log-odds scale, sum 0: P(i over j) = 1/(1 + exp(sⱼ − sᵢ)) */
  readonly strengths: readonly number[];
  readonly logLikelihood: number;
  /** of the strengths under their sum of 0 */
  readonly covariance: readonly (readonly number[])[];
  readonly standardErrors: readonly number[];
}

/** log P of x over −x, without overflow: −log(1 + e^−x). */
export function logSigmoid(x: number): number {
  return x > 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));
}

/** @param wins [i][j]: times (or weight) that i beat j */
export function bradleyTerryLikelihood(wins: Matrix, s: readonly number[]): Likelihood {
  const n = wins.length;
  let value = 0;
  const gradient = Array.from({ length: n }, () => 0);
  const information = squareOf(n, () => 0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const games = wins[i][j] + wins[j][i];
      if (games === 0) continue;
      const p = 1 / (1 + Math.exp(s[j] - s[i]));
      value += wins[i][j] * logSigmoid(s[i] - s[j]) + wins[j][i] * logSigmoid(s[j] - s[i]);
      const slope = wins[i][j] - games * p;
      gradient[i] += slope;
      gradient[j] -= slope;
      const weight = games * p * (1 - p);
      information[i][i] += weight;
      information[j][j] += weight;
      information[i][j] -= weight;
      information[j][i] -= weight;
    }
  }
  return { value, gradient, information };
}

/**
 * Whether strengths of greatest likelihood exist: each item has beaten every other one, if only
 * through others (L. R. Ford, "Solution of a ranking problem from binary comparisons", 1957).
 */
export function isConnected(wins: Matrix): boolean {
  const reach = reachability(wins.length, (i, j) => wins[i][j] > 0);
  return wins.length < 2 || reach.every((set, i) => set.has(i) && set.size === wins.length);
}

/**
 * Bradley–Terry strengths of greatest likelihood, less penalty·Σs² (R. A. Bradley & M. E. Terry,
 * "Rank analysis of incomplete block designs", 1952). A tie is half a win each way.
 * @returns null where they do not exist: without a penalty, and somebody never lost or never won
 */
export function bradleyTerry(wins: Matrix, penalty = 0): Strengths | null {
  if (penalty === 0 && !isConnected(wins)) return null;
  const strengths = maximise(wins.length, (s) => bradleyTerryLikelihood(wins, s), penalty);
  const at = bradleyTerryLikelihood(wins, strengths);
  const spread = covariance(
    squareOf(wins.length, (i, j) => at.information[i][j] + (i === j ? 2 * penalty : 0)),
  );
  return {
    strengths,
    logLikelihood: at.value,
    covariance: spread,
    standardErrors: spread.map((row, i) => Math.sqrt(row[i])),
  };
}
