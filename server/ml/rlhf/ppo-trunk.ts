import { add, div } from "../graph/ops/elementwise";
import { linearT } from "../graph/ops/matmul";
import { squeeze } from "../graph/ops/shape";
import { entropy, tokenLogProb } from "../graph/ops/softmax";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import { headWidth, type ModelConfig, type Weights } from "../nn/model";
import { decoderAt, logits } from "../nn/decoder";
import { float32 } from "../runtime/feeds";
import {
  policyCost,
  policyInputs,
  type PolicyLossOptions,
  type responseInputs,
  valueCost,
  type ValueLossOptions,
} from "./ppo-graph";

const HEAD = { weight: "v_head.weight", bias: "v_head.bias" };

/** A head that gives 0 to every token: [1, headWidth] and a bias. */
export function zeroValueHead(config: ModelConfig): Weights {
  const width = headWidth(config);
  return new Map([
    [HEAD.weight, { shape: [1, width], data: new Float32Array(width) }],
    [HEAD.bias, { shape: [1], data: new Float32Array(1) }],
  ]);
}

/** The policy's weights and its value head's, sharing their arrays. */
export function withValueHead(policy: Weights, head: Weights): Weights {
  return new Map([...policy, ...head]);
}

/** log π(a_t), entropy and V_t from one pass through the trunk. @returns all [tokens] */
export function trunkOutputs(
  config: ModelConfig,
  params: Parameters,
  inputs: Record<keyof typeof responseInputs, Tensor>,
  temperature: number,
): Record<"logProbs" | "entropies" | "values", Tensor> {
  const hidden = decoderAt(config, params, inputs, inputs.rows);
  const z = logits(config, params, hidden);
  const scaled = temperature === 1 ? z : div(z, temperature);
  const v = squeeze(linearT(hidden, params.get(HEAD.weight)), 1);
  return {
    logProbs: tokenLogProb(scaled, inputs.targets),
    entropies: entropy(scaled),
    values: add(v, params.get(HEAD.bias)),
  };
}

export const trunkInputs = {
  ...policyInputs,
  oldValues: float32("tokens"),
  returns: float32("tokens"),
};

/** Policy loss + coefficient·value loss, both through one trunk. */
export function trunkLoss(
  config: ModelConfig,
  params: Parameters,
  inputs: Record<keyof typeof trunkInputs, Tensor>,
  options: PolicyLossOptions & ValueLossOptions & { temperature: number },
): { loss: Tensor } & ReturnType<typeof trunkOutputs> {
  const measured = trunkOutputs(config, params, inputs, options.temperature);
  const policy = policyCost(measured, inputs, options);
  return { loss: add(policy, valueCost(measured.values, inputs, options)), ...measured };
}
