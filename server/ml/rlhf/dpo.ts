import { AppError } from "../../domain/app-error";
import type { Model } from "../nn/model";
import { compileInference, type Inference } from "../runtime/inference";
import { Random } from "../runtime/random";
import { compileTraining } from "../runtime/training";
import { passesByLength, splitPasses } from "./batch";
import { learningRateOf, isEvaluationDue, parseConfig } from "./config";
import { checkRanking, type RankedExample, type TextModel } from "./data";
import { type DpoConfig, dpoConfig, type DpoTrainingOptions } from "./dpo-config";
import {
  type Answered,
  answerFeeds,
  answerInputs,
  answerLogProbs,
  dpoFeeds,
  dpoInputs,
  dpoLoss,
} from "./dpo-graph";
import { encodePairs } from "./encode";
import { dpoPairLoss } from "./formulas/dpo";
import { impliedPairs, type Pair, pairsAmong, pairShares } from "./formulas/kwise";
import { frozenWeights } from "./frozen";
import { KeptWeights, requireEvaluation } from "./kept-weights";
import { longestOf, requireMemory } from "./memory";
import { planBatches, rateAt } from "./plan";
import { requireLanguageHead } from "./reward-model";
import { restorer } from "./restored";
import {
  packState,
  requireFinite,
  requireSameRun,
  type RunOptions,
  type Step,
  stopIfAborted,
} from "./step";
import { tokensPerSecond, update } from "./update";

/** A ranking as answers to one prompt, with what the frozen reference makes of each. */
interface RankedAnswers {
  answers: Answered[];
  pairs: Pair[];
  weight: number;
}

export interface DpoRunOptions extends RunOptions {
  /** Rankings of other prompts: metrics eval/loss and eval/accuracy. */
  evaluation?: readonly RankedExample[];
  /** Frozen, what margins are measured from. Default: the policy as it is at the start. */
  reference?: Model;
}

/**
 * Direct preference optimisation on rankings (a pair is a ranking of two): all pairs of a ranking in one
 * batch element, one forward pass a completion. `policy.weights` are updated in place.
 * Metrics: loss, rewards/chosen, rewards/rejected (β·Δ, means over pairs), rewards/margins,
 * rewards/accuracies, logps/chosen, logps/rejected (nats an answer), grad_norm, lr, pairs, epoch,
 * tokens_per_second, eval/loss, eval/accuracy.
 */
