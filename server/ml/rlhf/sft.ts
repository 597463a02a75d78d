import { AppError } from "../../domain/app-error";
import { dropoutFeeds, dropoutInputs } from "../nn/dropout";
import { Random } from "../runtime/random";
import { compileTraining } from "../runtime/training";
import { passesByLength } from "./batch";
import { learningRateOf, parseConfig } from "./config";
import type { SftExample, TextModel } from "./data";
import { encodePairs, type TokenRow } from "./encode";
import { compileTokenLoss } from "./evaluate-lm";
import { frozenWeights } from "./frozen";
import { planBatches, rateAt } from "./plan";
import { sftConfig, type SftOptions } from "./sft-config";
import {
  packState,
  requireFinite,
  requireSameRun,
  type RunOptions,
  type Step,
  stopIfAborted,
  unpackLearner,
} from "./step";
import { predicted, tokenLoss, tokenLossFeeds, tokenLossInputs } from "./token-loss";
import { speedometer, update } from "./update";

export interface SftRunOptions extends RunOptions {
  /** Examples whose loss is measured every `evaluateEvery` updates and at the end: metric eval/loss. */
  evaluation?: readonly SftExample[];
}

/**
 * Supervised fine-tuning: cross-entropy on the completion's tokens, each of a batch weighing the same
 * however it is cut into passes. `model.weights` are updated in place; leave the loop to stop early.
 * Metrics: loss (nats a token), grad_norm, lr, tokens, epoch, tokens_per_second, eval/loss.
 */
export async function* trainSft(
  model: TextModel,
  data: readonly SftExample[],
  options: SftOptions = {},
  run: SftRunOptions = {},
): AsyncGenerator<Step, void> {
  const config = parseConfig(sftConfig, options, "sft");
  const encode = async (examples: readonly SftExample[], what: string): Promise<TokenRow[]> =>
    (await encodePairs(model, examples, config, (i) => `${what} ${i + 1}`)).filter(
      (row) => row !== null && predicted(row, config.trainOnPrompt) > 0,
    ) as TokenRow[];
  const rows = await encode(data, "example");
  if (rows.length === 0)
    throw new AppError(
      "bad-input",
      "there is no example to learn from; give at least one that fits",
    );
  const evaluation = run.evaluation ? await encode(run.evaluation, "evaluation example") : [];
  const plan = planBatches(rows.length, { ...config, random: new Random(config.seed).fork("sft") });
  const learningRate = config.learningRate ?? learningRateOf(model.config, 2e-5, 1e-3);
  if (run.resume) requireSameRun(run.resume, "sft", config);
  const { padId } = model.tokenizer;
  const wholeRow = config.trainOnPrompt;
  const trainer = compileTraining({
    ...run,
    weights: model.weights,
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
    state: run.resume && unpackLearner(run.resume, "model", model.weights),
  });
  const evaluator =
    evaluation.length > 0 ? await compileTokenLoss(model, { ...run, ...config }) : null;
  try {
    const dropouts = new Random(config.seed).fork("dropout");
    const speed = speedometer();
    for (let step = run.resume?.step ?? 0; step < plan.totalSteps; step++) {
      stopIfAborted(run.signal, "SFT", step);
      const batch = plan.batch(step).map((i) => rows[i]);
      const tokens = batch.reduce((n, row) => n + predicted(row, wholeRow), 0);
      const lr = rateAt(step, plan.totalSteps, { ...config, learningRate });
      const drawn = dropouts.fork(step);
      const passes = passesByLength(batch, config.tokensPerPass).map((pass, i) =>
        Object.assign(
          tokenLossFeeds(pass, { padId, weight: 1 / tokens, wholeRow }),
          dropoutFeeds(drawn.fork(i)),
        ),
      );
      const { loss, gradNorm } = await update(trainer, passes, lr);
      requireFinite("SFT", step + 1, { loss, "gradient norm": gradNorm });
      const metrics: Record<string, number> = {
        loss,
        grad_norm: gradNorm,
        lr,
        tokens,
        epoch: ((step + 1) * config.batchSize) / rows.length,
        tokens_per_second: speed(batch.reduce((n, row) => n + row.ids.length, 0)),
      };
      const last = step + 1 === plan.totalSteps;
      if (evaluator && (last || (step + 1) % (config.evaluateEvery ?? Infinity) === 0))
        metrics["eval/loss"] = (await evaluator.measure(evaluation, wholeRow)).loss;
      yield {
        step: step + 1,
        totalSteps: plan.totalSteps,
        metrics,
        state: () =>
          packState(
            step + 1,
            { model: { weights: model.weights, optimizer: trainer.state() } },
            { kind: "sft", config },
          ),
      };
    }
  } finally {
    await evaluator?.dispose();
    await trainer.dispose();
  }
}
