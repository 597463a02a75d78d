import { AppError } from "../../domain/app-error";
import { drawing, dropoutInputs } from "../nn/dropout";
import { Random } from "../runtime/random";
import { compileTraining } from "../runtime/training";
import { learningRateOf, isEvaluationDue, parseConfig } from "./config";
import { checkRanking, type RankedExample, type TextModel } from "./data";
import { encodePairs, lengthLimit } from "./encode";
import { impliedPairs, tiedPairs } from "./formulas/kwise";
import { choiceStages } from "./formulas/plackett-luce";
import { frozenWeights } from "./frozen";
import { KeptWeights, requireEvaluation } from "./kept-weights";
import { longestOf, requireMemory } from "./memory";
import { planBatches, rateAt } from "./plan";
import { compileRankingLoss, longestFirst, pairMetrics, rankingPasses } from "./ranking-metrics";
import { requireOneLoss, tiesOf } from "./reward-loss";
import { type RewardConfig, rewardConfig, type RewardOptions } from "./reward-config";
import { type EncodedRanking, type RankedRows, rankingInputs, rankingLoss } from "./reward-graph";
import { requireScoreHead } from "./reward-model";
import {
  namesOf,
  packState,
  requireFinite,
  requireSameRun,
  type RunOptions,
  type Step,
  stopIfAborted,
  unpackLearner,
} from "./step";
import { paddingShare, tokensPerSecond, update } from "./update";
import { wordReplacement } from "./word-replacement";

export interface RewardRunOptions extends RunOptions {
  /** Rankings measured every `evaluateEvery` updates and at the end: eval/loss, eval/accuracy. */
  evaluation?: readonly RankedExample[];
}

/**
 * Rankings that order anything, as tokens; those with a completion too long are left out or an error.
 * @param report.what names a ranking in messages @param report.note is told how many were left out or cut
 */
export async function encodeRankings(
  model: TextModel,
  data: readonly RankedExample[],
  config: Pick<RewardConfig, "maxLength" | "overlong"> &
    Partial<Pick<RewardConfig, "loss" | "ties" | "margin">>,
  { what = "ranking", note }: { what?: string; note?: (text: string) => void } = {},
): Promise<EncodedRanking[]> {
  data.forEach(checkRanking);
  const owner = data.flatMap(({ completions }, i) => completions.map(() => i));
  const encoded = await encodePairs(
    model,
    data.flatMap(({ prompt, completions }) =>
      completions.map((completion) => ({ prompt, completion })),
    ),
    config,
    (i) => `${what} ${owner[i] + 1}`,
  );
  let next = 0;
  const isListwise = config.loss === "plackett-luce";
  const hasTies = config.ties !== undefined && config.ties !== "drop";
  const counts = { long: 0, cut: 0, unordered: 0 };
  const rankings = data.flatMap((ranking, index) => {
    const { completions, groups, margin = config.margin, weight = 1 } = ranking;
    const rows = encoded.slice(next, (next += completions.length));
    const pairs = impliedPairs(groups);
    const ties = hasTies ? tiedPairs(groups) : [];
    const isIdle = pairs.length + ties.length === 0 || weight === 0;
    const isLong = rows.includes(null);
    if (isLong) counts.long++;
    else if (isIdle) counts.unordered++;
    else if (rows.some((row) => row!.cut)) counts.cut++;
    if (isIdle || isLong) return [];
    const stages = isListwise ? choiceStages(groups) : [];
    return [{ index, rows: rows.map((row) => row!.ids), pairs, ties, stages, margin, weight }];
  });
  const tell = (count: number, befell: string) => {
    if (count > 0) note?.(`${count} of ${data.length} ${what}s ${befell}`);
  };
  const limit = lengthLimit(model, config);
  tell(counts.long, `hold a completion longer than ${limit} tokens with its prompt: left out`);
  tell(counts.cut, `are longer than ${limit} tokens: the beginning of their prompt is cut off`);
  tell(counts.unordered, "order no two completions, or weigh nothing: left out");
  return rankings;
}

/**
 * Fits a reward model (rewardModelFrom) to rankings: all pairs of a ranking in one batch element, one
 * forward pass a completion (Ouyang et al. 2022). `model.weights` are updated in place; normalise
 * afterwards (normaliseReward).
 * Metrics: loss, accuracy (of this batch's pairs), margin (mean r_w − r_l), reward_std, grad_norm, lr,
 * completions, pairs, epoch, padding_share, tokens_per_second, eval/loss, eval/accuracy.
 */
