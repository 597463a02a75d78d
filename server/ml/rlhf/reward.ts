import { AppError } from "../../domain/app-error";
import { add, mul, neg, square, sub } from "../graph/ops/elementwise";
import { softplus } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { sum } from "../graph/ops/reduce";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import { padBatch } from "../nn/batch";
import type { ModelConfig } from "../nn/config";
import { atRows, decoder, scores } from "../nn/decoder";
import { dropoutFeeds, dropoutInputs } from "../nn/dropout";
import { sequenceInputs } from "../nn/inputs";
import { type Feeds, float32, int32 } from "../runtime/feeds";
import { Random } from "../runtime/random";
import { compileTraining } from "../runtime/training";
import { floatVector, intVector } from "../runtime/values";
import { paddingMultiple, scoredToken, splitPasses } from "./batch";
import { learningRateOf, parseConfig } from "./config";
import { checkRanking, type RankedExample, type TextModel } from "./data";
import { encodePairs } from "./encode";
import { impliedPairs, type Pair, pairDivisor } from "./formulas/kwise";
import { frozenWeights } from "./frozen";
import { planBatches, rateAt } from "./plan";
import { type RewardConfig, rewardConfig, type RewardOptions } from "./reward-config";
import { requireScoreHead } from "./reward-model";
import {
  packState,
  requireFinite,
  requireSameRun,
  type RunOptions,
  type Step,
  stopIfAborted,
  unpackLearner,
} from "./step";
import { speedometer, update } from "./update";

/** A ranking as tokens: one row a completion, and the pairs it implies. */
export interface RankedRows {
  rows: number[][];
  pairs: Pair[];
  /** Of the ranking; its pairs share it. */
  weight: number;
}

export const rankingInputs = {
  ...sequenceInputs,
  last: int32("sequences"),
  chosen: int32("pairs"),
  rejected: int32("pairs"),
  weights: float32("pairs"),
};

type RankingInput = keyof typeof rankingInputs;

/** Σ weight·(−log σ(r_w − r_l − m)), with what config adds. @returns loss [], scores [sequences] raw */
export function rankingLoss(
  config: ModelConfig,
  params: Parameters,
  inputs: Record<RankingInput, Tensor>,
  options: Pick<RewardConfig, "margin" | "labelSmoothing" | "centring">,
): { loss: Tensor; scores: Tensor } {
  const { margin, labelSmoothing, centring } = options;
  const all = scores(params, atRows(decoder(config, params, inputs), inputs.last));
  const chosen = gatherRows(all, inputs.chosen);
  const rejected = gatherRows(all, inputs.rejected);
  const d = sub(sub(chosen, rejected), margin);
  let each = softplus(neg(d));
  if (labelSmoothing > 0)
    each = add(mul(each, 1 - labelSmoothing), mul(softplus(d), labelSmoothing));
  if (centring > 0) each = add(each, mul(square(add(chosen, rejected)), centring));
  return { loss: sum(mul(each, inputs.weights)), scores: all };
}

/** @param pairWeight of every pair of a ranking */
export function rankingFeeds(
  rankings: readonly RankedRows[],
  padId: number | null,
  pairWeight: (ranking: RankedRows) => number,
): Feeds<RankingInput> {
  const rows = rankings.flatMap((ranking) => ranking.rows);
  const longest = Math.max(...rows.map((row) => row.length));
  const { at, ...batch } = padBatch(rows, {
    padId: padId ?? 0,
    multiple: paddingMultiple(longest),
  });
  const chosen: number[] = [];
  const rejected: number[] = [];
  const weights: number[] = [];
  let first = 0;
  for (const ranking of rankings) {
    const weight = pairWeight(ranking);
    for (const pair of ranking.pairs) {
      chosen.push(first + pair.chosen);
      rejected.push(first + pair.rejected);
      weights.push(weight);
    }
    first += ranking.rows.length;
  }
  return {
    ...batch,
    last: intVector(rows.map((row, b) => at(b, scoredToken(row, padId)))),
    chosen: intVector(chosen),
    rejected: intVector(rejected),
    weights: floatVector(weights),
  };
}

/** Rankings that order anything, as tokens; those with a completion too long are left out or an error. */
export async function encodeRankings(
  model: TextModel,
  data: readonly RankedExample[],
  config: Pick<RewardConfig, "maxLength" | "overlong">,
): Promise<RankedRows[]> {
  data.forEach(checkRanking);
  const owner = data.flatMap(({ completions }, i) => completions.map(() => i));
  const encoded = await encodePairs(
    model,
    data.flatMap(({ prompt, completions }) =>
      completions.map((completion) => ({ prompt, completion })),
    ),
    config,
    (i) => `ranking ${owner[i] + 1}`,
  );
  let next = 0;
  return data.flatMap(({ completions, groups, weight = 1 }) => {
    const rows = encoded.slice(next, (next += completions.length));
    const pairs = impliedPairs(groups);
    if (pairs.length === 0 || weight === 0 || rows.includes(null)) return [];
    return [{ rows: rows.map((row) => row!.ids), pairs, weight }];
  });
}

