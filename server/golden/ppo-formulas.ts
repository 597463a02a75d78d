import { explainedVariance, gae, whiten } from "../ml/rlhf/formulas/advantages";
import { adaptiveBeta, bestOfNKl, klEstimate, type KlEstimator } from "../ml/rlhf/formulas/kl";
import { entropy, tokenLogProb } from "../ml/rlhf/formulas/ppo-losses";
import { map, mean, meanOfRowSums, variance } from "../ml/rlhf/formulas/rows";
import { episodeScore, truncateAtStop } from "../ml/rlhf/formulas/scores";
import type { Cases } from "./case";
import { hasKeys, type JsonChecker } from "./checker";
import { expectClose, expectSame, FLOAT64 } from "./close";
import { joined, type Matrix, realNumbers, realTokens } from "./masked";

type Mask = number[][];
type Numbers = Record<string, number>;
type Section = (cases: Cases, name: string, section: never, mask: Mask) => Promise<void>;

/** Formulas of PPO, each in a section of its own. */
export const ppoFormulasChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "mask", "kl", "gae", "whiten"),
  async run(cases, { name }, value) {
    const { mask } = value as { mask: Mask };
    for (const [key, section] of Object.entries(value as Record<string, never>)) {
      if (key === "lens" || key === "mask") continue;
      const check = sections[key];
      if (check === undefined) cases.skip(`${name} ${key}`, "no check knows this formula yet");
      else await check(cases, `${name} ${key}`, section, mask);
    }
  },
};

const sections: Record<string, Section> = {
  async kl(
    cases,
    name,
    section: { logprobs: Matrix; ref_logprobs: Matrix } & Record<KlEstimator, KlVectors>,
    mask,
  ) {
    const logProbs = realTokens(section.logprobs, mask);
    const reference = realTokens(section.ref_logprobs, mask);
    for (const kind of ["k1", "k2", "k3"] as const) {
      await cases.check(`${name} ${kind}`, () => {
        const expected = section[kind];
        const got = map(logProbs, (x, i, t) => klEstimate(kind, x, reference[i][t]));
        expectClose("per token", joined(got), realNumbers(expected.per_token, mask), FLOAT64);
        expectClose("mean over tokens", mean(got), expected.mean_over_tokens, FLOAT64);
        expectClose("mean of row sums", meanOfRowSums(got), expected.mean_of_row_sums, FLOAT64);
      });
    }
  },

  async adaptive_kl(cases, name, section: AdaptiveVectors[]) {
    for (const [i, one] of section.entries()) {
      await cases.check(`${name} ${i + 1}`, () => {
        const { target, horizon, episodes_per_update: episodes } = one;
        let beta = one.beta_start;
        const got = one.kl.map(
          (kl) => (beta = adaptiveBeta(beta, kl, { target, horizon, episodes })),
        );
        expectClose("beta", got, one.beta_after, FLOAT64);
      });
    }
  },

  async gae(cases, name, section: GaeVectors[], mask) {
    for (const [i, one] of section.entries()) {
      await cases.check(`${name} ${i + 1} (γ ${one.gamma}, λ ${one.lam})`, () => {
        const got = gae(realTokens(one.rewards, mask), realTokens(one.values, mask), {
          gamma: one.gamma,
          lambda: one.lam,
        });
        expectClose(
          "advantages",
          joined(got.advantages),
          realNumbers(one.advantages, mask),
          FLOAT64,
        );
        expectClose("returns", joined(got.returns), realNumbers(one.returns, mask), FLOAT64);
      });
    }
  },

  async whiten(cases, name, section: Record<string, Matrix> & Numbers, mask) {
    const x = realTokens(section.x, mask);
    for (const shift of ["shift", "no_shift"] as const) {
      for (const kind of ["population", "sample"] as const) {
        await cases.check(`${name} ${shift} ${kind}`, () => {
          const got = whiten(x, { variance: kind, shiftMean: shift === "shift" });
          const expected = section[`${shift}_${kind}_variance`] as Matrix;
          expectClose("whitened", joined(got), realNumbers(expected, mask), FLOAT64);
          expectClose("variance", variance(x, kind), section[`variance_${kind}`], FLOAT64);
          expectClose("mean", mean(x), section.mean, FLOAT64);
        });
      }
    }
  },

  async var_explained(cases, name, section: Record<string, Matrix> & Numbers, mask) {
    await cases.check(name, () => {
      const [values, returns] = [section.values, section.returns].map((rows) =>
        realTokens(rows as Matrix, mask),
      );
      const got = explainedVariance(values, returns);
      expectClose("explained", got, section.var_explained, FLOAT64);
      expectClose("mean", mean(returns), section.returns_mean, FLOAT64);
      expectClose("variance", variance(returns), section.returns_var, FLOAT64);
    });
  },

  async entropy(cases, name, section: EntropyVectors) {
    await cases.check(name, () => {
      const got = section.logits.map((row) => row.map((logits) => entropy(logits)));
      expectClose("entropy", got.flat(), section.entropy.flat(), FLOAT64);
    });
    await cases.check(`${name} log-probabilities at a temperature`, () => {
      const got = section.ids.map((row, i) =>
        row.map((id, t) => tokenLogProb(section.logits[i][t], id, section.temperature)),
      );
      expectClose("log π", got.flat(), section.logprobs_at_temperature.flat(), FLOAT64);
    });
  },

  async scores(cases, name, section: { scores: number[]; has_eos: boolean[] }) {
    for (const [key, expected] of Object.entries(section)) {
      if (key === "scores" || key === "has_eos") continue;
      await cases.check(`${name} ${key}`, () => {
        const clip = /clip_(\d+)/.exec(key);
        const penalty = /penalty_(set|subtract)(_minus)?(?:_(\d+))?/.exec(key);
        const got = section.scores.map((score, i) =>
          episodeScore(score, penalty === null || section.has_eos[i], {
            scoreClip: clip === null ? null : Number(clip[1]),
            eosRule: penalty?.[1] === "subtract" ? "subtract" : "set",
            missingEosScore: -Number(penalty?.[3] ?? 1),
          }),
        );
        expectClose(key, got, expected as number[], FLOAT64);
      });
    }
  },

  async truncate(cases, name, section: TruncateVectors) {
    for (const [i, response] of section.responses.entries()) {
      await cases.check(`${name} ${i + 1}`, () => {
        const got = truncateAtStop(response, [section.stop_token_id]);
        expectSame("ids", got.ids, section.truncated[i].slice(0, section.lengths[i]));
        expectSame("has a stop", got.hasEos, section.has_eos[i]);
      });
    }
  },

  async best_of_n_kl(cases, name, section: Numbers) {
    await cases.check(name, () => {
      for (const [n, kl] of Object.entries(section)) {
        expectClose(`n = ${n}`, bestOfNKl(Number(n)), kl, FLOAT64);
      }
    });
  },
};

interface KlVectors {
  per_token: Matrix;
  mean_over_tokens: number;
  mean_of_row_sums: number;
}
interface AdaptiveVectors {
  beta_start: number;
  target: number;
  horizon: number;
  episodes_per_update: number;
  kl: number[];
  beta_after: number[];
}
interface GaeVectors {
  gamma: number;
  lam: number;
  rewards: Matrix;
  values: Matrix;
  advantages: Matrix;
  returns: Matrix;
}
interface EntropyVectors {
  logits: number[][][];
  entropy: number[][];
  ids: number[][];
  temperature: number;
  logprobs_at_temperature: number[][];
}
interface TruncateVectors {
  responses: number[][];
  stop_token_id: number;
  truncated: number[][];
  lengths: number[];
  has_eos: boolean[];
}
