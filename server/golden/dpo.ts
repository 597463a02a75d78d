import { type DpoLoss, dpoPairLoss } from "../ml/rlhf/formulas/dpo";
import { hasKeys, type JsonChecker, listOf } from "./checker";
import { expectClose, FLOAT64 } from "./close";

interface DpoVectors {
  chosen_logps: number[];
  rejected_logps: number[];
  ref_chosen_logps: number[];
  ref_rejected_logps: number[];
  cases: DpoCase[];
}
interface DpoCase {
  loss_type: DpoLoss;
  beta: number;
  label_smoothing?: number;
  losses: number[];
  loss: number;
  chosen_rewards: number[];
  rejected_rewards: number[];
  reward_accuracy: number;
  grad_chosen_logps: number[];
  grad_rejected_logps: number[];
}

/** Direct preference optimisation: losses, implied rewards, gradients by log-probabilities. */
export const dpoChecker: JsonChecker = {
  matches: (value) =>
    hasKeys(value, "chosen_logps", "ref_chosen_logps", "cases") &&
    listOf((value as DpoVectors).cases, "loss_type", "beta", "losses"),
  async run(cases, { name }, value) {
    const given = value as DpoVectors;
    const chosen = given.chosen_logps.map((x, i) => x - given.ref_chosen_logps[i]);
    const rejected = given.rejected_logps.map((x, i) => x - given.ref_rejected_logps[i]);
    for (const [i, one] of given.cases.entries()) {
      const { loss_type: loss, beta, label_smoothing: labelSmoothing = 0 } = one;
      await cases.check(`${name} ${i + 1} (${loss}, β ${beta}, ε ${labelSmoothing})`, () => {
        const got = chosen.map((x, j) =>
          dpoPairLoss(x - rejected[j], { loss, beta, labelSmoothing }),
        );
        const losses = got.map((pair) => pair.loss);
        const slopes = got.map(({ slope }) => slope / got.length);
        const mean = losses.reduce((a, x) => a + x, 0) / losses.length;
        expectClose("by pair", losses, one.losses, FLOAT64);
        expectClose("loss", mean, one.loss, FLOAT64);
        expectClose("gradient of chosen", slopes, one.grad_chosen_logps, FLOAT64);
        expectClose(
          "gradient of rejected",
          slopes.map((x) => -x),
          one.grad_rejected_logps,
          FLOAT64,
        );
        const scaled = (rows: number[]) => rows.map((x) => beta * x);
        expectClose("rewards of chosen", scaled(chosen), one.chosen_rewards, FLOAT64);
        expectClose("rewards of rejected", scaled(rejected), one.rejected_rewards, FLOAT64);
        const right = chosen.filter((x, j) => x > rejected[j]).length / chosen.length;
        expectClose("accuracy", right, one.reward_accuracy, FLOAT64);
      });
    }
  },
};
