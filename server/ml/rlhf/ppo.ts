import { AppError } from "../../domain/app-error";
import type { Model } from "../nn/model";
import { Random } from "../runtime/random";
import { parseConfig } from "./config";
import type { SftExample, TextModel } from "./data";
import { adaptiveBeta } from "./formulas/kl";
import { experienceOf, rolloutMetrics } from "./ppo-experience";
import { type PpoConfig, ppoConfig, type PpoOptions } from "./ppo-config";
import { KeptWeights } from "./kept-weights";
import { zeroValueHead } from "./ppo-trunk";
import { compileUpdates, textsBeside } from "./ppo-update";
import { referenceOf, referenceReaders, valueOf } from "./ppo-models";
import { requireLanguageHead } from "./reward-model";
import { modelReward, type RewardSource } from "./reward-source";
import { requireMemory } from "./memory";
import { rateAt } from "./plan";
import { openRollouts, samplesOf } from "./rollout-run";
import type { ScoreOptions } from "./score";
import {
  packState,
  requireFinite,
  requireSameRun,
  type RunOptions,
  type Step,
  stopIfAborted,
} from "./step";
import { tokensPerSecond } from "./update";

export interface PpoModels {
  /** Its weights are updated in place. */
  policy: TextModel;
  /** Frozen, what KL is measured from: the SFT model. Default: the policy as it is at the start. */
  reference?: Model;
  /** A reward model, or an ensemble; may be left out where the run has another source of rewards. */
  reward?: TextModel | readonly TextModel[];
  /** Updated in place. Default: made from the reward model or the policy, as config says. */
  value?: TextModel;
}

/** What rewards the responses of a run. */
export interface RewardedRunOptions extends RunOptions, Pick<ScoreOptions, "ensemble" | "lambda"> {
  /** In place of the reward models' scores; disposed by whoever made it. */
  source?: RewardSource;
  /** What each prompt's row says of the right answer, for sources that ask. */
  labels?: readonly (string | null)[];
}

export interface PpoRunOptions extends RewardedRunOptions {
  /** Pretraining texts for ptxCoefficient. */
  texts?: readonly SftExample[];
}

/**
 * PPO with a KL penalty to a frozen reference (Ziegler et al. 2019, Stiennon et al. 2020). One step is
 * one iteration: rollout, scores, advantages, epochs × minibatches of updates. Between two steps the
 * caller may measure the policy, or leave the loop.
 * Metrics: those of TRL's PPO by their names; `lr` is the policy's.
 */