export async function* trainDpo(
  model: TextModel,
  data: readonly RankedExample[],
  options: DpoTrainingOptions = {},
  run: DpoRunOptions = {},
): AsyncGenerator<Step, void> {
  const config = parseConfig(dpoConfig, options, "dpo");
  requireLanguageHead(model);
  requireEvaluation(config, run.evaluation ?? []);
  if (run.resume) requireSameRun(run.resume, "dpo", config, dpoConfig);
  const measure = await compileAnswers(run.reference ?? model, run);
  const encode = async (rows: readonly RankedExample[], what: string) =>
    await withReference(await encodeAnswers(model, rows, config, what), measure, model, config);
  let rankings: RankedAnswers[];
  let heldOut: RankedAnswers[];
  try {
    // before the policy moves or is restored: it may be the reference
    rankings = await encode(data, "ranking");
    heldOut = await encode(run.evaluation ?? [], "held-out ranking");
  } finally {
    await measure.dispose();
  }
  if (rankings.length === 0)
    throw new AppError(
      "bad-input",
      "no ranking orders two completions: there is nothing to learn; rank some, and do not tie them all",
    );
  const random = new Random(config.seed).fork("dpo");
  const plan = planBatches(
    rankings.map((ranking) => sizeOf(ranking).longest),
    { ...config, random },
  );
  const completions = Math.max(...rankings.map(({ answers }) => answers.length));
  const bytes = requireMemory("DPO", {
    learners: [model.config],
    readers: run.reference ? [run.reference.config] : [],
    rows: Math.min(config.batchSize, rankings.length) * completions,
    together: completions,
    length: longestOf(rankings.flatMap(({ answers }) => answers)),
    tokensPerPass: config.tokensPerPass,
    recompute: config.recompute,
  });
  run.planned?.(bytes);
  const kept = new KeptWeights(model, config, run.resume);
  const policy = kept.live;
  const learningRate = config.learningRate ?? learningRateOf(policy.config, 1e-6, 1e-4);
  const trainer = compileTraining({
    provider: run.provider,
    threads: run.threads,
    recompute: config.recompute,
    lanes: "auto",
    weights: policy.weights,
    inputs: dpoInputs,
    build: ({ inputs, params }) => {
      const { loss, logProbs } = dpoLoss(policy.config, params, inputs, config);
      return { loss, outputs: { logProbs } };
    },
    optimizer: {
      beta1: config.beta1,
      beta2: config.beta2,
      eps: config.adamEpsilon,
      weightDecay: config.weightDecay,
      clipNorm: config.gradientClip,
    },
    frozen: frozenWeights(policy, config),
    state: restorer(run)("model", policy.weights),
  });
  // of the model as it will be kept: with a moving average that is not what learns
  const evaluator = await compileAnswers(model, run);
  const feedsOf = (
    passes: readonly RankedAnswers[][],
    weights: ReadonlyMap<RankedAnswers, number>,
  ) => passes.map((pass) => feedsOfPass(pass, weights, policy, config));
  try {
    for (let step = run.resume?.step ?? 0; step < plan.totalSteps; step++) {
      stopIfAborted(run.signal, "DPO", step);
      const begun = performance.now();
      const batch = plan.batch(step).map((i) => rankings[i]);
      const lr = rateAt(step, plan.totalSteps, { ...config, learningRate });
      const passes = splitPasses(
        batch,
        sizeOf,
        config.tokensPerPass,
        config.microBatchSize,
        trainer.lanes,
      );
      const feeds = feedsOf(passes, pairWeights(batch, config));
      const { loss, gradNorm, outputs } = await update(trainer, feeds, lr);
      requireFinite("DPO", step + 1, { loss, "gradient norm": gradNorm });
      kept.update();
      const logProbs = outputs.flatMap((pass) => Array.from(pass.logProbs.data as Float32Array));
      const { meanLoss: _, ...metrics } = pairMetrics(batch, logProbs, config);
      const due = isEvaluationDue(step + 1, plan.totalSteps, config.evaluateEvery);
      const evaluation = due ? await evaluated() : {};
      if (evaluation["eval/loss"] !== undefined) kept.evaluated(step + 1, evaluation["eval/loss"]);
      const tokens = batch
        .flatMap(({ answers }) => answers)
        .reduce((n, { ids }) => n + ids.length, 0);
      yield {
        step: step + 1,
        totalSteps: plan.totalSteps,
        metrics: {
          loss,
          ...metrics,
          grad_norm: gradNorm,
          lr,
          epoch: plan.epoch(step + 1),
          tokens_per_second: tokensPerSecond(tokens, begun),
          ...evaluation,
        },
        state: () =>
          kept.addTo(
            packState(
              step + 1,
              { model: { weights: policy.weights, optimizer: trainer.state() } },
              { kind: "dpo", config },
            ),
            "model",
          ),
      };
    }
  } finally {
    kept.finish();
    await trainer.dispose();
    await evaluator.dispose();
  }

  async function evaluated(): Promise<Record<string, number>> {
    if (heldOut.length === 0) return {};
    const logProbs: number[] = [];
    for (const pass of splitPasses(heldOut, sizeOf, config.tokensPerPass)) {
      const answers = pass.flatMap((ranking) => ranking.answers);
      const { padId } = model.tokenizer;
      const feeds = answerFeeds(answers, { padId, average: config.averageLogProbs });
      logProbs.push(...((await evaluator.run(feeds)).logProbs.data as Float32Array));
    }
    const all = pairMetrics(heldOut, logProbs, config);
    return { "eval/loss": all.meanLoss, "eval/accuracy": all["rewards/accuracies"] };
  }
}

/** log π of answers by a frozen model. */
function compileAnswers(
  { config, weights }: Model,
  { provider, threads }: RunOptions,
): Promise<Inference<keyof typeof answerInputs, "logProbs">> {
  return compileInference({
    provider,
    threads,
    weights,
    inputs: answerInputs,
    build: ({ inputs, params }) => ({ logProbs: answerLogProbs(config, params, inputs) }),
  });
}

