import { AppError } from "../../domain/app-error";
import { compileTraining } from "../runtime/training";
import type { Weights } from "../nn/model";
import type { Random } from "../runtime/random";
import type { TextModel } from "./data";
import { frozenWeights } from "./frozen";
import { deal, minibatch, type Pass } from "./ppo-batch";
import type { PpoConfig } from "./ppo-config";
import type { Experience } from "./ppo-experience";
import { clippedPolicyLoss, clippedValueLoss, policyInputs, valueInputs } from "./ppo-graph";
import { noTexts, openTexts, ptxInputs, type PtxTexts, withPtx } from "./ppo-ptx";
import { UpdateStats, type Updated } from "./ppo-stats";
import { trunkInputs, trunkLoss, withValueHead } from "./ppo-trunk";
import type { Learner, RunOptions } from "./step";
import type { SftExample } from "./data";
import { type Restored, restorer } from "./restored";
import { numberOf, update } from "./update";

export interface UpdateSetup {
  policy: TextModel;
  /** A value network, or a head on the policy's trunk. */
  critic: { network: TextModel } | { head: Weights };
  /** What the policy should not forget. */
  ptx: PtxTexts;
}

interface Rates {
  policy: number;
  value: number;
}

/** What learns, and how one minibatch moves it. */
interface Networks {
  readonly lanes: number;
  step(passes: readonly Pass[], minibatch: number, rates: Rates): Promise<Updated>;
  learners(): Record<string, Learner>;
  dispose(): Promise<void>;
}

/** The texts of ptxCoefficient. @throws bad-input when it asks for some and there are none */
export async function textsBeside(
  policy: TextModel,
  config: PpoConfig,
  random: Random,
  texts: readonly SftExample[] = [],
): Promise<PtxTexts> {
  if (config.ptxCoefficient === 0 && texts.length > 0)
    throw new AppError(
      "bad-input",
      "there is pretraining text, and ptxCoefficient 0 lets it weigh nothing: set ptxCoefficient (27.8 in InstructGPT), or leave the text out",
    );
  if (config.ptxCoefficient === 0) return noTexts;
  const count = config.ptxTexts ?? Math.ceil(config.batchSize / config.minibatches);
  return await openTexts(policy, texts, { count, random: random.fork("ptx") });
}

/** Policy and values made trainable: all epochs and minibatches of an iteration. */
export function compileUpdates(setup: UpdateSetup, config: PpoConfig, run: RunOptions) {
  const { policy, critic, ptx } = setup;
  const restored = restorer(run);
  const networks =
    "head" in critic
      ? sharedTrunk(policy, critic.head, config, run, ptx, restored)
      : twoNetworks(policy, critic.network, config, run, ptx, restored);
  const valueRate = config.valueLearningRate ?? config.learningRate;
  const perIteration = config.epochs * config.minibatches;
  return {
    /** @param share of the learning rates at this point @param valueOnly whether the policy stays */
    async run(
      experience: Experience,
      draw: Random,
      { iteration, share, valueOnly }: { iteration: number; share: number; valueOnly: boolean },
    ): Promise<Record<string, number>> {
      const stats = new UpdateStats(config);
      const order = experience.episodes.map((_, i) => i);
      const rates = {
        policy: valueOnly ? 0 : config.learningRate * share,
        value: valueRate * share,
      };
      let done = iteration * perIteration;
      for (let epoch = 0; epoch < config.epochs; epoch++)
        for (const indices of deal(draw.fork(epoch).shuffle(order), config.minibatches)) {
          const passes = minibatch(
            experience,
            indices,
            policy.tokenizer.padId,
            config,
            networks.lanes,
          );
          const updated = await networks.step(passes, done++, rates);
          stats.add(config.ptxCoefficient === 0 ? { ...updated, ptxLoss: undefined } : updated);
        }
      return { ...stats.metrics(experience), lr: config.learningRate * share };
    },
    learners: () => networks.learners(),
    dispose: () => networks.dispose(),
  };
}

const optimizerOf = (config: PpoConfig) => ({
  beta1: config.beta1,
  beta2: config.beta2,
  eps: config.adamEpsilon,
  clipNorm: config.gradientClip,
});