export async function* trainReward(
  model: TextModel,
  data: readonly RankedExample[],
  options: RewardOptions = {},
  run: RewardRunOptions = {},
): AsyncGenerator<Step, void> {
  const config = parseConfig(rewardConfig, options, "reward");
  requireOneLoss(config);
  requireScoreHead(model);
  requireEvaluation(config, run.evaluation ?? []);
  const rankings = await encodeRankings(model, data, config, run);
  if (rankings.length === 0)
    throw new AppError(
      "bad-input",
      "no ranking orders two completions: there is nothing to learn; rank some, and do not tie them all",
    );
  const evaluation = await encodeRankings(model, run.evaluation ?? [], config, {
    what: "evaluation ranking",
    note: run.note,
  });
  const plan = planBatches(
    rankings.map(({ rows }) => Math.max(...rows.map((row) => row.length))),
    { ...config, random: new Random(config.seed).fork("reward") },
  );
  const learningRate = config.learningRate ?? learningRateOf(model.config, 9e-6, 5e-4);
  const ties = tiesOf(config, rankings);
  if (run.resume) requireSameRun(run.resume, "reward", config, rewardConfig);
  const completions = Math.max(...rankings.map(({ rows }) => rows.length));
  const longest = longestOf(rankings.flatMap(({ rows }) => rows.map((ids) => ({ ids }))));
  const bytes = requireMemory("reward training", {
    learners: [model.config],
    rows: Math.min(config.batchSize, rankings.length) * completions,
    together: completions,
    length: longest,
    tokensPerPass: config.tokensPerPass,
    recompute: config.recompute,
  });
  run.planned?.(bytes);
  const kept = new KeptWeights(model, config, run.resume);
  const { weights } = kept.live;
  const trainer = compileTraining({
    ...run,
    recompute: config.recompute,
    lanes: "auto",
    weights,
    inputs: { ...rankingInputs, ...dropoutInputs },
    build: ({ inputs, params }) => {
      const dropping = params.dropping(inputs.dropout);
      const { loss, scores } = rankingLoss(model.config, dropping, inputs, {
        ...config,
        ties,
      });
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
    state: run.resume && unpackLearner(run.resume, "model", weights),
  });
  const evaluator =
    evaluation.length > 0
      ? await compileRankingLoss(model, { ...config, ties }, config, run)
      : null;
  const dropouts = new Random(config.seed).fork("dropout");
  const replacement = { share: config.wordReplacement, maxLength: longest, seed: config.seed };
  const replaced = wordReplacement(model, data, rankings, replacement, run);
  try {
    for (let done = run.resume?.step ?? 0; done < plan.totalSteps; done++) {
      stopIfAborted(run.signal, "reward", done);
      const begun = performance.now();
      const step = done + 1;
      const drawn = plan.batch(done).map((i) => rankings[i]);
      const batch = longestFirst(await replaced(drawn, done));
      const lr = rateAt(done, plan.totalSteps, { ...config, learningRate });
      const passes = rankingPasses(batch, config, model.config.padId, trainer.lanes);
      const { loss, gradNorm, outputs } = await update(
        trainer,
        drawing(passes, dropouts.fork(done)),
        lr,
      );
      const places = batch.map(({ index }) => index);
      requireFinite(
        "reward",
        step,
        { loss, "gradient norm": gradNorm },
        namesOf("rankings", places),
      );
      kept.update();
      const scores = outputs.flatMap((out) => Array.from(out.scores.data as Float32Array));
      const tokens = tokensOf(batch);
      const metrics: Record<string, number> = {
        loss,
        ...pairMetrics(batch, scores),
        grad_norm: gradNorm,
        lr,
        ...(ties && { tie_parameter: ties.parameter }),
        epoch: plan.epoch(step),
        padding_share: paddingShare(tokens, passes),
        tokens_per_second: tokensPerSecond(tokens, begun),
      };
      if (evaluator && isEvaluationDue(step, plan.totalSteps, config.evaluateEvery)) {
        const report = await evaluator.measure(evaluation);
        metrics["eval/loss"] = report.loss;
        metrics["eval/accuracy"] = report.accuracy;
        kept.evaluated(step, report.loss);
      }
      const learners = () => ({ model: { weights, optimizer: trainer.state() } });
      yield {
        step,
        totalSteps: plan.totalSteps,
        metrics,
        state: () => kept.addTo(packState(step, learners(), { kind: "reward", config }), "model"),
      };
    }
  } finally {
    kept.finish();
    await evaluator?.dispose();
    await trainer.dispose();
  }
}

function tokensOf(batch: readonly RankedRows[]): number {
  return batch.reduce((n, { rows }) => n + rows.reduce((m, row) => m + row.length, 0), 0);
}
