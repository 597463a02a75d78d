import {
  add,
  clip,
  div,
  exp,
  less,
  max,
  min,
  mul,
  neg,
  square,
  sub,
  where,
} from "../graph/ops/elementwise";
import { sum } from "../graph/ops/reduce";
import { entropy, tokenLogProb } from "../graph/ops/softmax";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import type { ModelConfig } from "../nn/config";
import { decoderAt, logits, normalised, scores } from "../nn/decoder";
import { sequenceInputs } from "../nn/inputs";
import { float32, int32 } from "../runtime/feeds";

/** Response tokens of a batch: where log π(a_t) and V_t are read, and what was chosen there. */
export const responseInputs = {
  ...sequenceInputs,
  rows: int32("tokens"),
  targets: int32("tokens"),
};

/** What the update knows of each response token from the rollout; `weights` is 1 / tokens of the minibatch. */
export const policyInputs = {
  ...responseInputs,
  oldLogProbs: float32("tokens"),
  advantages: float32("tokens"),
  weights: float32("tokens"),
};

export const valueInputs = {
  ...sequenceInputs,
  rows: int32("tokens"),
  oldValues: float32("tokens"),
  returns: float32("tokens"),
  weights: float32("tokens"),
};

type Inputs<I> = Record<keyof I, Tensor>;

/** log π(a_t) and entropy at a temperature. @returns both [tokens], nats */
export function responseLogProbs(
  config: ModelConfig,
  params: Parameters,
  inputs: Inputs<typeof responseInputs>,
  temperature: number,
): { logProbs: Tensor; entropies: Tensor } {
  const z = logits(config, params, decoderAt(config, params, inputs, inputs.rows));
  const scaled = temperature === 1 ? z : div(z, temperature);
  return { logProbs: tokenLogProb(scaled, inputs.targets), entropies: entropy(scaled) };
}

/** V_t as the reward model's scale has it. @returns [tokens] */
export function responseValues(
  config: ModelConfig,
  params: Parameters,
  inputs: Inputs<typeof sequenceInputs> & { rows: Tensor },
): Tensor {
  const hidden = decoderAt(config, params, inputs, inputs.rows);
  return normalised(config, scores(params, hidden));
}

/** Σ w·max(−A·ρ, −A·clip(ρ, 1 ± ε)), dual clip and entropy bonus (Schulman et al. 2017, Ye et al. 2020). */
export function clippedPolicyLoss(
  config: ModelConfig,
  params: Parameters,
  inputs: Inputs<typeof policyInputs>,
  options: PolicyLossOptions & { temperature: number },
): { loss: Tensor; logProbs: Tensor; entropies: Tensor } {
  const measured = responseLogProbs(config, params, inputs, options.temperature);
  return { loss: policyCost(measured, inputs, options), ...measured };
}

export interface PolicyLossOptions {
  clip: number;
  dualClip: number | null;
  entropyCoefficient: number;
}

/** The policy loss of tokens whose log π and entropy are known. @returns [] */
export function policyCost(
  { logProbs, entropies }: { logProbs: Tensor; entropies: Tensor },
  { oldLogProbs, advantages, weights }: Record<"oldLogProbs" | "advantages" | "weights", Tensor>,
  options: PolicyLossOptions,
): Tensor {
  const ratio = exp(sub(logProbs, oldLogProbs));
  let each = clippedCost(ratio, advantages, options.clip);
  if (options.dualClip !== null)
    each = where(less(advantages, 0), min(each, mul(neg(advantages), options.dualClip)), each);
  if (options.entropyCoefficient > 0) each = sub(each, mul(entropies, options.entropyCoefficient));
  return sum(mul(each, weights));
}

/** max(−A·ρ, −A·clip(ρ, 1 ± ε)) of each. */
export function clippedCost(ratio: Tensor, advantages: Tensor, epsilon: number): Tensor {
  const cost = neg(advantages);
  return max(mul(cost, ratio), mul(cost, clip(ratio, 1 - epsilon, 1 + epsilon)));
}

/** coefficient·½·Σ w·max((V − R)², (V_old + clip(V − V_old, ±ε) − R)²). */
export function clippedValueLoss(
  config: ModelConfig,
  params: Parameters,
  inputs: Inputs<typeof valueInputs>,
  options: ValueLossOptions,
): { loss: Tensor; values: Tensor } {
  const values = responseValues(config, params, inputs);
  return { loss: valueCost(values, inputs, options), values };
}

export interface ValueLossOptions {
  valueClip: number | null;
  valueCoefficient: number;
}

/** The value loss of tokens whose V is known. @returns [] */
export function valueCost(
  values: Tensor,
  { oldValues, returns, weights }: Record<"oldValues" | "returns" | "weights", Tensor>,
  options: ValueLossOptions,
): Tensor {
  let each = square(sub(values, returns));
  if (options.valueClip !== null) {
    const step = clip(sub(values, oldValues), -options.valueClip, options.valueClip);
    each = max(each, square(sub(add(oldValues, step), returns)));
  }
  return mul(sum(mul(each, weights)), options.valueCoefficient / 2);
}
