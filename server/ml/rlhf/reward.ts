import { AppError } from "../../domain/app-error";
import { parameterCount } from "../nn/model";
import { Random } from "../runtime/random";
import { compileTraining } from "../runtime/training";
import { splitPasses } from "./batch";
import { defaultLearningRate, parseConfig } from "./config";
import { checkRanking, type RankedExample, type TextModel } from "./data";
import { encodePairs } from "./encode";
import { impliedPairs, pairDivisor, tiedPairs } from "./formulas/kwise";
import { shares } from "./formulas/pairwise";
import { choiceStages } from "./formulas/plackett-luce";
import { tieParameter } from "./formulas/ties";
import { planBatches, rateAt } from "./plan";
import { type RewardConfig, rewardConfig, type RewardOptions } from "./reward-config";
import { type RankedRows, rankingFeeds, rankingInputs, rankingLoss } from "./reward-graph";
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

/** Rankings that order anything, as tokens; those with a completion too long are left out or an error. */
export async function encodeRankings(
  model: TextModel,
  data: readonly RankedExample[],
  config: Pick<RewardConfig, "maxLength" | "overlong"> &
    Partial<Pick<RewardConfig, "loss" | "ties" | "margin">>,
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
  const isListwise = config.loss === "plackett-luce";
  const hasTies = config.ties !== undefined && config.ties !== "drop";
  return data.flatMap(({ completions, groups, margin = config.margin, weight = 1 }) => {
    const rows = encoded.slice(next, (next += completions.length));
    const pairs = impliedPairs(groups);
    const ties = hasTies ? tiedPairs(groups) : [];
    if (pairs.length + ties.length === 0 || weight === 0 || rows.includes(null)) return [];
    const stages = isListwise ? choiceStages(groups) : [];
    return [{ rows: rows.map((row) => row!.ids), pairs, ties, stages, margin, weight }];
  });
}

/** θ or ν of a run: the one asked for, or by how often its rankings tie. */
function tiesOf({ ties, tieParameter: asked }: RewardConfig, rankings: readonly RankedRows[]) {
  if (ties === "drop") return null;
  const count = (of: (ranking: RankedRows) => number) => rankings.reduce((n, r) => n + of(r), 0);
  const tied = count((ranking) => ranking.ties?.length ?? 0);
  const all = tied + count(({ pairs }) => pairs.length);
  return { model: ties, parameter: asked ?? tieParameter(ties, tied / all) };
}

/** What a ranking's loss is divided by: its pairs or, listwise, its stages; at most that many there could be. */
function divisorOf(
  { rows, pairs, ties = [], stages = [] }: RankedRows,
  config: RewardConfig,
): number {
  if (config.loss === "pairwise")
    return pairDivisor(config.normalisePairs, rows.length, pairs.length + ties.length);
  return Math.max(1, config.normalisePairs === "implied" ? stages.length : rows.length - 1);
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
  requireOneLoss(config);
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
  const learningRate =
    config.learningRate ?? defaultLearningRate(parameterCount(model.config), 9e-6, 5e-4);
  const ties = tiesOf(config, rankings);
  if (run.resume) requireSameRun(run.resume, "reward", config);
  const trainer = compileTraining({
    ...run,
    weights: model.weights,
    inputs: rankingInputs,
    build: ({ inputs, params }) => {
      const { loss, scores } = rankingLoss(model.config, params, inputs, {
        ...config,
        ties,
      });
      return { loss, outputs: { scores } };
    },
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
    const speed = speedometer();
    for (let step = run.resume?.step ?? 0; step < plan.totalSteps; step++) {
      stopIfAborted(run.signal, "reward", step);
      const batch = plan.batch(step).map((i) => rankings[i]);
      const share = shares(
        batch.map(({ weight }) => weight),
        config.normaliseWeights,
      );
      const weights = new Map(
        batch.map((ranking, i) => [ranking, share[i] / divisorOf(ranking, config)]),
      );
      const lr = rateAt(step, plan.totalSteps, { ...config, learningRate });
      const passes = splitPasses(batch, sizeOf, config.tokensPerPass);
      const feeds = passes.map((pass) =>
        rankingFeeds(pass, model.config.padId, (ranking) => weights.get(ranking)!),
      );
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
          ...(ties && { tie_parameter: ties.parameter }),
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

/** @throws bad-input for options of which one would silently do nothing */
function requireOneLoss({ loss, ties, margin, labelSmoothing, tieParameter: asked }: RewardConfig) {
  const refuse = (what: string) => {
    throw new AppError("bad-input", `the reward config cannot have ${what}`);
  };
  const alone = loss === "plackett-luce" ? 'loss "plackett-luce"' : `ties "${ties}"`;
  if (loss === "plackett-luce" && ties !== "drop")
    refuse(`${alone} and ties "${ties}": a model of ties is one of pairs; leave one of them out`);
  if (loss === "plackett-luce" || ties !== "drop") {
    if (margin > 0)
      refuse(`${alone} and a margin, which is one of pairs without ties; set it to 0`);
    if (labelSmoothing > 0)
      refuse(`${alone} and labelSmoothing, which is one of pairs without ties; set it to 0`);
  }
  if (asked !== null && ties === "rao-kupper" && asked <= 1)
    refuse(`tieParameter ${asked}: Rao and Kupper's θ is above 1`);
}

function sizeOf({ rows }: RankedRows): { rows: number; longest: number } {
  return { rows: rows.length, longest: Math.max(...rows.map((row) => row.length)) };
}

/** @param scores of all rows of the batch, in order */
function pairMetrics(batch: readonly RankedRows[], scores: readonly number[]) {
  let first = 0;
  let pairs = 0;
  let ties = 0;
  let right = 0;
  let margin = 0;
  for (const ranking of batch) {
    for (const { chosen, rejected } of ranking.pairs) {
      const d = scores[first + chosen] - scores[first + rejected];
      margin += d;
      right += d > 0 ? 1 : d === 0 ? 0.5 : 0;
    }
    pairs += ranking.pairs.length;
    ties += ranking.ties?.length ?? 0;
    first += ranking.rows.length;
  }
  const mean = scores.reduce((a, x) => a + x, 0) / scores.length;
  const spread = scores.reduce((a, x) => a + (x - mean) ** 2, 0) / scores.length;
  return {
    accuracy: pairs === 0 ? 0.5 : right / pairs,
    margin: pairs === 0 ? 0 : margin / pairs,
    reward_std: Math.sqrt(spread),
    completions: scores.length,
    pairs,
    ...(ties > 0 && { ties }),
  };
}
