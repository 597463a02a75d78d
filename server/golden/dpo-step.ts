import { loadWeights } from "../ml/checkpoint/load-model";
import { answerFeeds, answerInputs, answerLogProbs } from "../ml/rlhf/dpo-graph";
import { dpoFeeds, dpoInputs, dpoLoss } from "../ml/rlhf/dpo-graph";
import type { DpoLoss } from "../ml/rlhf/formulas/dpo";
import { compileInference } from "../ml/runtime/inference";
import { compileTraining } from "../ml/runtime/training";
import { hasKeys, type JsonChecker } from "./checker";
import { expectClose } from "./close";
import { resolveReference } from "./files";
import { tensorsOf } from "./models";
import { expectGradients, FORMULA, LOGITS } from "./ppo-step-vectors";

interface DpoStep {
  policy: string;
  beta: number;
  loss_type?: DpoLoss;
  label_smoothing?: number;
  chosen: number[][];
  rejected: number[][];
  prompt_lens: number[];
  chosen_logps: number[];
  rejected_logps: number[];
  ref_chosen_logps: number[];
  ref_rejected_logps: number[];
  loss: number;
  grad_norm?: number;
}

/** One batch of pairs through a policy: log-probabilities of whole answers, loss, gradients. */
export const dpoStepChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "policy", "chosen", "rejected", "ref_chosen_logps"),
  async run(cases, { folder, name }, value) {
    const one = value as DpoStep;
    const policy = await loadWeights(resolveReference(folder, one.policy));
    const answersOf = (rows: number[][], reference: number[]) =>
      rows.map((ids, i) => ({ ids, promptLength: one.prompt_lens[i], reference: reference[i] }));
    const answers = [
      ...answersOf(one.chosen, one.ref_chosen_logps),
      ...answersOf(one.rejected, one.ref_rejected_logps),
    ];
    const n = one.chosen.length;
    const pairs = one.chosen.map((_, i) => ({ chosen: i, rejected: n + i, weight: 1 / n }));
    const options = { padId: policy.config.padId, average: false };
    const expected = [...one.chosen_logps, ...one.rejected_logps];

    await cases.check(`${name} log-probabilities of answers`, async () => {
      const program = await compileInference({
        weights: policy.weights,
        inputs: answerInputs,
        build: ({ inputs, params }) => ({ y: answerLogProbs(policy.config, params, inputs) }),
      });
      const { y } = await program.run(answerFeeds(answers, options));
      await program.dispose();
      expectClose("log π", y.data as Float32Array, expected, LOGITS);
    });
    const trainer = compileTraining({
      weights: policy.weights,
      inputs: dpoInputs,
      build: ({ inputs, params }) => {
        const { loss, logProbs } = dpoLoss(policy.config, params, inputs, {
          loss: one.loss_type ?? "sigmoid",
          beta: one.beta,
          labelSmoothing: one.label_smoothing ?? 0,
        });
        return { loss, outputs: { logProbs } };
      },
    });
    const { outputs, gradients } = await trainer.gradients(dpoFeeds(answers, pairs, options));
    await trainer.dispose();
    await cases.check(`${name} loss`, () => {
      expectClose("log π", outputs.logProbs.data as Float32Array, expected, LOGITS);
      expectClose("loss", Number(outputs.loss.data[0]), one.loss, FORMULA);
    });
    await cases.check(`${name} gradients`, async () => {
      expectGradients(gradients, await tensorsOf(folder, "grads.safetensors"), "");
      const squares = [...gradients.values()].flatMap(({ data }) => Array.from(data, (x) => x * x));
      const norm = Math.sqrt(squares.reduce((a, x) => a + x, 0));
      if (one.grad_norm !== undefined)
        expectClose("norm", norm, one.grad_norm, { abs: 0, rel: 1e-4 });
    });
  },
};
