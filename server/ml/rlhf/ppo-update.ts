import type { Feeds, Value } from "../runtime/feeds";
import type { Random } from "../runtime/random";
import { compileTraining, type OptimizerState } from "../runtime/training";
import { floatVector } from "../runtime/values";
import { passesByLength } from "./batch";
import type { TextModel } from "./data";
import { explainedVariance } from "./formulas/advantages";
import { policyLoss, valueLoss } from "./formulas/ppo-losses";
import { frozenWeights } from "./frozen";
import { mean, variance } from "./formulas/rows";
import type { Experience } from "./ppo-experience";
import type { PpoConfig } from "./ppo-config";
import { clippedPolicyLoss, clippedValueLoss, policyInputs, valueInputs } from "./ppo-graph";
import { responseFeeds } from "./rollout";
import type { RunOptions } from "./step";
import { update } from "./update";

/** Policy and value network made trainable, each with an optimizer of its own. */
export function compileUpdates(
  { policy, value }: { policy: TextModel; value: TextModel },
  config: PpoConfig,
  { provider, threads }: RunOptions,
  states: { policy?: OptimizerState; value?: OptimizerState },
) {
  const optimizer = {
    beta1: config.beta1,
    beta2: config.beta2,
    eps: config.adamEpsilon,
    clipNorm: config.gradientClip,
  };
  const policyTrainer = compileTraining({
    provider,
    threads,
    optimizer,
    weights: policy.weights,
    inputs: policyInputs,
    build: ({ inputs, params }) => {
      const { loss, ...outputs } = clippedPolicyLoss(policy.config, params, inputs, config);
      return { loss, outputs };
    },
    frozen: frozenWeights(policy),
    state: states.policy,
  });
  const valueTrainer = compileTraining({
    provider,
    threads,
    optimizer,
    weights: value.weights,
    inputs: valueInputs,
    build: ({ inputs, params }) => {
      const { loss, values } = clippedValueLoss(value.config, params, inputs, config);
      return { loss, outputs: { values } };
    },
    frozen: frozenWeights(value),
    state: states.value,
  });
  const valueRate = config.valueLearningRate ?? config.learningRate;
  return {
    /** All epochs and minibatches of an iteration. @param how share of the learning rates at this point; whether the policy stays */
    async run(
      experience: Experience,
      random: Random,
      { share, valueOnly }: { share: number; valueOnly: boolean },
    ): Promise<Record<string, number>> {
      const stats = new UpdateStats(config);
      const order = experience.episodes.map((_, i) => i);
      for (let epoch = 0; epoch < config.epochs; epoch++)
        for (const indices of deal(random.fork(epoch).shuffle(order), config.minibatches)) {
          const batch = minibatch(experience, indices, policy.tokenizer.padId, config);
          const p = await update(
            policyTrainer,
            batch.map((pass) => pass.policy),
            valueOnly ? 0 : config.learningRate * share,
          );
          const v = await update(
            valueTrainer,
            batch.map((pass) => pass.value),
            valueRate * share,
          );
          stats.add(
            batch.map((pass, i) => measured(pass, p.outputs[i], v.outputs[i])),
            { policyLoss: p.loss, valueLoss: v.loss, norms: [p.gradNorm, v.gradNorm] },
          );
        }
      return { ...stats.metrics(experience), lr: config.learningRate * share };
    },
    state: () => ({ policy: policyTrainer.state(), value: valueTrainer.state() }),
    async dispose() {
      await policyTrainer.dispose();
      await valueTrainer.dispose();
    },
  };
}

/** Deals items into `count` hands of nearly equal size. */
function deal<T>(items: readonly T[], count: number): T[][] {
  const at = (i: number) => Math.round((i * items.length) / count);
  return Array.from({ length: count }, (_, i) => items.slice(at(i), at(i + 1)));
}

interface Pass {
  policy: Feeds<keyof typeof policyInputs>;
  value: Feeds<keyof typeof valueInputs>;
}

function minibatch(
  { episodes, advantages, returns }: Experience,
  indices: readonly number[],
  padId: number | null,
  { tokensPerPass, microBatchSize }: PpoConfig,
): Pass[] {
  const all = indices.map((index) => ({ ids: episodes[index].ids, index }));
  const count = indices.reduce((n, index) => n + advantages[index].length, 0);
  return passesByLength(all, tokensPerPass, microBatchSize).map((pass) => {
    const rows = pass.map(({ index }) => index);
    const flat = (of: (index: number) => ArrayLike<number>) =>
      floatVector(rows.flatMap((index) => Array.from(of(index))));
    const { targets, ...sequence } = responseFeeds(
      rows.map((index) => episodes[index]),
      padId,
    );
    const tokens = targets.data.length;
    const weights = floatVector(new Float32Array(tokens).fill(1 / count));
    return {
      policy: {
        ...sequence,
        targets,
        weights,
        oldLogProbs: flat((i) => episodes[i].logProbs),
        advantages: flat((i) => advantages[i]),
      },
      value: {
        ...sequence,
        weights,
        oldValues: flat((i) => episodes[i].values),
        returns: flat((i) => returns[i]),
      },
    };
  });
}

type Measured = Pass & Record<"logProbs" | "entropies" | "values", Value>;

function measured(
  { policy, value }: Pass,
  { logProbs, entropies }: Record<"logProbs" | "entropies", Value>,
  { values }: Record<"values", Value>,
): Measured {
  return { policy, value, logProbs, entropies, values };
}

/** Averages over the minibatches of an iteration, as TRL reports them. */
class UpdateStats {
  private readonly rows: Record<string, number>[] = [];
  private readonly ratios: number[] = [];

  constructor(private readonly config: PpoConfig) {}

  add(
    passes: readonly Measured[],
    given: { policyLoss: number; valueLoss: number; norms: [policy: number, value: number] },
  ): void {
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
      "loss/policy_avg": given.policyLoss,
      "loss/value_avg": value.loss,
      "val/clipfrac_avg": value.clipFraction,
      grad_norm: given.norms[0],
      value_grad_norm: given.norms[1],
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
