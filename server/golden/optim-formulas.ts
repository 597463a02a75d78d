import { learningRate, type Schedule } from "../ml/rlhf/formulas/schedule";
import { type JsonChecker, listOf } from "./checker";
import { expectClose, FLOAT64 } from "./close";

interface ScheduleVectors {
  kind: string;
  base_lr: number;
  warmup_steps: number;
  total_steps: number;
  lr: number[];
}

/** Learning rate by update; "cosine_min_10" ends at 10 % of its base. */
export const scheduleChecker: JsonChecker = {
  matches: (value) => listOf(value, "kind", "base_lr", "lr"),
  async run(cases, { name }, value) {
    for (const [i, one] of (value as ScheduleVectors[]).entries()) {
      await cases.check(`${name} ${i + 1} (${one.kind})`, () => {
        const floor = /_min_(\d+)$/.exec(one.kind);
        const options = {
          kind: one.kind.replace(/_min_\d+$/, "") as Schedule,
          base: one.base_lr,
          warmup: one.warmup_steps,
          total: one.total_steps,
          minRatio: floor === null ? 0 : Number(floor[1]) / 100,
        };
        const got = one.lr.map((_, step) => learningRate(step, options));
        expectClose("learning rate", got, one.lr, FLOAT64);
      });
    }
  },
};
