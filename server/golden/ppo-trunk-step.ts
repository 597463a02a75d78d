import { loadWeights } from "../ml/checkpoint/load-model";
import { ptxFeeds, ptxInputs, withPtx } from "../ml/rlhf/ppo-ptx";
import { trunkInputs, trunkLoss, withValueHead } from "../ml/rlhf/ppo-trunk";
import { compileTraining } from "../ml/runtime/training";
import { floatVector } from "../ml/runtime/values";
import type { Cases } from "./case";
import type { Place } from "./checker";
import { expectClose } from "./close";
import { resolveReference } from "./files";
import { realNumbers } from "./masked";
import { tensorsOf } from "./models";
import { expectGradients, FORMULA, LOGITS, placesOf, type StepVectors } from "./ppo-step-vectors";
import { policyLoss, valueLoss } from "../ml/rlhf/formulas/ppo-losses";

/** One PPO minibatch through a policy with a value head on its trunk, with pretraining text in the same step. */
export async function trunkStep(
  cases: Cases,
  { folder, name }: Place,
  one: StepVectors & { v_head_weight: number[][]; v_head_bias: number[] },
): Promise<void> {
  const policy = await loadWeights(resolveReference(folder, one.policy));
  const expected = await tensorsOf(folder, "grads.safetensors");
  const { v_head_weight: weight, v_head_bias: bias, ptx } = one;
  const head = new Map([
    ["v_head.weight", { shape: [1, weight[0].length], data: Float32Array.from(weight[0]) }],
    ["v_head.bias", { shape: [1], data: Float32Array.from(bias) }],
  ]);
  const options = {
    clip: one.clip,
    dualClip: one.dual_clip,
    entropyCoefficient: one.entropy_coef,
    temperature: one.temperature,
    valueClip: one.value_clip,
    valueCoefficient: one.vf_coef,
  };
  const trainer = compileTraining({
    weights: withValueHead(policy.weights, head),
    inputs: { ...trunkInputs, ...ptxInputs },
    build: ({ inputs, params }) => {
      const { loss: own, ...outputs } = trunkLoss(policy.config, params, inputs, options);
      const coefficient = ptx?.coefficient ?? 0;
      const { loss, ptxLoss } = withPtx(own, policy.config, params, inputs, coefficient);
      return { loss, outputs: { ...outputs, ptxLoss } };
    },
  });
  const real = (rows: number[][]) => realNumbers(rows, one.response_mask);
  const known = {
    oldLogProbs: real(one.old_logprobs),
    advantages: real(one.advantages_whitened),
    oldValues: real(one.old_values),
    returns: real(one.returns),
  };
  const { outputs, gradients } = await trainer.gradients({
    ...placesOf(one),
    oldLogProbs: floatVector(known.oldLogProbs),
    advantages: floatVector(known.advantages),
    oldValues: floatVector(known.oldValues),
    returns: floatVector(known.returns),
    ...textFeeds(ptx),
  });
  await trainer.dispose();
  const logProbs = outputs.logProbs.data as Float32Array;
  const values = outputs.values.data as Float32Array;
  const entropies = outputs.entropies.data as Float32Array;
  const entropy = entropies.reduce((sum, x) => sum + x, 0) / entropies.length;

  await cases.check(`${name} policy`, () => {
    expectClose("log π", logProbs, real(one.new_logprobs), LOGITS);
    expectClose("entropy", entropy, one.entropy, LOGITS);
    const got = policyLoss([logProbs], [known.oldLogProbs], [known.advantages], options);
    expectClose("loss", got.loss, one.policy_loss, FORMULA);
    expectClose("clipfrac", got.clipFraction, one.clipfrac, FORMULA);
    expectClose("approxkl", got.approxKl, one.approxkl, FORMULA);
    expectClose("mean ratio", got.ratioMean, one.ratio_mean, FORMULA);
  });
  await cases.check(`${name} value`, () => {
    expectClose("V", values, real(one.new_values), LOGITS);
    const clip = { clip: one.value_clip };
    const got = valueLoss([values], [known.oldValues], [known.returns], clip);
    expectClose("loss", got.loss, one.value_loss, FORMULA);
    expectClose("clipfrac", got.clipFraction, one.value_clipfrac, FORMULA);
  });
  await cases.check(`${name} loss`, () => {
    if (ptx) expectClose("text", Number(outputs.ptxLoss.data[0]), ptx.loss, FORMULA);
    expectClose("loss", Number(outputs.loss.data[0]), one.loss, FORMULA);
  });
  await cases.check(`${name} gradients`, () => expectGradients(gradients, expected, ""));
}

/** The text batch; where there is none, rows that nothing reads. */
function textFeeds(ptx: StepVectors["ptx"]) {
  if (!ptx) return ptxFeeds([{ ids: [0, 0], promptLength: 1 }], 0, 0);
  const rows = ptx.input_ids.map((ids, i) => ({
    ids: ids.filter((_, t) => ptx.attention_mask[i][t] === 1),
    promptLength: 0,
  }));
  const tokens = rows.reduce((n, { ids }) => n + ids.length - 1, 0);
  return ptxFeeds(rows, 0, 1 / tokens);
}