function twoNetworks(
  policy: TextModel,
  value: TextModel,
  config: PpoConfig,
  { provider, threads }: RunOptions,
  ptx: PtxTexts,
  restored: Restored,
): Networks {
  const optimizer = optimizerOf(config);
  const policyTrainer = compileTraining({
    provider,
    threads,
    recompute: config.recompute,
    optimizer,
    lanes: "auto",
    weights: policy.weights,
    inputs: { ...policyInputs, ...ptxInputs },
    build: ({ inputs, params }) => {
      const { loss: own, ...outputs } = clippedPolicyLoss(policy.config, params, inputs, config);
      const { loss, ptxLoss } = withPtx(own, policy.config, params, inputs, config.ptxCoefficient);
      return { loss, outputs: { ...outputs, ptxLoss } };
    },
    frozen: frozenWeights(policy, config),
    state: restored("policy", policy.weights),
  });
  const valueTrainer = compileTraining({
    provider,
    threads,
    recompute: config.recompute,
    optimizer,
    lanes: "auto",
    weights: value.weights,
    inputs: valueInputs,
    build: ({ inputs, params }) => {
      const { loss, values } = clippedValueLoss(value.config, params, inputs, config);
      return { loss, outputs: { values } };
    },
    frozen: frozenWeights(value),
    state: restored("value", value.weights),
  });
  return {
    lanes: Math.max(policyTrainer.lanes, valueTrainer.lanes),
    async step(passes, at, rates) {
      const texts = ptx.feeds(at, passes.length);
      const p = await update(
        policyTrainer,
        passes.map((pass, i) => ({ ...pass.policy, ...texts[i] })),
        rates.policy,
      );
      const v = await update(
        valueTrainer,
        passes.map((pass) => pass.value),
        rates.value,
      );
      return {
        passes: passes.map((pass, i) => ({ ...pass, ...p.outputs[i], ...v.outputs[i] })),
        gradNorm: p.gradNorm,
        valueGradNorm: v.gradNorm,
        ptxLoss: p.outputs.reduce((sum, { ptxLoss }) => sum + numberOf(ptxLoss), 0),
      };
    },
    learners: () => ({
      policy: { weights: policy.weights, optimizer: policyTrainer.state() },
      value: { weights: value.weights, optimizer: valueTrainer.state() },
    }),
    async dispose() {
      await policyTrainer.dispose();
      await valueTrainer.dispose();
    },
  };
}

function sharedTrunk(
  policy: TextModel,
  head: Weights,
  config: PpoConfig,
  { provider, threads }: RunOptions,
  ptx: PtxTexts,
  restored: Restored,
): Networks {
  const weights = withValueHead(policy.weights, head);
  const isFrozen = frozenWeights(policy, config);
  const trainer = compileTraining({
    provider,
    threads,
    recompute: config.recompute,
    optimizer: optimizerOf(config),
    lanes: "auto",
    weights,
    inputs: { ...trunkInputs, ...ptxInputs },
    build: ({ inputs, params }) => {
      const { loss: own, ...outputs } = trunkLoss(policy.config, params, inputs, config);
      const { loss, ptxLoss } = withPtx(own, policy.config, params, inputs, config.ptxCoefficient);
      return { loss, outputs: { ...outputs, ptxLoss } };
    },
    frozen: (name) => isFrozen(name) && !head.has(name),
    state: restored("policy", weights),
  });
  return {
    lanes: trainer.lanes,
    async step(passes, at, rates) {
      const texts = ptx.feeds(at, passes.length);
      const { outputs, gradNorm } = await update(
        trainer,
        passes.map((pass, i) => ({ ...pass.policy, ...pass.value, ...texts[i] })),
        rates.policy,
      );
      return {
        passes: passes.map((pass, i) => ({ ...pass, ...outputs[i] })),
        gradNorm,
        ptxLoss: outputs.reduce((sum, { ptxLoss }) => sum + numberOf(ptxLoss), 0),
      };
    },
    learners: () => ({ policy: { weights, optimizer: trainer.state() } }),
    dispose: () => trainer.dispose(),
  };
}
