import { gae, tokenRewards, whiten } from "../ml/rlhf/formulas/advantages";
import { klEstimate, type KlEstimator } from "../ml/rlhf/formulas/kl";
import { policyLoss, valueLoss } from "../ml/rlhf/formulas/ppo-losses";
import { map, meanOfRowSums } from "../ml/rlhf/formulas/rows";
import { episodeScore } from "../ml/rlhf/formulas/scores";
import { hasKeys, type JsonChecker, listOf } from "./checker";
import { expectClose, FLOAT64 } from "./close";
import { joined, type Matrix, realNumbers, realTokens } from "./masked";

type Mask = number[][];

interface PolicyVectors {
  clip: number;
  dual_clip: number | null;
  logprobs: Matrix;
  old_logprobs: Matrix;
  advantages: Matrix;
  loss: number;
  grad_logprobs: Matrix;
  ratio: Matrix;
  ratio_mean: number;
  clipfrac: number;
  approxkl: number;
}
interface ValueVectors {
  clip: number | null;
  values: Matrix;
  old_values: Matrix;
  returns: Matrix;
  loss: number;
  grad_values: Matrix;
  clipfrac: number;
}

/** Policy and value loss with their gradients and shares of clipped tokens. */
export const ppoLossesChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "mask", "policy", "value"),
  async run(cases, { name }, value) {
    const {
      mask,
      policy,
      value: values,
    } = value as {
      mask: Mask;
      policy: PolicyVectors[];
      value: ValueVectors[];
    };
    const real = (rows: Matrix) => realTokens(rows, mask);
    const numbers = (rows: Matrix) => realNumbers(rows, mask);
    for (const [i, one] of policy.entries()) {
      await cases.check(`${name} policy ${i + 1}`, () => {
        const got = policyLoss(real(one.logprobs), real(one.old_logprobs), real(one.advantages), {
          clip: one.clip,
          dualClip: one.dual_clip,
        });
        expectClose("loss", got.loss, one.loss, FLOAT64);
        expectClose("gradient", joined(got.grad), numbers(one.grad_logprobs), FLOAT64);
        expectClose("ratio", joined(got.ratio), numbers(one.ratio), FLOAT64);
        expectClose("mean ratio", got.ratioMean, one.ratio_mean, FLOAT64);
        expectClose("clipfrac", got.clipFraction, one.clipfrac, FLOAT64);
        expectClose("approxkl", got.approxKl, one.approxkl, FLOAT64);
      });
    }
    for (const [i, one] of values.entries()) {
      await cases.check(`${name} value ${i + 1}`, () => {
        const got = valueLoss(real(one.values), real(one.old_values), real(one.returns), one);
        expectClose("loss", got.loss, one.loss, FLOAT64);
        expectClose("gradient", joined(got.grad), numbers(one.grad_values), FLOAT64);
        expectClose("clipfrac", got.clipFraction, one.clipfrac, FLOAT64);
      });
    }
  },
};

interface RolloutVectors {
  beta: number;
  kl_estimator: KlEstimator;
  gamma: number;
  lam: number;
  whiten_rewards: boolean;
  eos_rule: "set" | "subtract";
  eos_penalty: number;
  score_clip: number | null;
  mask: Mask;
  has_eos: boolean[];
  logprobs: Matrix;
  ref_logprobs: Matrix;
  values: Matrix;
  scores_raw: number[];
  scores: number[];
  kl: Matrix;
  rewards: Matrix;
  population_variance: WhitenedVectors;
  sample_variance: WhitenedVectors;
  metrics: Record<string, number>;
}
interface WhitenedVectors {
  rewards_whitened: Matrix | null;
  advantages: Matrix;
  returns: Matrix;
  advantages_whitened: Matrix;
}

/** From scores to whitened advantages, the way of one rollout. */
export const rolloutChecker: JsonChecker = {
  matches: (value) => listOf(value, "scores_raw", "ref_logprobs", "population_variance"),
  async run(cases, { name }, value) {
    for (const [i, one] of (value as RolloutVectors[]).entries()) {
      const { mask } = one;
      const numbers = (rows: Matrix) => realNumbers(rows, mask);
      const reference = realTokens(one.ref_logprobs, mask);
      const logProbs = realTokens(one.logprobs, mask);
      const scores = one.scores_raw.map((score, j) =>
        episodeScore(score, one.has_eos[j], {
          scoreClip: one.score_clip,
          eosRule: one.eos_rule,
          missingEosScore: one.eos_rule === "set" ? one.eos_penalty : -Math.abs(one.eos_penalty),
        }),
      );
      const kl = map(logProbs, (x, j, t) => klEstimate(one.kl_estimator, x, reference[j][t]));
      const rewards = tokenRewards(kl, scores, one.beta);
      await cases.check(`${name} ${i + 1} rewards`, () => {
        expectClose("scores", scores, one.scores, FLOAT64);
        expectClose("kl", joined(kl), numbers(one.kl), FLOAT64);
        expectClose("rewards", joined(rewards), numbers(one.rewards), FLOAT64);
      });
      for (const kind of ["population", "sample"] as const) {
        await cases.check(`${name} ${i + 1} advantages, ${kind} variance`, () => {
          const expected = one[`${kind}_variance`];
          const used = one.whiten_rewards
            ? whiten(rewards, { variance: kind, shiftMean: false })
            : rewards;
          if (expected.rewards_whitened) {
            expectClose(
              "whitened rewards",
              joined(used),
              numbers(expected.rewards_whitened),
              FLOAT64,
            );
          }
          const { advantages, returns } = gae(used, realTokens(one.values, mask), {
            gamma: one.gamma,
            lambda: one.lam,
          });
          expectClose("advantages", joined(advantages), numbers(expected.advantages), FLOAT64);
          expectClose("returns", joined(returns), numbers(expected.returns), FLOAT64);
          const white = whiten(advantages, { variance: kind });
          expectClose("whitened", joined(white), numbers(expected.advantages_whitened), FLOAT64);
        });
      }
      await cases.check(`${name} ${i + 1} metrics`, () => {
        const m = one.metrics;
        const close = (key: string, got: number) => expectClose(key, got, m[key], FLOAT64);
        const mean = (xs: number[]) => xs.reduce((a, x) => a + x, 0) / xs.length;
        const rest = meanOfRowSums(map(kl, (x) => -one.beta * x));
        close("objective/kl", meanOfRowSums(kl));
        close("objective/entropy", -meanOfRowSums(logProbs));
        close("objective/non_score_reward", rest);
        close("objective/scores", mean(scores));
        close("objective/rlhf_reward", mean(scores) + rest);
        close("val/num_eos_tokens", one.has_eos.filter(Boolean).length);
      });
    }
  },
};
