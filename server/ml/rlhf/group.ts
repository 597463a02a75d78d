import { AppError } from "../../domain/app-error";
import { Random } from "../runtime/random";
import { parseConfig } from "./config";
import { groupAdvantages, rlooAdvantages } from "./formulas/group";
import { map, mean, type Rows, total } from "./formulas/rows";
import { episodeScore } from "./formulas/scores";
import {
  grpoConfig,
  type GroupMethod,
  type GrpoOptions,
  rlooConfig,
  type RlooOptions,
} from "./group-config";
import { KeptWeights } from "./kept-weights";
import { compileGroupUpdates } from "./group-update";
import {
  judgesOf,
  type PpoModels,
  requireMinibatches,
  type RewardedRunOptions,
  rewardsOf,
} from "./ppo";
import { responseMetrics } from "./ppo-experience";
import { referenceOf, referenceReaders } from "./ppo-models";
import { requireLanguageHead } from "./reward-model";
import { modelReward } from "./reward-source";
import { requireMemory } from "./memory";
import { rateAt } from "./plan";
import { openRollouts, samplesOf } from "./rollout-run";
import type { Episode } from "./rollout";
import { packState, requireFinite, requireSameRun, type Step, stopIfAborted } from "./step";
import { tokensPerSecond } from "./update";

type GroupModels = Omit<PpoModels, "value">;

/**
 * REINFORCE leave-one-out (Ahmadian et al. 2024): each response is compared with the mean of the others
 * to its prompt; the KL is taken off the reward. Steps and metrics as of trainPpo, without values.
 */
export async function* trainRloo(
  models: GroupModels,
  prompts: readonly string[],
  options: RlooOptions = {},
  run: RewardedRunOptions = {},
): AsyncGenerator<Step, void> {
  const config = parseConfig(rlooConfig, options, "rloo");
  yield* trainGroup(models, prompts, { kind: "rloo", config }, run);
}

/**
 * Group relative policy optimisation (Shao et al. 2024): advantages normalised within the responses to a
 * prompt, the KL in the loss. Steps and metrics as of trainPpo, without values.
 */
export async function* trainGrpo(
  models: GroupModels,
  prompts: readonly string[],
  options: GrpoOptions = {},
  run: RewardedRunOptions = {},
): AsyncGenerator<Step, void> {
  const config = parseConfig(grpoConfig, options, "grpo");
  yield* trainGroup(models, prompts, { kind: "grpo", config }, run);
}

async function* trainGroup(
  models: GroupModels,
  prompts: readonly string[],
  method: GroupMethod,
  run: RewardedRunOptions,
): AsyncGenerator<Step, void> {
  const { kind, config } = method;
  const name = kind.toUpperCase();
  requireLanguageHead(models.policy);
  requireMinibatches(kind, config);
  requireWholeGroups(method);
  if (run.resume)
    requireSameRun(run.resume, kind, config, kind === "grpo" ? grpoConfig : rlooConfig);
  if (run.resume?.json.stopped) return;
  const random = new Random(config.seed).fork(kind);
  const reference = models.reference ?? referenceOf(models.policy);
  const kept = new KeptWeights(models.policy, { ...config, keepBest: false }, run.resume);
  const policy = kept.live;
  const source = run.source ?? (await modelReward(rewardsOf(models), run));
  const rollouts = await openRollouts(
    {
      policy,
      reference,
      critic: null,
      source,
      prompts,
      labels: run.labels,
      copies: config.generations,
    },
    config,
    run,
    random,
  );
  const bytes = requireMemory(name, {
    learners: [policy.config],
    readers: [...referenceReaders(models), ...judgesOf(models).map((judge) => judge.config)],
    rows: Math.ceil(config.batchSize / config.minibatches),
    length: rollouts.longest,
    tokensPerPass: config.tokensPerPass,
    recompute: config.recompute,
  });
  run.planned?.(bytes);
  const updates = compileGroupUpdates(policy, method, run);
  try {
    for (let i = run.resume?.step ?? 0; i < config.iterations; i++) {
      stopIfAborted(run.signal, name, i);
      const begun = performance.now();
      const draw = random.fork(`iteration ${i}`);
      const episodes = await rollouts.collect(i, draw);
      const scores = episodes.map(({ rawScore, hasEos }) => episodeScore(rawScore, hasEos, config));
      const { advantages, idle } = advantagesOf(episodes, scores, method);
      requireFinite(name, i + 1, { "mean score": mean([scores]) });
      const lr = rateAt(i, config.iterations, config);
      const updated = await updates.run(episodes, advantages, draw.fork("update"), lr);
      requireFinite(name, i + 1, {
        "policy loss": updated["loss/policy_avg"],
        "gradient norm": updated.grad_norm,
      });
      kept.update();
      const tokens = episodes.reduce((n, { ids }) => n + ids.length, 0);
      const episode = (i + 1) * config.batchSize;
      const metrics: Record<string, number> = {
        ...responseMetrics(episodes, scores, config.beta),
        frac_reward_zero_std: idle,
        ...updated,
        episode,
        tokens_per_second: tokensPerSecond(tokens, begun),
      };
      const stopped = config.stopKl !== null && metrics["objective/kl"] > config.stopKl;
      const shown = (i + 1) % config.samplesEvery === 0 ? config.samples : 0;
      yield {
        step: i + 1,
        totalSteps: stopped ? i + 1 : config.iterations,
        metrics,
        samples: samplesOf(episodes, scores, policy, shown),
        state: () => {
          const state = packState(i + 1, updates.learners(), { kind, config, episode, stopped });
          return kept.addTo(state, "policy");
        },
      };
      if (stopped) return;
    }
  } finally {
    if (!run.source) await source.dispose();
    await rollouts.dispose();
    await updates.dispose();
  }
}

/** One advantage a response; `idle` is the share of prompts whose responses are all worth the same. */
function advantagesOf(
  episodes: readonly Episode[],
  scores: readonly number[],
  { kind, config }: GroupMethod,
): { advantages: number[]; idle: number } {
  const n = config.generations;
  const groups = (xs: ArrayLike<number>): Rows =>
    Array.from({ length: xs.length / n }, (_, i) => Array.from(xs).slice(i * n, (i + 1) * n));
  const idle = groups(scores).filter((group) => {
    return Array.from(group).every((score) => score === group[0]);
  });
  const share = idle.length / (scores.length / n);
  if (kind === "grpo")
    return { advantages: flat(groupAdvantages(groups(scores), config.scale)), idle: share };
  const kl = episodes.map(({ logProbs, refLogProbs }) => {
    return total(map([logProbs], (x, _, t) => x - refLogProbs[t])).sum;
  });
  const rewards = scores.map((score, i) => score - config.beta * kl[i]);
  const advantages = rlooAdvantages(groups(rewards), config.normaliseAdvantages);
  return { advantages: flat(advantages), idle: share };
}

const flat = (rows: Rows): number[] => rows.flatMap((row) => Array.from(row));

function requireWholeGroups({ kind, config: { batchSize, generations } }: GroupMethod): void {
  if (batchSize % generations === 0) return;
  const nearest = Math.max(1, Math.round(batchSize / generations)) * generations;
  throw new AppError(
    "bad-input",
    `the ${kind} config has batchSize ${batchSize}, which is not a multiple of generations ${generations}: every prompt gets as many responses; set batchSize to ${nearest}, say`,
  );
}
