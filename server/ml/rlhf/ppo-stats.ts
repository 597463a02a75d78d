import type { Value } from "../runtime/feeds";
import type { Pass } from "./ppo-batch";
import { explainedVariance } from "./formulas/advantages";
import { policyLoss, valueLoss } from "./formulas/ppo-losses";
import { mean, variance } from "./formulas/rows";
import type { PpoConfig } from "./ppo-config";
import type { Experience } from "./ppo-experience";

/** A pass with what the networks gave for it before the update. */
export type Measured = Pass & Record<"logProbs" | "entropies" | "values", Value>;

/** What an update came to. */
export interface Updated {
  passes: Measured[];
  gradNorm: number;
  /** Of a value network of its own. */
  valueGradNorm?: number;
  /** Mean −log π of pretraining text. */
  ptxLoss?: number;
}

/** Averages over the minibatches of an iteration, as TRL reports them. */
export class UpdateStats {
  private readonly rows: Record<string, number>[] = [];
  private readonly ratios: number[] = [];

  constructor(private readonly config: PpoConfig) {}

  add({ passes, gradNorm, valueGradNorm, ptxLoss }: Updated): void {
    const rowsOf = (of: (pass: Measured) => Value) =>
      passes.map((pass) => of(pass).data as Float32Array);
    const policy = policyLoss(
      rowsOf((pass) => pass.logProbs),
      rowsOf((pass) => pass.policy.oldLogProbs),
      rowsOf((pass) => pass.policy.advantages),
      this.config,
    );
    const value = valueLoss(
      rowsOf((pass) => pass.values),
      rowsOf((pass) => pass.value.oldValues),
      rowsOf((pass) => pass.value.returns),
      { clip: this.config.valueClip },
    );
    this.ratios.push(policy.ratioMean);
    this.rows.push({
      "policy/approxkl_avg": policy.approxKl,
      "policy/clipfrac_avg": policy.clipFraction,
      "policy/entropy_avg": mean(rowsOf((pass) => pass.entropies)),
      "loss/policy_avg": policy.loss,
      "loss/value_avg": value.loss,
      "val/clipfrac_avg": value.clipFraction,
      grad_norm: gradNorm,
      ...(valueGradNorm !== undefined && { value_grad_norm: valueGradNorm }),
      ...(ptxLoss !== undefined && { "loss/ptx_avg": ptxLoss }),
    });
  }

  metrics({ episodes, returns }: Experience): Record<string, number> {
    const averages = Object.keys(this.rows[0]).map((name) => [
      name,
      mean([this.rows.map((row) => row[name])]),
    ]);
    const values = episodes.map((episode) => episode.values);
    const explained = explainedVariance(values, returns);
    return {
      ...(Object.fromEntries(averages) as Record<string, number>),
      "val/ratio": mean([this.ratios]),
      "val/ratio_var": variance([this.ratios], "sample"),
      "val/var_explained": Number.isNaN(explained) ? 0 : explained,
    };
  }
}
