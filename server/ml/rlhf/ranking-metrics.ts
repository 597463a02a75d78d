import { compileInference } from "../runtime/inference";
import type { SessionOptions } from "../runtime/session";
import { splitPasses } from "./batch";
import type { TextModel } from "./data";
import { pairShares } from "./formulas/kwise";
import type { RewardConfig } from "./reward-config";
import {
  type RankedRows,
  rankingFeeds,
  rankingInputs,
  rankingLoss,
  type RankingLossOptions,
} from "./reward-graph";
import { weighed } from "./reward-loss";

/** Rows that a ranking takes, and its longest. */
function sizeOf({ rows }: RankedRows): { rows: number; longest: number } {
  return { rows: rows.length, longest: Math.max(...rows.map((row) => row.length)) };
}

/** Longest first, so that a pass holds like lengths and little padding. */
export function longestFirst<R extends RankedRows>(rankings: readonly R[]): R[] {
  return rankings.toSorted((a, b) => sizeOf(b).longest - sizeOf(a).longest);
}

/** Rankings in passes; the losses of the passes sum to the mean over the rankings or their pairs, by weight. */
export function rankingPasses(
  rankings: readonly RankedRows[],
  config: Pick<
    RewardConfig,
    "tokensPerPass" | "microBatchSize" | "loss" | "normalisePairs" | "normaliseWeights"
  >,
  padId: number | null,
  lanes: number,
) {
  const share = pairShares(
    rankings.map((ranking) => weighed(ranking, config.loss)),
    config,
  );
  const weights = new Map(rankings.map((ranking, i) => [ranking, share[i]]));
  const { tokensPerPass, microBatchSize } = config;
  return splitPasses(rankings, sizeOf, tokensPerPass, microBatchSize, lanes).map((pass) =>
    rankingFeeds(pass, padId, (ranking) => weights.get(ranking)!),
  );
}

/** @param scores of all rows of the rankings, in order */
export function pairMetrics(rankings: readonly RankedRows[], scores: readonly number[]) {
  let first = 0;
  let pairs = 0;
  let right = 0;
  let margin = 0;
  let ties = 0;
  for (const ranking of rankings) {
    for (const { chosen, rejected } of ranking.pairs) {
      const d = scores[first + chosen] - scores[first + rejected];
      margin += d;
      right += d > 0 ? 1 : d === 0 ? 0.5 : 0;
    }
    pairs += ranking.pairs.length;
    ties += ranking.ties?.length ?? 0;
    first += ranking.rows.length;
  }
  const mean = scores.reduce((a, x) => a + x, 0) / scores.length;
  const spread = scores.reduce((a, x) => a + (x - mean) ** 2, 0) / scores.length;
  return {
    accuracy: pairs === 0 ? 0.5 : right / pairs,
    margin: pairs === 0 ? 0 : margin / pairs,
    reward_std: Math.sqrt(spread),
    completions: scores.length,
    pairs,
    ...(ties > 0 && { ties }),
  };
}

/** A program that measures loss and accuracy on rankings as the model's weights are at the time. */
export async function compileRankingLoss(
  { config: shape, weights }: TextModel,
  options: RankingLossOptions,
  config: RewardConfig,
  { provider, threads }: SessionOptions,
) {
  const program = await compileInference({
    provider,
    threads,
    weights,
    inputs: rankingInputs,
    build: ({ inputs, params }) => rankingLoss(shape, params, inputs, options),
  });
  return {
    async measure(all: readonly RankedRows[]): Promise<{ loss: number; accuracy: number }> {
      const rankings = longestFirst(all);
      const scores: number[] = [];
      let loss = 0;
      for (const feeds of rankingPasses(rankings, config, shape.padId, 1)) {
        const outputs = await program.run(feeds);
        loss += Number(outputs.loss.data[0]);
        scores.push(...(outputs.scores.data as Float32Array));
      }
      return { loss, accuracy: pairMetrics(rankings, scores).accuracy };
    },
    dispose: () => program.dispose(),
  };
}