/**
 * Fits a reward model (rewardModelFrom) to rankings: all pairs of a ranking in one batch element, one
 * forward pass a completion (Ouyang et al. 2022). `model.weights` are updated in place; normalise
 * afterwards (normaliseReward).
 * Metrics: loss, accuracy (of this batch's pairs), margin (mean r_w − r_l), reward_std, grad_norm, lr,
 * completions, pairs, epoch, tokens_per_second.
 */
export async function* trainReward(
  model: TextModel,
  data: readonly RankedExample[],
  options: RewardOptions = {},
  run: RunOptions = {},
): AsyncGenerator<Step, void> {
  const config = parseConfig(rewardConfig, options, "reward");
  requireScoreHead(model);
  const rankings = await encodeRankings(model, data, config);
  if (rankings.length === 0)
    throw new AppError(
      "bad-input",
      "no ranking orders two completions: there is nothing to learn; rank some, and do not tie them all",
    );
  const plan = planBatches(rankings.length, {
    ...config,
    random: new Random(config.seed).fork("reward"),
  });
  const learningRate = config.learningRate ?? learningRateOf(model.config, 9e-6, 5e-4);
  if (run.resume) requireSameRun(run.resume, "reward", config);
  const trainer = compileTraining({
    ...run,
    weights: model.weights,
    inputs: { ...rankingInputs, ...dropoutInputs },
    build: ({ inputs, params }) => {
      const dropping = params.dropping(inputs.dropout);
      const { loss, scores } = rankingLoss(model.config, dropping, inputs, config);
      return { loss, outputs: { scores } };
    },
    frozen: frozenWeights(model, config),
    optimizer: {
      beta1: config.beta1,
      beta2: config.beta2,
      eps: config.adamEpsilon,
      weightDecay: config.weightDecay,
      clipNorm: config.gradientClip,
    },
    state: run.resume && unpackLearner(run.resume, "model", model.weights),
  });
  try {
    const dropouts = new Random(config.seed).fork("dropout");
    const speed = speedometer();
    for (let step = run.resume?.step ?? 0; step < plan.totalSteps; step++) {
      stopIfAborted(run.signal, "reward", step);
      const batch = plan.batch(step).map((i) => rankings[i]);
      const whole = batch.reduce((n, { weight }) => n + weight, 0);
      const lr = rateAt(step, plan.totalSteps, { ...config, learningRate });
      const passes = splitPasses(batch, sizeOf, config.tokensPerPass);
      const drawn = dropouts.fork(step);
      const feeds = passes.map((pass, i) => {
        const ranked = rankingFeeds(pass, model.config.padId, ({ rows, pairs, weight }) => {
          return weight / whole / pairDivisor(config.normalisePairs, rows.length, pairs.length);
        });
        return Object.assign(ranked, dropoutFeeds(drawn.fork(i)));
      });
      const { loss, gradNorm, outputs } = await update(trainer, feeds, lr);
      requireFinite("reward", step + 1, { loss, "gradient norm": gradNorm });
      const tokens = batch.reduce(
        (n, { rows }) => n + rows.reduce((m, row) => m + row.length, 0),
        0,
      );
      yield {
        step: step + 1,
        totalSteps: plan.totalSteps,
        metrics: {
          loss,
          ...pairMetrics(
            batch,
            outputs.flatMap(({ scores }) => Array.from(scores.data as Float32Array)),
          ),
          grad_norm: gradNorm,
          lr,
          epoch: ((step + 1) * config.batchSize) / rankings.length,
          tokens_per_second: speed(tokens),
        },
        state: () =>
          packState(
            step + 1,
            { model: { weights: model.weights, optimizer: trainer.state() } },
            { kind: "reward", config },
          ),
      };
    }
  } finally {
    await trainer.dispose();
  }
}

function sizeOf({ rows }: RankedRows): { rows: number; longest: number } {
  return { rows: rows.length, longest: Math.max(...rows.map((row) => row.length)) };
}

/** @param scores of all rows of the batch, in order */
function pairMetrics(batch: readonly RankedRows[], scores: readonly number[]) {
  let first = 0;
  let pairs = 0;
  let right = 0;
  let margin = 0;
  for (const ranking of batch) {
    for (const { chosen, rejected } of ranking.pairs) {
      const d = scores[first + chosen] - scores[first + rejected];
      margin += d;
      right += d > 0 ? 1 : d === 0 ? 0.5 : 0;
    }
    pairs += ranking.pairs.length;
    first += ranking.rows.length;
  }
  const mean = scores.reduce((a, x) => a + x, 0) / scores.length;
  const spread = scores.reduce((a, x) => a + (x - mean) ** 2, 0) / scores.length;
  return {
    accuracy: right / pairs,
    margin: margin / pairs,
    reward_std: Math.sqrt(spread),
    completions: scores.length,
    pairs,
  };
}
