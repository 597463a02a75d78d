import { drawing, dropoutInputs } from "../nn/dropout";
import { Random } from "../runtime/random";
import { compileTraining } from "../runtime/training";
import { learningRateOf, isEvaluationDue, parseConfig } from "./config";
import type { SftExample, TextModel } from "./data";
import { compileTokenLoss } from "./evaluate-lm";
import { frozenWeights } from "./frozen";
import { KeptWeights, requireEvaluation } from "./kept-weights";
import { longestOf, requireMemory } from "./memory";
import { planBatches, rateAt } from "./plan";
import { sftConfig, type SftOptions } from "./sft-config";
import { encodeExamples, sftPasses } from "./sft-data";
import { openSftSamples } from "./sft-samples";
import {
  namesOf,
  packState,
  requireFinite,
  requireSameRun,
  type RunOptions,
  type Sample,
  type Step,
  stopIfAborted,
  unpackLearner,
} from "./step";
import { predicted, tokenLoss, tokenLossInputs } from "./token-loss";
import { paddingShare, tokensPerSecond, update } from "./update";

export interface SftRunOptions extends RunOptions {
  /** Examples whose loss is measured every `evaluateEvery` updates and at the end: metric eval/loss. */
  evaluation?: readonly SftExample[];
}

/**
 * Supervised fine-tuning: cross-entropy on the completion's tokens, each of a batch weighing the same
 * however it is cut into passes. `model.weights` are updated in place; leave the loop to stop early.
 * Metrics: loss (nats a token), grad_norm, lr, tokens (predicted), epoch, padding_share,
 * tokens_per_second (without padding), eval/loss.
 */
export async function* trainSft(
  model: TextModel,
  data: readonly SftExample[],
  options: SftOptions = {},
  run: SftRunOptions = {},
): AsyncGenerator<Step, void> {
  const config = parseConfig(sftConfig, options, "sft");
  const evaluated = run.evaluation ?? [];
  requireEvaluation(config, evaluated);
  if (run.resume?.json.stopped) return;
  const rows = await encodeExamples(model, data, config, "example", run.note);
  const evaluation =
    evaluated.length === 0
      ? []
      : await encodeExamples(model, evaluated, config, "evaluation example", run.note);
  const plan = planBatches(
    rows.map(({ ids }) => ids.length),
    { ...config, random: new Random(config.seed).fork("sft") },
  );
  const learningRate = config.learningRate ?? learningRateOf(model.config, 2e-5, 1e-3);
  if (run.resume) requireSameRun(run.resume, "sft", config, sftConfig);
  const bytes = requireMemory("SFT", {
    learners: [model.config],
    rows: Math.min(config.batchSize, rows.length),
    length: longestOf(rows),
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
    inputs: { ...tokenLossInputs, ...dropoutInputs },
    build: ({ inputs, params }) => ({
      loss: tokenLoss(model.config, params.dropping(inputs.dropout), inputs).loss,
    }),
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
    evaluation.length > 0 ? await compileTokenLoss(model, { ...run, ...config }) : null;
  const samples = await openSftSamples(model, evaluated, config, run);
  let waiting = run.resume?.json.waiting ?? { loss: Infinity, since: 0 };
  const dropouts = new Random(config.seed).fork("dropout");
  try {
    for (let done = run.resume?.step ?? 0; done < plan.totalSteps; done++) {
      stopIfAborted(run.signal, "SFT", done);
      const begun = performance.now();
      const step = done + 1;
      const batch = plan.batch(done).map((i) => rows[i]);
      const lr = rateAt(done, plan.totalSteps, { ...config, learningRate });
      const passes = sftPasses(batch, config, model, trainer.lanes);
      const { loss, gradNorm } = await update(trainer, drawing(passes, dropouts.fork(done)), lr);
      const examples = namesOf(
        "examples",
        batch.map(({ index }) => index),
      );
      requireFinite("SFT", step, { loss, "gradient norm": gradNorm }, examples);
      kept.update();
      const tokens = batch.reduce((n, { ids }) => n + ids.length, 0);
      const metrics: Record<string, number> = {
        loss,
        grad_norm: gradNorm,
        lr,
        tokens: batch.reduce((n, row) => n + predicted(row, config.trainOnPrompt), 0),
        epoch: plan.epoch(step),
        padding_share: paddingShare(tokens, passes),
        tokens_per_second: tokensPerSecond(tokens, begun),
      };
      let shown: Sample[] = [];
      if (evaluator && isEvaluationDue(step, plan.totalSteps, config.evaluateEvery)) {
        const report = await evaluator.measure(evaluation, config.trainOnPrompt);
        metrics["eval/loss"] = report.loss;
        kept.evaluated(step, report.loss);
        const { loss: best, since } = waiting;
        waiting =
          report.loss < best ? { loss: report.loss, since: 0 } : { loss: best, since: since + 1 };
        shown = (await samples?.draw()) ?? [];
      }
      const stopped = config.patience !== null && waiting.since >= config.patience;
      const next = { stopped, ...(waiting.loss < Infinity && { waiting }) };
      const learners = () => ({ model: { weights, optimizer: trainer.state() } });
      yield {
        step,
        totalSteps: stopped ? step : plan.totalSteps,
        metrics,
        samples: shown,
        state: () =>
          kept.addTo(packState(step, learners(), { kind: "sft", config, ...next }), "model"),
      };
      if (stopped) return;
    }
  } finally {
    kept.finish();
    await evaluator?.dispose();
    await samples?.dispose();
    await trainer.dispose();
  }
}
