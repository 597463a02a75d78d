import { existsSync } from "node:fs";
import path from "node:path";
import { loadWeights } from "../ml/checkpoint/load-model";
import { sequenceInputs } from "../ml/nn/inputs";
import { impliedPairs } from "../ml/rlhf/formulas/kwise";
import { responseValues } from "../ml/rlhf/ppo-graph";
import { rankingFeeds, rankingInputs, rankingLoss } from "../ml/rlhf/reward-graph";
import { createScorer } from "../ml/rlhf/score";
import type { Model } from "../ml/nn/model";
import type { TextModel } from "../ml/rlhf/data";
import { int32 } from "../ml/runtime/feeds";
import { compileInference } from "../ml/runtime/inference";
import { compileTraining } from "../ml/runtime/training";
import { intVector, ints } from "../ml/runtime/values";
import { type Cases, Mismatch } from "./case";
import { hasKeys, type JsonChecker, type Place } from "./checker";
import { expectClose, GRADIENT } from "./close";
import { tensorsOf } from "./models";

interface ScoredBatch {
  input_ids: number[][];
  attention_mask: number[][];
  position_ids: number[][];
  scores_transformers: number[];
  scores_every_token: number[][];
}
interface ScoredRows {
  rows: number[][];
  right: ScoredBatch;
  left: ScoredBatch;
}
interface KwiseStep {
  prompts: {
    prompt: number[];
    completions: number[][];
    groups: number[][];
    scores: number[];
    loss: number;
  }[];
  loss: number;
}
interface RewardVectors {
  no_eos: ScoredRows;
  with_eos: ScoredRows;
  kwise_step?: KwiseStep;
}

const SCORES = { abs: 1e-4 };

/** A reward model: the score transformers gives, with and without eos; one K-wise step. */
export const rewardModelChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "no_eos", "with_eos"),
  async run(cases, place, value) {
    const vectors = value as RewardVectors;
    const model = await loadWeights(place.folder.dir);
    // scoring rows of ids needs no tokenizer
    const scorer = await createScorer([model as unknown as TextModel]);
    for (const key of ["no_eos", "with_eos"] as const) {
      const { rows, right, left } = vectors[key];
      await cases.check(`${place.name} ${key} scores`, async () => {
        const got = await scorer.scoreIds(rows);
        expectClose("scores", got, right.scores_transformers, SCORES);
        expectClose("scores, left", got, left.scores_transformers, SCORES);
      });
      for (const [side, batch] of Object.entries({ right, left })) {
        await cases.check(`${place.name} ${key} every token, ${side}`, async () => {
          const got = await everyToken(model, batch);
          const real = batch.attention_mask.flat();
          expectClose("scores", got, batch.scores_every_token.flat(), SCORES, real);
        });
      }
    }
    await scorer.dispose();
    if (vectors.kwise_step) await kwiseStep(cases, place, model, vectors.kwise_step);
  },
};

/** Values as a value network gives them. @returns [batch·time] */
async function everyToken(model: Model, batch: ScoredBatch): Promise<Float32Array> {
  const program = await compileInference({
    weights: model.weights,
    inputs: { ...sequenceInputs, rows: int32("tokens") },
    build: ({ inputs, params }) => ({ values: responseValues(model.config, params, inputs) }),
  });
  const count = batch.input_ids.flat().length;
  const { values } = await program.run({
    ids: ints(batch.input_ids),
    positions: ints(batch.position_ids),
    segments: ints(batch.attention_mask),
    rows: intVector(Array.from({ length: count }, (_, i) => i)),
  });
  await program.dispose();
  return values.data as Float32Array;
}

/** All completions of all prompts in one batch, as training has them. */
async function kwiseStep(
  cases: Cases,
  { name, folder }: Place,
  model: Model,
  step: KwiseStep,
): Promise<void> {
  const trainer = compileTraining({
    weights: model.weights,
    inputs: rankingInputs,
    build: ({ inputs, params }) => {
      const options = { labelSmoothing: 0, centring: 0 };
      const { loss, scores } = rankingLoss(model.config, params, inputs, options);
      return { loss, outputs: { scores } };
    },
  });
  const rankings = step.prompts.map(({ prompt, completions, groups }) => ({
    rows: completions.map((completion) => [...prompt, ...completion]),
    pairs: impliedPairs(groups),
    weight: 1,
  }));
  const feeds = rankingFeeds(rankings, model.config.padId, ({ rows: { length: k } }) => {
    return 1 / rankings.length / ((k * (k - 1)) / 2); // the vectors divide by C(K, 2) throughout
  });
  const { outputs, gradients } = await trainer.gradients(feeds);
  await trainer.dispose();
  await cases.check(`${name} K-wise step scores`, () => {
    const expected = step.prompts.flatMap(({ scores }) => scores);
    expectClose("scores", outputs.scores.data as Float32Array, expected, SCORES);
  });
  await cases.check(`${name} K-wise step loss`, () => {
    expectClose("loss", Number(outputs.loss.data[0]), step.loss, { abs: 1e-5, rel: 1e-5 });
  });
  await cases.check(`${name} K-wise step gradients`, async () => {
    if (!existsSync(path.join(folder.dir, "grads.safetensors"))) throw new Mismatch("no gradients");
    for (const [key, { data }] of (await tensorsOf(folder, "grads.safetensors"))!) {
      const got = gradients.get(key)?.data ?? new Float32Array(data.length);
      expectClose(`gradient of ${key}`, got, data, GRADIENT);
    }
  });
}
