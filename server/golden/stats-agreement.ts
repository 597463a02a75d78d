import { alphaOf, METRICS } from "../domain/agreement/alpha";
import { kendallW } from "../domain/agreement/concordance";
import { cohenKappa, fleissKappa } from "../domain/agreement/kappa";
import {
  addPairs,
  beyondChance,
  comparePairs,
  kappaFromTies,
  NO_PAIRS,
  rate,
  votesOf,
} from "../domain/agreement/pairwise";
import { type Groups, levels, rankVector, type RankVector } from "../domain/agreement/rank-vector";
import { kendallTau } from "../domain/agreement/tau";
import type { Cases } from "./case";
import { hasKeys, type JsonChecker, listOf } from "./checker";
import { expectClose, expectSame, FLOAT64 } from "./close";
import { eachSection, expectMaybe } from "./stats-sections";

type Ranks = (number | null)[];

/** Krippendorff's α, τ-b, W, pairwise agreement and κ, each in its list. */
export const agreementChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "alpha", "tau_b") || hasKeys(value, "tau_b", "w"),
  async run(cases, { name }, value) {
    await eachSection(cases, name, value, {
      alpha: [["data"], checkAlpha],
      tau_b: [["x", "y", "tau_b"], checkTau],
      w: [["rankings", "w"], checkW],
      pairwise: [["rankings", "compared", "agree"], checkPairwise],
    });
    const { kappa } = value as { kappa?: Record<string, unknown> };
    if (kappa !== undefined) await checkKappas(cases, `${name} kappa`, kappa);
  },
};

function checkAlpha({ data, ...expected }: { data: Ranks[] } & Record<string, unknown>): void {
  for (const metric of METRICS) {
    if (metric in expected) expectMaybe(metric, alphaOf(data, metric), expected[metric]);
  }
}

interface TauVectors {
  n: number;
  x: Groups;
  y: Groups;
  rank_x: Ranks;
  rank_y: Ranks;
  common: number[];
  tau_b: number | null;
  concordant: number;
  discordant: number;
  pairs: number;
}

function checkTau(one: TauVectors): void {
  const [x, y] = [rankVector(one.x, one.n), rankVector(one.y, one.n)];
  // a rank is shown over the common items only, where the vectors say so
  const shown = (groups: Groups, expected: Ranks): RankVector =>
    rankVector(
      groups.map((group) => group.filter((item) => expected[item] !== null)),
      one.n,
    );
  expectSame("ranks of x", shown(one.x, one.rank_x), one.rank_x);
  expectSame("ranks of y", shown(one.y, one.rank_y), one.rank_y);
  const got = kendallTau(x, y);
  expectSame("common", got.common, one.common);
  expectMaybe("tau_b", got.tau, one.tau_b);
  expectSame(
    "concordant, discordant, pairs",
    [got.concordant, got.discordant, got.pairs],
    [one.concordant, one.discordant, one.pairs],
  );
}

interface WVectors {
  items: number;
  rankings: Groups[];
  ranks: number[][];
  w: number | null;
  w_without_tie_correction: number;
}

function checkW(one: WVectors): void {
  const ranks = one.rankings.map((groups) => rankVector(groups, one.items));
  expectSame("ranks", ranks, one.ranks);
  const got = kendallW(one.ranks);
  expectMaybe("w", got?.w ?? null, one.w);
  expectMaybe(
    "w without tie correction",
    got?.withoutTieCorrection ?? null,
    one.w_without_tie_correction,
  );
}

interface PairwiseVectors extends Record<string, unknown> {
  rankings: Groups[];
  votes: number;
  ties: number;
}

function checkPairwise(one: PairwiseVectors): void {
  const orders = one.rankings.map(levels);
  const pairs = orders
    .flatMap((a, i) => orders.slice(i + 1).map((b) => comparePairs(a, b)))
    .reduce(addPairs, NO_PAIRS);
  const votes = one.rankings.map(votesOf);
  const sum = { votes: 0, ties: 0 };
  for (const own of votes) {
    sum.votes += own.votes;
    sum.ties += own.ties;
  }
  const agreement = rate(pairs.agree, pairs.compared);
  const got: Record<string, number | null> = {
    compared: pairs.compared,
    agree: pairs.agree,
    rate: agreement,
    compared_no_ties: pairs.comparedNoTies,
    agree_no_ties: pairs.agreeNoTies,
    rate_no_ties: rate(pairs.agreeNoTies, pairs.comparedNoTies),
    ...sum,
    kappa_chance_third: agreement === null ? null : beyondChance(agreement, 1 / 3),
    kappa_wmt: kappaFromTies(agreement, sum),
  };
  for (const [key, number] of Object.entries(got)) {
    if (key in one) expectMaybe(key, number, one[key]);
  }
}

interface CohenVectors {
  levels: number;
  a: number[];
  b: number[];
  kappa: number;
  kappa_linear: number;
  kappa_quadratic: number;
  observed: number;
}

interface FleissVectors {
  ratings: number[][];
  counts: number[][];
  kappa: number;
}

async function checkKappas(cases: Cases, name: string, kappa: Record<string, unknown>) {
  const { cohen, fleiss } = kappa;
  if (listOf(cohen, "a", "b", "kappa")) {
    for (const [i, one] of (cohen as CohenVectors[]).entries()) {
      await cases.check(`${name} cohen ${i + 1}`, () => {
        const of = (weights: "none" | "linear" | "quadratic") =>
          cohenKappa(one.a, one.b, one.levels, weights);
        expectMaybe("kappa", of("none"), one.kappa);
        expectMaybe("linear", of("linear"), one.kappa_linear);
        expectMaybe("quadratic", of("quadratic"), one.kappa_quadratic);
        const same = one.a.filter((label, at) => label === one.b[at]).length;
        expectClose("observed", same / one.a.length, one.observed, FLOAT64);
      });
    }
  }
  for (const one of Array.isArray(fleiss) ? (fleiss as FleissVectors[]) : [fleiss]) {
    if (!hasKeys(one, "ratings", "counts")) continue;
    await cases.check(`${name} fleiss`, () => {
      const { ratings, counts, kappa: expected } = one as FleissVectors;
      const categories = counts[0].map((_, category) => category);
      expectSame(
        "counts",
        ratings.map((row) => categories.map((c) => row.filter((label) => label === c).length)),
        counts,
      );
      expectMaybe("kappa", fleissKappa(counts), expected);
    });
  }
}
