import { seededUniform } from "../domain/sorter/random";
import {
  clusterBootstrap,
  clusteredError,
  mean,
  standardError,
  twoWayClusteredError,
} from "../domain/statistics/clustered";
import { explainedShare } from "../domain/statistics/distributional";
import { wilsonInterval, winRate } from "../domain/statistics/proportion";
import { hasKeys, type JsonChecker } from "./checker";
import { expectClose, FLOAT64 } from "./close";
import { eachSection, expectMaybe } from "./stats-sections";

/** Wilson's interval, win rates, clustered errors, and how much of a score is the labeler's. */
export const intervalsChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "wilson") || hasKeys(value, "clustered_mean"),
  async run(cases, { name }, value) {
    await eachSection(cases, name, value, {
      wilson: [["successes", "n"], checkWilson],
      win_rate: [["wins", "ties", "losses"], checkWinRate],
      clustered_mean: [["x", "cluster", "mean"], checkClustered],
      distributional: [["scores", "r2"], checkDistributional],
    });
  },
};

function checkWilson(one: { successes: number; n: number } & Record<string, unknown>): void {
  for (const [key, expected] of Object.entries(one)) {
    const confidence = Number(key) / 100;
    if (Number.isNaN(confidence)) continue;
    const got = wilsonInterval(one.successes, one.n, confidence);
    expectClose(`${key} %`, got, expected as number[], FLOAT64);
  }
}

interface WinRateVectors {
  wins: number;
  ties: number;
  losses: number;
  win_rate_ties_half: number | null;
  win_rate_without_ties: number | null;
  wilson_95_without_ties: number[];
}

function checkWinRate(one: WinRateVectors): void {
  const got = winRate(one.wins, one.ties, one.losses);
  expectMaybe("ties as half", got.tiesHalf, one.win_rate_ties_half);
  expectMaybe("without ties", got.withoutTies, one.win_rate_without_ties);
  expectClose("interval", got.interval, one.wilson_95_without_ties, FLOAT64);
}

interface ClusteredVectors {
  x: number[];
  cluster: number[];
  second_cluster: number[];
  mean: number;
  naive_se: number;
  cluster_se: number;
  two_way_cluster_se: number;
}

function checkClustered(one: ClusteredVectors): void {
  const { x, cluster, second_cluster: second } = one;
  expectClose("mean", mean(x), one.mean, FLOAT64);
  expectClose("naive", standardError(x), one.naive_se, FLOAT64);
  expectClose("clustered", clusteredError(x, cluster), one.cluster_se, FLOAT64);
  expectClose(
    "clustered two ways",
    twoWayClusteredError(x, cluster, second),
    one.two_way_cluster_se,
    FLOAT64,
  );
  const parts = [...new Set(cluster)].map((own) => {
    const values = x.filter((_, i) => cluster[i] === own);
    return { total: values.reduce((a, b) => a + b, 0), weight: values.length };
  });
  // random: within 5 % of the closed form is what the vectors ask of so many draws
  const bootstrap = clusterBootstrap(parts, seededUniform("golden"), { draws: 20_000 });
  expectClose("bootstrap", bootstrap?.error ?? NaN, one.cluster_se, { abs: 0, rel: 0.05 });
}

function checkDistributional({ scores, r2 }: { scores: number[][]; r2: number }): void {
  expectMaybe("r²", explainedShare(scores), r2);
}