export async function* trainPpo(
  models: PpoModels,
  prompts: readonly string[],
  options: PpoOptions = {},
  run: PpoRunOptions = {},
): AsyncGenerator<Step, void> {
  const config = parseConfig(ppoConfig, options, "ppo");
  requireLanguageHead(models.policy);
  requireMinibatches("ppo", config);
  if (run.resume) requireSameRun(run.resume, "ppo", config, ppoConfig);
  if (run.resume?.json.stopped) return;
  const random = new Random(config.seed).fork("ppo");
  const critic = criticOf(models, config);
  const reference = models.reference ?? referenceOf(models.policy);
  const kept = new KeptWeights(models.policy, { ...config, keepBest: false }, run.resume);
  const policy = kept.live;
  const source = run.source ?? (await modelReward(rewardsOf(models), run));
  const rollouts = await openRollouts(
    { policy, reference, critic, source, prompts, labels: run.labels },
    config,
    run,
    random,
  );
  const value = critic.network ? [critic.network.config] : [];
  const ptx = await textsBeside(policy, config, random, run.texts);
  const bytes = requireMemory("PPO", {
    learners: [policy.config, ...value],
    readers: [...referenceReaders(models), ...judgesOf(models).map((judge) => judge.config)],
    rows: Math.ceil(config.batchSize / config.minibatches),
    length: rollouts.longest,
    tokensPerPass: config.tokensPerPass,
    recompute: config.recompute,
    ...(ptx.count > 0 && { beside: { rows: ptx.count, length: ptx.longest } }),
  });
  run.planned?.(bytes);
  const updates = compileUpdates({ policy, critic, ptx }, config, run);
  let beta = run.resume?.json.beta ?? config.beta;
  try {
    for (let i = run.resume?.step ?? 0; i < config.iterations; i++) {
      stopIfAborted(run.signal, "PPO", i);
      const begun = performance.now();
      const draw = random.fork(`iteration ${i}`);
      const episodes = await rollouts.collect(i, draw);
      const experience = experienceOf(episodes, beta, config);
      requireFinite("PPO", i + 1, { "mean score": experience.meanScore });
      const share = rateAt(i, config.iterations, { ...config, learningRate: 1 });
      const updated = await updates.run(experience, draw.fork("update"), {
        iteration: i,
        share,
        valueOnly: i < config.valueWarmup,
      });
      requireFinite("PPO", i + 1, {
        "policy loss": updated["loss/policy_avg"],
        "value loss": updated["loss/value_avg"],
        "gradient norm": updated.grad_norm,
      });
      kept.update();
      const tokens = episodes.reduce((n, { ids }) => n + ids.length, 0);
      const metrics: Record<string, number> = {
        ...rolloutMetrics(experience, beta),
        ...updated,
        episode: (i + 1) * config.batchSize,
        tokens_per_second: tokensPerSecond(tokens, begun),
      };
      const kl = metrics["objective/kl"];
      if (config.kl === "adaptive")
        beta = adaptiveBeta(beta, kl, {
          target: config.klTarget,
          horizon: config.klHorizon,
          episodes: config.batchSize,
        });
      const next = { beta, stopped: config.stopKl !== null && kl > config.stopKl };
      const shown = (i + 1) % config.samplesEvery === 0 ? config.samples : 0;
      yield {
        step: i + 1,
        totalSteps: next.stopped ? i + 1 : config.iterations,
        metrics,
        samples: samplesOf(episodes, experience.scores, policy, shown),
        state: () =>
          kept.addTo(
            packState(i + 1, updates.learners(), {
              kind: "ppo",
              config,
              episode: (i + 1) * config.batchSize,
              ...next,
            }),
            "policy",
          ),
      };
      if (next.stopped) return;
    }
  } finally {
    if (!run.source) await source.dispose();
    await rollouts.dispose();
    await updates.dispose();
  }
}

/** @throws bad-input where there is less than one episode for each minibatch */
export function requireMinibatches(
  kind: string,
  { batchSize, minibatches }: { batchSize: number; minibatches: number },
): void {
  if (batchSize < minibatches)
    throw new AppError(
      "bad-input",
      `the ${kind} config asks for ${minibatches} minibatches of ${batchSize} episodes; make batchSize larger`,
    );
}

/** The reward models that a run is given, whatever rewards in the end. */
export function judgesOf({ reward }: Pick<PpoModels, "reward">): readonly TextModel[] {
  if (reward === undefined) return [];
  return Array.isArray(reward) ? (reward as readonly TextModel[]) : [reward as TextModel];
}

/** @throws bad-input where nothing would reward a response, or what would reads other tokens */
export function rewardsOf({
  policy,
  reward,
}: Pick<PpoModels, "policy" | "reward">): readonly TextModel[] {
  const judges = judgesOf({ reward });
  if (judges.length === 0)
    throw new AppError(
      "bad-input",
      "nothing rewards the responses: give a reward model, a program or an endpoint",
    );
  if (judges.some(({ tokenizer }) => tokenizer.fingerprint !== policy.tokenizer.fingerprint))
    throw new AppError(
      "bad-input",
      "the reward model has another tokenizer than the policy, so that their token ids mean different texts; train one from a model with the policy's tokenizer",
    );
  return judges;
}

/** What estimates values, as the config says. */
function criticOf({ policy, reward, value }: PpoModels, { valueInit, valueWarmup }: PpoConfig) {
  if (valueInit === "trunk" && value === undefined) {
    if (valueWarmup > 0)
      throw new AppError(
        "bad-input",
        `the ppo config cannot have valueInit "trunk" and valueWarmup ${valueWarmup}: the policy's trunk would move with the values; set one of them otherwise`,
      );
    return { head: zeroValueHead(policy.config) };
  }
  const judge = judgesOf({ reward }).at(0);
  if (value) return { network: value };
  return { network: valueOf(policy, (valueInit === "reward" && judge) || null) };
}
