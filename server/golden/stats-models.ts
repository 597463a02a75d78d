import { bradleyTerry } from "../domain/aggregation/bradley-terry";
import { crowdLikelihood } from "../domain/aggregation/crowd-bt";
import { plackettLuce } from "../domain/aggregation/plackett-luce";
import { davidson, type Outcome, raoKupper, type TieModel } from "../domain/aggregation/ties";
import { Mismatch } from "./case";
import { hasKeys, type JsonChecker } from "./checker";
import { expectClose, FLOAT64 } from "./close";
import { eachSection } from "./stats-sections";

const STRENGTH = { abs: 1e-4 };
const LIKELIHOOD = { abs: 1e-6 };

/** Bradley–Terry (plain, penalised, with ties), Plackett–Luce, and crowd-BT's likelihood. */
export const preferenceModelsChecker: JsonChecker = {
  matches: (value) =>
    hasKeys(value, "bradley_terry", "plackett_luce") || hasKeys(value, "crowd_bt_likelihood"),
  async run(cases, { name }, value) {
    await eachSection(cases, name, value, {
      bradley_terry: [["wins", "strengths"], checkBradleyTerry],
      with_ties: [["comparisons"], checkTies],
      plackett_luce: [["rankings", "strengths"], checkPlackettLuce],
      crowd_bt_likelihood: [["observations", "log_likelihood"], checkCrowd],
    });
  },
};

interface BradleyTerryVectors extends Record<string, unknown> {
  wins: number[][];
  strengths: number[];
  log_likelihood: number;
  covariance_sum_to_zero?: number[][];
  standard_errors?: number[];
}

function checkBradleyTerry(one: BradleyTerryVectors): void {
  const got = bradleyTerry(one.wins);
  if (got === null) throw new Mismatch("no strengths, but some were expected");
  expectClose("strengths", got.strengths, one.strengths, STRENGTH);
  expectClose("log-likelihood", got.logLikelihood, one.log_likelihood, LIKELIHOOD);
  if (one.covariance_sum_to_zero) {
    expectClose("covariance", got.covariance.flat(), one.covariance_sum_to_zero, STRENGTH);
  }
  if (one.standard_errors) {
    expectClose("standard errors", got.standardErrors, one.standard_errors, STRENGTH);
  }
  for (const [key, expected] of Object.entries(one)) {
    // penalised_alpha_0_1: α 0.1
    const alpha = /^penalised_alpha_(\d+)_(\d+)$/.exec(key);
    if (alpha === null) continue;
    const penalised = bradleyTerry(one.wins, Number(`${alpha[1]}.${alpha[2]}`));
    expectClose(key, penalised?.strengths ?? [], expected as number[], STRENGTH);
  }
}

interface TiesVectors {
  items: number;
  comparisons: [number, number, Outcome["result"]][];
  davidson?: { strengths: number[]; nu: number; log_likelihood: number };
  rao_kupper?: { strengths: number[]; theta: number; log_likelihood: number };
}

function checkTies({ items, comparisons, ...expected }: TiesVectors): void {
  const outcomes = comparisons.map(([i, j, result]) => ({ i, j, result }));
  const same = (
    what: string,
    got: TieModel,
    want: { strengths: number[]; log_likelihood: number },
    ties: number,
  ) => {
    expectClose(`${what} strengths`, got.strengths, want.strengths, STRENGTH);
    expectClose(`${what} ties`, got.ties, ties, STRENGTH);
    expectClose(`${what} log-likelihood`, got.logLikelihood, want.log_likelihood, LIKELIHOOD);
  };
  if (expected.davidson) {
    same("Davidson", davidson(outcomes, items), expected.davidson, expected.davidson.nu);
  }
  if (expected.rao_kupper) {
    same("Rao–Kupper", raoKupper(outcomes, items), expected.rao_kupper, expected.rao_kupper.theta);
  }
}

interface PlackettLuceVectors {
  items: number;
  rankings: number[][];
  strengths: number[];
  log_likelihood: number;
}

function checkPlackettLuce(one: PlackettLuceVectors): void {
  const rankings = one.rankings.map((order) => order.map((item) => [item]));
  const got = plackettLuce(rankings, one.items);
  if (got === null) throw new Mismatch("no strengths, but some were expected");
  expectClose("strengths", got.strengths, one.strengths, STRENGTH);
  expectClose("log-likelihood", got.logLikelihood, one.log_likelihood, LIKELIHOOD);
}

interface CrowdVectors {
  strengths: number[];
  reliability: number[];
  observations: [labeler: number, winner: number, loser: number][];
  log_likelihood: number;
  grad_strengths: number[];
  grad_reliability: number[];
}

function checkCrowd(one: CrowdVectors): void {
  const observations = one.observations.map(([labeler, winner, loser]) => {
    return { labeler, winner, loser };
  });
  const got = crowdLikelihood(observations, one.strengths, one.reliability);
  expectClose("log-likelihood", got.value, one.log_likelihood, FLOAT64);
  expectClose("gradient by strengths", got.strengths, one.grad_strengths, FLOAT64);
  expectClose("gradient by reliability", got.reliability, one.grad_reliability, FLOAT64);
}
