import {
  type AdvantageScale,
  clippedSequenceLoss,
  groupAdvantages,
  grpoLoss,
  leaveOneOut,
  reinforceLoss,
  rlooAdvantages,
  type TokenAggregation,
} from "../ml/rlhf/formulas/group";
import { hasKeys, type JsonChecker } from "./checker";
import { expectClose, FLOAT64 } from "./close";
import { joined, type Matrix, realNumbers, realTokens } from "./masked";

interface GroupVectors {
  rewards: number[][];
  grpo_advantages: Record<AdvantageScale, number[][]>;
  mask: number[][];
  logprobs: Matrix;
  old_logprobs: Matrix;
  ref_logprobs: Matrix;
  grpo_loss: {
    loss_type: TokenAggregation;
    beta: number;
    epsilon: number;
    max_completion_length: number;
    loss: number;
    grad_logprobs: Matrix;
  }[];
  rloo: {
    baselines: number[][];
    advantages: number[][];
    normalised_advantages: number[][];
    clipped_sequence_loss: LossVectors & { epsilon: number };
    reinforce_loss: LossVectors;
  };
}
interface LossVectors {
  logprobs?: Matrix;
  loss: number;
  grad_logprobs: Matrix;
}

/** Advantages within groups of responses to one prompt, and the losses over them: GRPO and RLOO. */
export const groupChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "rewards", "grpo_advantages", "grpo_loss", "rloo"),
  async run(cases, { name }, value) {
    const one = value as GroupVectors;
    const { rewards, mask, rloo } = one;
    const real = (rows: Matrix) => realTokens(rows, mask);
    const expectGradient = (got: Float64Array[], expected: Matrix) =>
      expectClose("gradient", joined(got), realNumbers(expected, mask), FLOAT64);
    for (const scale of ["group", "batch", "none"] as const) {
      await cases.check(`${name} GRPO advantages ${scale}`, () => {
        const got = groupAdvantages(rewards, scale);
        expectClose("advantages", joined(got), one.grpo_advantages[scale].flat(), FLOAT64);
      });
    }
    const rows = {
      logProbs: real(one.logprobs),
      oldLogProbs: real(one.old_logprobs),
      refLogProbs: real(one.ref_logprobs),
      advantages: joined(groupAdvantages(rewards, "group")),
    };
    for (const [i, expected] of one.grpo_loss.entries()) {
      await cases.check(`${name} GRPO loss ${i + 1} (${expected.loss_type})`, () => {
        const got = grpoLoss(rows, {
          clip: expected.epsilon,
          beta: expected.beta,
          aggregation: expected.loss_type,
          maxTokens: expected.max_completion_length,
        });
        expectClose("loss", got.loss, expected.loss, FLOAT64);
        expectGradient(got.grad, expected.grad_logprobs);
      });
    }
    await cases.check(`${name} RLOO advantages`, () => {
      expectClose("baselines", joined(leaveOneOut(rewards)), rloo.baselines.flat(), FLOAT64);
      const plain = joined(rlooAdvantages(rewards, false));
      expectClose("advantages", plain, rloo.advantages.flat(), FLOAT64);
      const normalised = joined(rlooAdvantages(rewards, true));
      expectClose("normalised", normalised, rloo.normalised_advantages.flat(), FLOAT64);
    });
    const advantages = joined(rlooAdvantages(rewards, false));
    await cases.check(`${name} RLOO clipped loss`, () => {
      const { logprobs, epsilon: clip, loss, grad_logprobs } = rloo.clipped_sequence_loss;
      const logProbs = real(logprobs ?? one.logprobs);
      const got = clippedSequenceLoss(logProbs, rows.oldLogProbs, advantages, { clip });
      expectClose("loss", got.loss, loss, FLOAT64);
      expectGradient(got.grad, grad_logprobs);
    });
    await cases.check(`${name} REINFORCE loss`, () => {
      const { logprobs, loss, grad_logprobs } = rloo.reinforce_loss;
      const got = reinforceLoss(real(logprobs ?? one.logprobs), advantages);
      expectClose("loss", got.loss, loss, FLOAT64);
      expectGradient(got.grad, grad_logprobs);
    });
  },
};
