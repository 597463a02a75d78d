import { loadWeights } from "../ml/checkpoint/load-model";
import {
  clippedPolicyLoss,
  clippedValueLoss,
  policyInputs,
  valueInputs,
} from "../ml/rlhf/ppo-graph";
import { compileTraining } from "../ml/runtime/training";
import { floatVector } from "../ml/runtime/values";
import { hasKeys, type JsonChecker } from "./checker";
import { expectClose } from "./close";
import { resolveReference } from "./files";
import { realNumbers } from "./masked";
import { tensorsOf } from "./models";
import { expectGradients, FORMULA, LOGITS, placesOf, type StepVectors } from "./ppo-step-vectors";
import { trunkStep } from "./ppo-trunk-step";

/** One PPO minibatch through a policy and a value network of its own. */
export const ppoStepChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "policy", "prompt_columns", "response_mask", "vf_coef"),
  async run(cases, place, value) {
    const { folder, name } = place;
    const one = value as StepVectors;
    const { v_head_weight, v_head_bias } = one;
    if (v_head_weight !== undefined) {
      const bias = v_head_bias ?? [0];
      await trunkStep(cases, place, { ...one, v_head_weight, v_head_bias: bias });
      return;
    }
    const policy = await loadWeights(resolveReference(folder, one.policy));
    const critic = await loadWeights(resolveReference(folder, one.value.split(" ")[0]));
    const expected = await tensorsOf(folder, "grads.safetensors");
    const real = (rows: number[][]) => realNumbers(rows, one.response_mask);
    const { targets, ...sequence } = placesOf(one);

    const policyTrainer = compileTraining({
      weights: policy.weights,
      inputs: policyInputs,
      build: ({ inputs, params }) => {
        const { loss, ...outputs } = clippedPolicyLoss(policy.config, params, inputs, {
          clip: one.clip,
          dualClip: one.dual_clip,
          entropyCoefficient: one.entropy_coef,
          temperature: one.temperature,
        });
        return { loss, outputs };
      },
    });
    const p = await policyTrainer.gradients({
      ...sequence,
      targets,
      oldLogProbs: floatVector(real(one.old_logprobs)),
      advantages: floatVector(real(one.advantages_whitened)),
    });
    await policyTrainer.dispose();
    const valueTrainer = compileTraining({
      weights: critic.weights,
      inputs: valueInputs,
      build: ({ inputs, params }) => {
        const { loss, values } = clippedValueLoss(critic.config, params, inputs, {
          valueClip: one.value_clip,
          valueCoefficient: one.vf_coef,
        });
        return { loss, outputs: { values } };
      },
    });
    const v = await valueTrainer.gradients({
      ...sequence,
      oldValues: floatVector(real(one.old_values)),
      returns: floatVector(real(one.returns)),
    });
    await valueTrainer.dispose();

    await cases.check(`${name} policy`, () => {
      const entropies = p.outputs.entropies.data as Float32Array;
      const entropy = entropies.reduce((sum, x) => sum + x, 0) / entropies.length;
      const loss = Number(p.outputs.loss.data[0]) + one.entropy_coef * entropy;
      expectClose("log π", p.outputs.logProbs.data as Float32Array, real(one.new_logprobs), LOGITS);
      expectClose("entropy", entropy, one.entropy, LOGITS);
      expectClose("loss", loss, one.policy_loss, FORMULA);
    });
    await cases.check(`${name} value`, () => {
      expectClose("V", v.outputs.values.data as Float32Array, real(one.new_values), LOGITS);
      const loss = Number(v.outputs.loss.data[0]) / one.vf_coef;
      expectClose("loss", loss, one.value_loss, FORMULA);
    });
    await cases.check(`${name} loss`, () => {
      const loss = Number(p.outputs.loss.data[0]) + Number(v.outputs.loss.data[0]);
      expectClose("loss", loss, one.loss, FORMULA);
    });
    for (const [which, gradients] of [
      ["policy", p.gradients],
      ["value", v.gradients],
    ] as const) {
      await cases.check(`${name} gradients of the ${which}`, () => {
        expectGradients(gradients, expected, `${which}.`);
      });
    }
  },
};
