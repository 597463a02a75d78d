import type { Feeds } from "../runtime/feeds";
import type { Random } from "../runtime/random";
import { compileTraining } from "../runtime/training";
import { floatVector, joined } from "../runtime/values";
import { passesByLength } from "./batch";
import type { TextModel } from "./data";
import { tokenWeights } from "./formulas/group";
import { policyLoss } from "./formulas/ppo-losses";
import { mean, type Rows, total, variance } from "./formulas/rows";
import type { GroupMethod } from "./group-config";
import { groupInputs, groupLoss } from "./group-graph";
import { frozenWeights } from "./frozen";
import { deal } from "./ppo-batch";
import { restorer } from "./restored";
import { type Episode, responseFeeds } from "./rollout";
import { ownerFeed } from "./sequence-graph";
import type { RunOptions } from "./step";
import { update } from "./update";

/** The policy made trainable: all epochs and minibatches of an iteration, without a value network. */
export function compileGroupUpdates(policy: TextModel, method: GroupMethod, run: RunOptions) {
  const { config } = method;
  const trainer = compileTraining({
    provider: run.provider,
    threads: run.threads,
    recompute: config.recompute,
    lanes: "auto",
    weights: policy.weights,
    inputs: groupInputs,
    build: ({ inputs, params }) => {
      const { loss, ...outputs } = groupLoss(policy.config, params, inputs, method);
      return { loss, outputs };
    },
    optimizer: {
      beta1: config.beta1,
      beta2: config.beta2,
      eps: config.adamEpsilon,
      clipNorm: config.gradientClip,
    },
    frozen: frozenWeights(policy, config),
    state: restorer(run)("policy", policy.weights),
  });
  return {
    /** @param advantages one a response @param lr of every update */
    async run(
      episodes: readonly Episode[],
      advantages: ArrayLike<number>,
      draw: Random,
      lr: number,
    ): Promise<Record<string, number>> {
      const rows: Record<string, number>[] = [];
      const ratios: number[] = [];
      const order = episodes.map((_, i) => i);
      for (let epoch = 0; epoch < config.epochs; epoch++)
        for (const indices of deal(draw.fork(epoch).shuffle(order), config.minibatches)) {
          const { padId } = policy.tokenizer;
          const passes = minibatch(episodes, advantages, indices, padId, method, trainer.lanes);
          const { loss, gradNorm, outputs } = await update(
            trainer,
            passes.map(({ feeds }) => feeds),
            lr,
          );
          const logProbs = outputs.flatMap((pass, i) =>
            cutBy(pass.logProbs.data as Float32Array, passes[i].rows),
          );
          const entropies = outputs.map((pass) => pass.entropies.data as Float32Array);
          const known = passes.flatMap((pass) => pass.rows);
          const stats = ratioStats(logProbs, known, method);
          ratios.push(stats.ratio);
          rows.push({
            "policy/approxkl_avg": stats.approxKl,
            "policy/clipfrac_avg": stats.clipFraction,
            "policy/entropy_avg": mean(entropies),
            "loss/policy_avg": loss,
            grad_norm: gradNorm,
          });
        }
      const averages = Object.keys(rows[0]).map((name) => [name, mean([rows.map((r) => r[name])])]);
      return {
        ...(Object.fromEntries(averages) as Record<string, number>),
        "val/ratio": mean([ratios]),
        "val/ratio_var": variance([ratios], "sample"),
        lr,
      };
    },
    learners: () => ({ policy: { weights: policy.weights, optimizer: trainer.state() } }),
    dispose: () => trainer.dispose(),
  };
}

interface Row {
  episode: Episode;
  advantage: number;
}

function minibatch(
  episodes: readonly Episode[],
  advantages: ArrayLike<number>,
  indices: readonly number[],
  padId: number | null,
  { kind, config }: GroupMethod,
  lanes: number,
): { rows: Row[]; feeds: Feeds<keyof typeof groupInputs> }[] {
  const lengths = indices.map((index) => episodes[index].logProbs.length);
  const aggregation = kind === "grpo" ? config.aggregation : "grpo";
  const weights = tokenWeights(lengths, aggregation, config.maxNewTokens);
  const all = indices.map((index, i) => ({
    ids: episodes[index].ids,
    episode: episodes[index],
    advantage: advantages[index],
    weight: weights[i],
  }));
  return passesByLength(all, config.tokensPerPass, config.microBatchSize, lanes).map((rows) => {
    const own = rows.map(({ episode }) => episode);
    const perToken = (of: (row: (typeof rows)[number]) => ArrayLike<number>) =>
      joined(rows.map(of));
    return {
      rows,
      feeds: {
        ...responseFeeds(own, padId),
        owner: ownerFeed(own.map(({ logProbs }) => logProbs.length)),
        oldLogProbs: perToken(({ episode }) => episode.logProbs),
        refLogProbs: perToken(({ episode }) => episode.refLogProbs),
        tokenWeights: perToken(({ episode, weight }) => episode.logProbs.map(() => weight)),
        advantages: floatVector(rows.map(({ advantage }) => advantage)),
        weights: floatVector(rows.map(() => 1 / indices.length)),
      },
    };
  });
}

/** One number a token, cut into one row a response. */
function cutBy(x: Float32Array, rows: readonly Row[]): Float32Array[] {
  let next = 0;
  return rows.map(({ episode }) => x.slice(next, (next += episode.logProbs.length)));
}

/** Of what is clipped: tokens, or (RLOO) whole responses. KL is of tokens in both. */
function ratioStats(logProbs: Rows, rows: readonly Row[], { kind, config }: GroupMethod) {
  const old = rows.map(({ episode }) => episode.logProbs);
  const whole = (of: Rows): Rows => of.map((row) => [total([row]).sum]);
  const advantages = rows.map(({ advantage }, i) =>
    new Float64Array(kind === "rloo" ? 1 : logProbs[i].length).fill(advantage),
  );
  const { approxKl } = policyLoss(logProbs, old, old, config);
  const clipped =
    kind === "rloo"
      ? policyLoss(whole(logProbs), whole(old), advantages, config)
      : policyLoss(logProbs, old, advantages, config);
  return { approxKl, clipFraction: clipped.clipFraction, ratio: clipped.ratioMean };
}
