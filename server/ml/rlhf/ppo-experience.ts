import { gae, tokenRewards, whiten } from "./formulas/advantages";
import { klEstimate } from "./formulas/kl";
import { map, mean, meanOfRowSums, variance } from "./formulas/rows";
import { episodeScore } from "./formulas/scores";
import type { PpoConfig } from "./ppo-config";
import type { Episode } from "./rollout";

/** What an iteration learns from. Rows are episodes; token arrays hold no padding. */
export interface Experience {
  episodes: readonly Episode[];
  /** After clip and EOS rule. */
  scores: number[];
  meanScore: number;
  advantages: Float64Array[];
  returns: Float64Array[];
}

/** Scores → rewards a token → advantages and returns, in double precision. */
export function experienceOf(
  episodes: readonly Episode[],
  beta: number,
  config: PpoConfig,
): Experience {
  const scores = episodes.map(({ rawScore, hasEos }) => episodeScore(rawScore, hasEos, config));
  const kl = map(
    episodes.map(({ logProbs }) => logProbs),
    (logProb, i, t) => klEstimate(config.klEstimator, logProb, episodes[i].refLogProbs[t]),
  );
  const plain = tokenRewards(kl, scores, beta);
  const options = { variance: config.whitenVariance };
  const rewards = config.whitenRewards ? whiten(plain, { ...options, shiftMean: false }) : plain;
  const values = episodes.map((episode) => episode.values);
  const { advantages, returns } = gae(rewards, values, config);
  return {
    episodes,
    scores,
    meanScore: mean([scores]),
    advantages: config.whitenAdvantages ? whiten(advantages, options) : advantages,
    returns,
  };
}

/** objective/…, completions/… (lengths in tokens) and val/num_eos_tokens of an iteration, before its update. @param scores after clip and EOS rule */
export function responseMetrics(
  episodes: readonly Episode[],
  scores: readonly number[],
  beta: number,
): Record<string, number> {
  const logProbs = episodes.map((episode) => episode.logProbs);
  const kl = map(logProbs, (x, i, t) => x - episodes[i].refLogProbs[t]);
  const meanKl = meanOfRowSums(kl);
  const nonScore = -beta * meanKl;
  const lengths = logProbs.map((row) => row.length);
  return {
    "objective/kl": meanKl,
    "objective/kl_coef": beta,
    "objective/entropy": -meanOfRowSums(logProbs),
    "objective/non_score_reward": nonScore,
    "objective/rlhf_reward": nonScore + mean([scores]),
    "objective/scores": mean([scores]),
    "objective/scores_std": Math.sqrt(variance([scores])),
    "completions/mean_length": mean([lengths]),
    "completions/min_length": Math.min(...lengths),
    "completions/max_length": Math.max(...lengths),
    "val/num_eos_tokens": episodes.filter(({ hasEos }) => hasEos).length,
  };
}

/** The same with returns/…. */
export function rolloutMetrics(
  { episodes, scores, returns }: Experience,
  beta: number,
): Record<string, number> {
  return {
    ...responseMetrics(episodes, scores, beta),
    "returns/mean": mean(returns),
    "returns/var": variance(returns),
  };
}
