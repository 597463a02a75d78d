import { add, exp, mul, neg, sub } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { sum } from "../graph/ops/reduce";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import type { ModelConfig } from "../nn/config";
import { float32 } from "../runtime/feeds";
import type { GroupMethod } from "./group-config";
import { clippedCost, responseInputs, responseLogProbs } from "./ppo-graph";
import { ownerInput, sequenceSums } from "./sequence-graph";

/** What an update knows of each token and of each response from the rollout. */
export const groupInputs = {
  ...responseInputs,
  ...ownerInput,
  oldLogProbs: float32("tokens"),
  refLogProbs: float32("tokens"),
  tokenWeights: float32("tokens"),
  advantages: float32("sequences"),
  weights: float32("sequences"),
};

type Inputs = Record<keyof typeof groupInputs, Tensor>;

/** GRPO's loss of tokens or RLOO's of responses (formulas/group.ts). @returns loss [], the rest [tokens] */
export function groupLoss(
  config: ModelConfig,
  params: Parameters,
  inputs: Inputs,
  method: GroupMethod,
): Record<"loss" | "logProbs" | "entropies", Tensor> {
  const measured = responseLogProbs(config, params, inputs, method.config.temperature);
  const cost = method.kind === "grpo" ? tokenCost : responseCost;
  return { loss: cost(measured.logProbs, inputs, method), ...measured };
}

/** Σ w·(max(−A·ρ, −A·clip(ρ, 1 ± ε)) + β·k3) over tokens. */
function tokenCost(logProbs: Tensor, inputs: Inputs, { config }: GroupMethod): Tensor {
  const ratio = exp(sub(logProbs, inputs.oldLogProbs));
  const advantages = gatherRows(inputs.advantages, inputs.owner);
  let each = clippedCost(ratio, advantages, config.clip);
  if (config.beta > 0) {
    const ahead = sub(inputs.refLogProbs, logProbs);
    each = add(each, mul(sub(sub(exp(ahead), 1), ahead), config.beta));
  }
  return sum(mul(each, inputs.tokenWeights));
}

/** Σ w·max(−A·ρ, −A·clip(ρ, 1 ± ε)), or Σ w·(−A·log π), over responses; the KL is in the reward. */
function responseCost(logProbs: Tensor, inputs: Inputs, method: GroupMethod): Tensor {
  const { owner, advantages, weights, oldLogProbs } = inputs;
  if (method.kind === "rloo" && method.config.loss === "reinforce") {
    const each = mul(neg(advantages), sequenceSums(logProbs, owner, advantages));
    return sum(mul(each, weights));
  }
  const ratio = exp(sequenceSums(sub(logProbs, oldLogProbs), owner, advantages));
  return sum(mul(clippedCost(ratio, advantages, method.config.clip), weights));
}
