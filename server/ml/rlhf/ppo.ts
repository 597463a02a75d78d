import { AppError } from "../../domain/app-error";
import { createGenerator } from "../generate/generator";
import type { Model } from "../nn/model";
import { Random } from "../runtime/random";
import { parseConfig } from "./config";
import type { TextModel } from "./data";
import { encodePrompts } from "./encode";
import { adaptiveBeta } from "./formulas/kl";
import { type Experience, experienceOf, rolloutMetrics } from "./ppo-experience";
import { ppoConfig, type PpoOptions } from "./ppo-config";
import { referenceOf, valueOf } from "./ppo-models";
import { compileUpdates } from "./ppo-update";
import { KeptWeights } from "./kept-weights";
import { rateAt } from "./plan";
import { requireLanguageHead } from "./reward-model";
import { checkPrompts, compileMeasures, type PromptRow, sampleResponses } from "./rollout";
import { createScorer, type ScoreOptions, type Scorer } from "./score";
import {
  packState,
  requireFinite,
  requireSameRun,
  type RunOptions,
  type Sample,
  type Step,
  stopIfAborted,
  unpackLearner,
} from "./step";
import { tokensPerSecond } from "./update";

export interface PpoModels {
  /** Its weights are updated in place. */
  policy: TextModel;
  /** Frozen, what KL is measured from: the SFT model. Default: the policy as it is at the start. */
  reference?: Model;
  /** A reward model, or an ensemble. */
  reward: TextModel | readonly TextModel[];
  /** Updated in place. Default: made from the reward model or the policy, as config says. */
  value?: TextModel;
}

export interface PpoRunOptions extends RunOptions, Pick<ScoreOptions, "ensemble" | "lambda"> {
  /** In place of the reward models' scores: rows of token ids to numbers. */
  scorer?: Pick<Scorer, "scoreIds">;
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
  const rows = await promptRows(models.policy, prompts);
  if (config.batchSize < config.minibatches)
    throw new AppError(
      "bad-input",
      `the ppo config asks for ${config.minibatches} minibatches of ${config.batchSize} episodes; make batchSize larger`,
    );
  const rewards = Array.isArray(models.reward)
    ? (models.reward as readonly TextModel[])
    : [models.reward as TextModel];
  const reference = models.reference ?? referenceOf(models.policy);
  const value =
    models.value ?? valueOf(models.policy, config.valueInit === "reward" ? rewards[0] : null);
  if (run.resume) requireSameRun(run.resume, "ppo", config);
  const restored = (name: "policy" | "value", model: TextModel) =>
    run.resume && unpackLearner(run.resume, name, model.weights);
  const kept = new KeptWeights(models.policy, { ...config, keepBest: false }, run.resume);
  const policy = kept.live;
  const updates = compileUpdates({ policy, value }, config, run, {
    policy: restored("policy", policy),
    value: restored("value", value),
  });
  const session = { provider: run.provider, threads: run.threads };
  const generator = await createGenerator(policy, session);
  const measures = await compileMeasures({ policy, reference, value }, config, session);
  const ownScorer = run.scorer ? null : await createScorer(rewards, run);
  const scorer = run.scorer ?? ownScorer!;
  const random = new Random(config.seed).fork("ppo");
  let beta = run.resume?.json.beta ?? config.beta;
  try {
    for (let i = run.resume?.step ?? 0; i < config.iterations; i++) {
      stopIfAborted(run.signal, "PPO", i);
      const begun = performance.now();
      const draw = random.fork(`iteration ${i}`);
      const chosen = promptsOf(i, rows, config.batchSize, random);
      const responses = await sampleResponses(
        generator,
        policy,
        chosen,
        config,
        draw.fork("sample"),
        run.signal,
      );
      const episodes = await measures.measure(responses, scorer, config.tokensPerPass);
      const experience = experienceOf(episodes, beta, config);
      requireFinite("PPO", i + 1, { "mean score": experience.meanScore });
      const share = rateAt(i, config.iterations, { ...config, learningRate: 1 });
      const updated = await updates.run(experience, draw.fork("update"), {
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
      if (config.kl === "adaptive")
        beta = adaptiveBeta(beta, metrics["objective/kl"], {
          target: config.klTarget,
          horizon: config.klHorizon,
          episodes: config.batchSize,
        });
      const nextBeta = beta;
      yield {
        step: i + 1,
        totalSteps: config.iterations,
        metrics,
        samples: samplesOf(experience, policy, config.samples),
        state: () =>
          kept.addTo(
            packState(
              i + 1,
              {
                policy: { weights: policy.weights, optimizer: updates.state().policy },
                value: { weights: value.weights, optimizer: updates.state().value },
              },
              { kind: "ppo", config, beta: nextBeta, episode: (i + 1) * config.batchSize },
            ),
            "policy",
          ),
      };
    }
  } finally {
    await ownScorer?.dispose();
    await measures.dispose();
    await generator.dispose();
    await updates.dispose();
  }
}

async function promptRows(policy: TextModel, prompts: readonly string[]): Promise<PromptRow[]> {
  if (prompts.length === 0)
    throw new AppError("bad-input", "there are no prompts; give at least one");
  const ids = await encodePrompts(policy, prompts);
  const rows = prompts.map((prompt, i) => ({ prompt, ids: ids[i] }));
  checkPrompts(rows, policy.config.context);
  return rows;
}

/** Prompts in a new order each time all were used. */
function promptsOf(
  iteration: number,
  rows: readonly PromptRow[],
  episodes: number,
  random: Random,
): PromptRow[] {
  const orders = new Map<number, PromptRow[]>();
  return Array.from({ length: episodes }, (_, e) => {
    const at = iteration * episodes + e;
    const pass = Math.floor(at / rows.length);
    const order = orders.get(pass) ?? random.fork(`prompts ${pass}`).shuffle(rows);
    orders.set(pass, order);
    return order[at % rows.length];
  });
}

function samplesOf({ episodes, scores }: Experience, policy: TextModel, count: number): Sample[] {
  return episodes.slice(0, count).map(({ prompt, ids, promptLength }, i) => ({
    prompt,
    completion: policy.tokenizer.decodeAfter(ids.slice(0, promptLength), ids.slice(promptLength)),
    score: scores[i],
  }));
}