async function encodeAnswers(
  policy: TextModel,
  data: readonly RankedExample[],
  config: DpoConfig,
  what: string,
): Promise<RankedAnswers[]> {
  data.forEach(checkRanking);
  const owner = data.flatMap(({ completions }, i) => completions.map(() => i));
  const encoded = await encodePairs(
    policy,
    data.flatMap(({ prompt, completions }) =>
      completions.map((completion) => ({ prompt, completion })),
    ),
    config,
    (i) => `${what} ${owner[i] + 1}`,
  );
  let next = 0;
  return data.flatMap(({ completions, groups, weight = 1 }) => {
    const rows = encoded.slice(next, (next += completions.length));
    const pairs = impliedPairs(groups);
    if (pairs.length === 0 || weight === 0 || rows.includes(null)) return [];
    const answers = rows.map((row) => Object.assign(row!, { reference: 0 }));
    return [{ answers, pairs, weight }];
  });
}

async function withReference(
  rankings: RankedAnswers[],
  program: Inference<keyof typeof answerInputs, "logProbs">,
  { tokenizer }: TextModel,
  { tokensPerPass, averageLogProbs: average }: DpoConfig,
): Promise<RankedAnswers[]> {
  const all = rankings.flatMap(({ answers }) => answers);
  for (const pass of passesByLength(all, tokensPerPass)) {
    const { logProbs } = await program.run(answerFeeds(pass, { padId: tokenizer.padId, average }));
    pass.forEach((answer, i) => (answer.reference = Number(logProbs.data[i])));
  }
  return rankings;
}

/** What each pair of a ranking weighs in its batch. */
function pairWeights(
  batch: readonly RankedAnswers[],
  config: DpoConfig,
): Map<RankedAnswers, number> {
  const share = pairShares(
    batch.map(({ weight, answers, pairs }) => ({
      weight,
      pairs: pairs.length,
      most: pairsAmong(answers.length),
    })),
    config,
  );
  return new Map(batch.map((ranking, i) => [ranking, share[i]]));
}

function feedsOfPass(
  pass: readonly RankedAnswers[],
  weights: ReadonlyMap<RankedAnswers, number>,
  { tokenizer }: TextModel,
  { averageLogProbs: average }: DpoConfig,
) {
  let first = 0;
  const pairs = pass.flatMap((ranking) => {
    const start = first;
    first += ranking.answers.length;
    const weight = weights.get(ranking)!;
    return ranking.pairs.map(({ chosen, rejected }) => ({
      chosen: start + chosen,
      rejected: start + rejected,
      weight,
    }));
  });
  const answers = pass.flatMap((ranking) => ranking.answers);
  return dpoFeeds(answers, pairs, { padId: tokenizer.padId, average });
}

function sizeOf({ answers }: RankedAnswers): { rows: number; longest: number } {
  return { rows: answers.length, longest: Math.max(...answers.map(({ ids }) => ids.length)) };
}

/** Means over all pairs. @param logProbs of all answers of the batch, in order */
function pairMetrics(
  batch: readonly RankedAnswers[],
  logProbs: readonly number[],
  config: DpoConfig,
) {
  const sums = {
    chosen: 0,
    rejected: 0,
    right: 0,
    logChosen: 0,
    logRejected: 0,
    loss: 0,
    pairs: 0,
  };
  let first = 0;
  for (const { answers, pairs } of batch) {
    const ahead = answers.map(({ reference }, i) => logProbs[first + i] - reference);
    for (const { chosen, rejected } of pairs) {
      const h = ahead[chosen] - ahead[rejected];
      sums.chosen += config.beta * ahead[chosen];
      sums.rejected += config.beta * ahead[rejected];
      sums.right += h > 0 ? 1 : h === 0 ? 0.5 : 0;
      sums.logChosen += logProbs[first + chosen];
      sums.logRejected += logProbs[first + rejected];
      sums.loss += dpoPairLoss(h, config).loss;
      sums.pairs += 1;
    }
    first += answers.length;
  }
  const { pairs } = sums;
  return {
    "rewards/chosen": sums.chosen / pairs,
    "rewards/rejected": sums.rejected / pairs,
    "rewards/margins": (sums.chosen - sums.rejected) / pairs,
    "rewards/accuracies": sums.right / pairs,
    "logps/chosen": sums.logChosen / pairs,
    "logps/rejected": sums.logRejected / pairs,
    meanLoss: sums.loss / pairs,
    pairs,
  };
}
