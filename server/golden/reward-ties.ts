import { plackettLuceLoss } from "../ml/rlhf/formulas/plackett-luce";
import {
  davidson,
  raoKupper,
  tiedRankingLoss,
  type TieLoss,
  type TieModel,
  type TieOutcome,
} from "../ml/rlhf/formulas/ties";
import type { Cases } from "./case";
import { hasKeys, type JsonChecker, listOf } from "./checker";
import { expectClose, expectSame, FLOAT64 } from "./close";

interface StagedVectors {
  k: number;
  scores: number[];
  order: number[];
  unordered_at_the_end: number;
  stages: number;
  loss_sum: number;
  grad_sum: number[];
  loss_per_stage: number;
}
interface TieCase {
  r_i: number;
  r_j: number;
  outcome: TieOutcome;
  p_i: number;
  p_j: number;
  p_tie: number;
  loss: number;
  grad_r_i: number;
  grad_r_j: number;
}
interface TiedRanking {
  scores: number[];
  groups: number[][];
  value: number;
  loss_sum: number;
  grad_scores: number[];
  grad_log_value: number;
}

/** Listwise losses, and the two models of ties: of a comparison and of a whole ranking. */
export const tiesChecker: JsonChecker = {
  matches: (value) => {
    const { plackett_luce, rao_kupper, davidson: tied } = (value ?? {}) as Record<string, unknown>;
    const staged = listOf(plackett_luce, "scores", "order", "unordered_at_the_end");
    return staged || hasKeys(rao_kupper, "theta") || hasKeys(tied, "nu");
  },
  async run(cases, { name }, value) {
    for (const [key, section] of Object.entries(value as Record<string, unknown>)) {
      const of = `${name} ${key}`;
      if (listOf(section, "order", "loss_sum")) await staged(cases, of, section as StagedVectors[]);
      else if (hasKeys(section, "theta", "cases"))
        await compared(cases, of, section as Compared, raoKupper, "theta");
      else if (hasKeys(section, "nu", "cases"))
        await compared(cases, of, section as Compared, davidson, "nu");
      else if (hasKeys(section, "groups", "value", "grad_scores"))
        await ranking(cases, of, section as TiedRanking);
      else cases.skip(of, "no check knows this model of ties yet");
    }
  },
};

async function staged(cases: Cases, name: string, all: StagedVectors[]): Promise<void> {
  for (const [i, one] of all.entries()) {
    await cases.check(`${name} ${i + 1} (K ${one.k})`, () => {
      const ordered = one.order.length - one.unordered_at_the_end;
      const groups = one.order.slice(0, ordered).map((index) => [index]);
      if (one.unordered_at_the_end > 0) groups.push(one.order.slice(ordered));
      const got = plackettLuceLoss(one.scores, groups);
      // a last stage of one has probability 1
      const certain = one.unordered_at_the_end === 0 && one.stages === one.k ? 1 : 0;
      expectSame("stages", got.stages + certain, one.stages);
      expectClose("loss", got.loss, one.loss_sum, FLOAT64);
      expectClose("gradient", got.grad, one.grad_sum, FLOAT64);
      expectClose("loss by stage", got.loss / one.stages, one.loss_per_stage, FLOAT64);
    });
  }
}

interface Compared extends Record<"theta" | "nu", number> {
  cases: (TieCase & Partial<Record<"grad_log_theta" | "grad_log_nu", number>>)[];
}

async function compared(
  cases: Cases,
  name: string,
  section: Compared,
  model: (ri: number, rj: number, outcome: TieOutcome, parameter: number) => TieLoss,
  parameter: "theta" | "nu",
): Promise<void> {
  for (const [i, one] of section.cases.entries()) {
    await cases.check(`${name} ${i + 1} (${one.outcome})`, () => {
      const of = (outcome: TieOutcome) => model(one.r_i, one.r_j, outcome, section[parameter]);
      const got = of(one.outcome);
      expectClose("loss", got.loss, one.loss, FLOAT64);
      expectClose("gradient by r_i", got.gradI, one.grad_r_i, FLOAT64);
      expectClose("gradient by r_j", got.gradJ, one.grad_r_j, FLOAT64);
      const expected = one[`grad_log_${parameter}`]!;
      expectClose(`gradient by log ${parameter}`, got.gradLogParameter, expected, FLOAT64);
      const p = (outcome: TieOutcome) => Math.exp(-of(outcome).loss);
      expectClose("probabilities", [p("i"), p("j"), p("tie")], [one.p_i, one.p_j, one.p_tie], {
        abs: 1e-9,
      });
    });
  }
}

/** Which model a ranking is of, its section says. */
async function ranking(cases: Cases, name: string, one: TiedRanking): Promise<void> {
  const model: TieModel = /davidson/.test(name) ? "davidson" : "rao-kupper";
  await cases.check(name, () => {
    const got = tiedRankingLoss(one.scores, one.groups, model, one.value);
    expectClose("loss", got.loss, one.loss_sum, FLOAT64);
    expectClose("gradient", got.grad, one.grad_scores, FLOAT64);
    expectClose("gradient by the parameter", got.gradLogParameter, one.grad_log_value, FLOAT64);
  });
}
