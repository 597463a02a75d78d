import { squareOf } from "./ballots";
import { bradleyTerryLikelihood } from "./bradley-terry";
import { covariance, maximise } from "./newton";

/** A labeler put one item over another. */
export interface Observation {
  readonly labeler: number;
  readonly winner: number;
  readonly loser: number;
  /** half of a tie is worth 0.5 each way; 1 unless said */
  readonly weight?: number;
}

/** One prompt: its items are compared with each other and with no others. */
export interface CrowdPrompt {
  readonly items: number;
  readonly observations: readonly Observation[];
}

/** As if nine right answers and one wrong had been seen of everybody. */
const usualPrior = [9, 1] as const;
/** What is believed of a labeler of whom nothing is known. */
export const usualReliability = usualPrior[0] / (usualPrior[0] + usualPrior[1]);

/** Largest change of an iteration after which there will be none that is seen. */
const SETTLED = 1e-5;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Log-likelihood of crowd-BT and its gradients: labeler k says "i over j" with
 * η·P(i over j) + (1 − η)·P(j over i), η being how often k says what k sees. X. Chen, P. N. Bennett,
 * K. Collins-Thompson & E. Horvitz, "Pairwise ranking aggregation in a crowdsourced setting" (2013).
 * @param reliability η of each labeler: 1 = always, ½ = guesses, 0 = always the contrary
 */
export function crowdLikelihood(
  observations: readonly Observation[],
  strengths: readonly number[],
  reliability: readonly number[],
) {
  let value = 0;
  const byStrength = strengths.map(() => 0);
  const byReliability = reliability.map(() => 0);
  for (const { labeler, winner, loser, weight = 1 } of observations) {
    const p = sigmoid(strengths[winner] - strengths[loser]);
    const eta = reliability[labeler];
    const said = eta * p + (1 - eta) * (1 - p);
    value += weight * Math.log(said);
    const slope = (weight * (2 * eta - 1) * p * (1 - p)) / said;
    byStrength[winner] += slope;
    byStrength[loser] -= slope;
    byReliability[labeler] += (weight * (2 * p - 1)) / said;
  }
  return { value, strengths: byStrength, reliability: byReliability };
}

export interface CrowdOptions {
  /** pulls strengths to 0: less penalty·Σs² */
  readonly penalty?: number;
  /** what is believed of a labeler beforehand: as if so many right and wrong answers were seen */
  readonly prior?: readonly [right: number, wrong: number];
  /** η of each labeler where it is known from elsewhere: only strengths are fitted */
  readonly known?: readonly number[];
  readonly maxIterations?: number;
  /** called after each iteration with the largest change of a strength or reliability, and what it has reached */
  readonly onIteration?: (iteration: number, change: number, objective: () => number) => void;
}

export interface Crowd {
  /** [prompt][item], sum 0 within a prompt */
  readonly strengths: readonly (readonly number[])[];
  readonly standardErrors: readonly (readonly number[])[];
  readonly reliability: readonly number[];
  readonly converged: boolean;
}

/**
 * Strengths of each prompt's items and reliability of each labeler, together, by expectation and
 * maximisation of the posterior: a comparison is taken for what the labeler saw with the
 * probability it has now; strengths are then Bradley–Terry's, and a reliability is a share. The
 * prior says that people mostly mean what they say: without it, all may be turned upside down.
 */
export function crowdBradleyTerry(
  prompts: readonly CrowdPrompt[],
  labelers: number,
  { penalty = 0.1, prior = usualPrior, known, maxIterations = 500, onIteration }: CrowdOptions = {},
): Crowd {
  let strengths = prompts.map(({ items }) => Array.from({ length: items }, () => 0));
  const believed = prior[0] / (prior[0] + prior[1]);
  let reliability: readonly number[] = known ?? Array.from({ length: labelers }, () => believed);
  let change = Infinity;
  let iteration = 0;
  while (change > SETTLED && iteration < maxIterations) {
    const right = reliability.map(() => prior[0]);
    const all = reliability.map(() => prior[0] + prior[1]);
    const before = strengths;
    strengths = prompts.map((prompt, at) => {
      const wins = squareOf(prompt.items, () => 0);
      for (const { labeler, winner, loser, weight = 1 } of prompt.observations) {
        const p = sigmoid(before[at][winner] - before[at][loser]);
        const eta = reliability[labeler];
        const meant = (eta * p) / (eta * p + (1 - eta) * (1 - p));
        wins[winner][loser] += weight * meant;
        wins[loser][winner] += weight * (1 - meant);
        right[labeler] += weight * meant;
        all[labeler] += weight;
      }
      // two steps towards the maximum will do: it moves on with the next reliabilities
      const likelihood = (s: readonly number[]) => bradleyTerryLikelihood(wins, s);
      return maximise(prompt.items, likelihood, penalty, { start: before[at], steps: 2 });
    });
    const next = known ?? right.map((count, k) => count / all[k]);
    change = 0;
    for (const [k, eta] of next.entries())
      change = Math.max(change, Math.abs(eta - reliability[k]));
    for (const [at, own] of strengths.entries()) {
      for (const [i, s] of own.entries()) change = Math.max(change, Math.abs(s - before[at][i]));
    }
    reliability = next;
    iteration++;
    const reached = { strengths, reliability };
    onIteration?.(iteration, change, () =>
      objective(prompts, reached.strengths, reached.reliability, penalty, prior),
    );
  }
  return {
    strengths,
    standardErrors: prompts.map((prompt, at) =>
      errors(prompt, strengths[at], reliability, penalty),
    ),
    reliability,
    converged: change <= SETTLED,
  };
}

/** What the iterations make larger: log-likelihood, less the penalty, with the prior. */
function objective(
  prompts: readonly CrowdPrompt[],
  strengths: readonly (readonly number[])[],
  reliability: readonly number[],
  penalty: number,
  [right, wrong]: readonly [number, number],
): number {
  const fit = prompts.reduce((sum, { observations }, at) => {
    const pull = strengths[at].reduce((squares, s) => squares + s * s, 0);
    return sum + crowdLikelihood(observations, strengths[at], reliability).value - penalty * pull;
  }, 0);
  const believed = reliability.map((eta) => right * Math.log(eta) + wrong * Math.log(1 - eta));
  return believed.reduce((a, b) => a + b, fit);
}

/** From the Fisher information at these reliabilities: who guesses (η = ½) tells nothing. */
function errors(
  { items, observations }: CrowdPrompt,
  strengths: readonly number[],
  reliability: readonly number[],
  penalty: number,
): number[] {
  const information = squareOf(items, (i, j) => (i === j ? 2 * penalty : 0));
  for (const { labeler, winner: i, loser: j, weight = 1 } of observations) {
    const p = sigmoid(strengths[i] - strengths[j]);
    const eta = reliability[labeler];
    const said = eta * p + (1 - eta) * (1 - p);
    const own = (weight * ((2 * eta - 1) * p * (1 - p)) ** 2) / (said * (1 - said));
    information[i][i] += own;
    information[j][j] += own;
    information[i][j] -= own;
    information[j][i] -= own;
  }
  return covariance(information).map((row, i) => Math.sqrt(Math.max(0, row[i])));
}
