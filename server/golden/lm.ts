import { sum } from "../ml/graph/ops/reduce";
import { div, mul, neg } from "../ml/graph/ops/elementwise";
import { reshape } from "../ml/graph/ops/shape";
import { tokenLogProb } from "../ml/graph/ops/softmax";
import type { AdamWOptions } from "../ml/graph/optimizer";
import { atRows, decoder, logits } from "../ml/nn/decoder";
import { sequenceInputs } from "../ml/nn/inputs";
import type { Model } from "../ml/nn/model";
import { type Feeds, float32, int32 } from "../ml/runtime/feeds";
import { compileTraining } from "../ml/runtime/training";
import { floatVector, ints, intVector } from "../ml/runtime/values";

/** A padded batch as vector files write it. */
export interface BatchVectors {
  readonly input_ids: number[][];
  readonly attention_mask: number[][];
  readonly position_ids: number[][];
  /** −100 is not in the loss; label t is what column t − 1 predicts */
  readonly labels: number[][];
}

/** Sequences of whole tokens, each with the tokens of it that are predicted. */
export interface Sequences {
  readonly ids: number[][];
  readonly positions: number[][];
  /** 0 at padding */
  readonly segments: number[][];
  /** [row, column that predicts, id predicted, weight in the loss] */
  readonly targets: readonly (readonly [number, number, number, number])[];
}

export function sequencesOf(batch: BatchVectors): Sequences {
  const targets = batch.labels.flatMap((row, b) =>
    row.flatMap((id, t): [number, number, number, number][] =>
      t > 0 && id !== -100 ? [[b, t - 1, id, 1]] : [],
    ),
  );
  return {
    ids: batch.input_ids,
    positions: batch.position_ids,
    segments: batch.attention_mask,
    targets,
  };
}

/** The same with every real token predicted, the prompts' too. */
export function allTokens(batch: BatchVectors): Sequences {
  const labels = batch.input_ids.map((row, b) =>
    row.map((id, t) => (batch.attention_mask[b][t] && batch.attention_mask[b][t - 1] ? id : -100)),
  );
  return sequencesOf({ ...batch, labels });
}

const inputs = {
  ...sequenceInputs,
  rows: int32("tokens"),
  targets: int32("targets"),
  targetRows: int32("targets"),
  weights: float32("targets"),
};

/**
 * A language model with the loss Σ w·(−log p) / Σ w, through the same layers, gradients and
 * sessions that training uses.
 */
export function lossProgram(
  model: Model,
  optimizer?: Partial<AdamWOptions>,
  frozen?: (name: string) => boolean,
) {
  const trainer = compileTraining({
    weights: model.weights,
    inputs,
    optimizer,
    frozen,
    build({ inputs: x, params }) {
      const hidden = decoder(model.config, params, x);
      const all = logits(model.config, params, atRows(hidden, x.rows));
      const chosen = logits(model.config, params, atRows(hidden, x.targetRows));
      const logProbs = tokenLogProb(chosen, x.targets);
      const loss = div(neg(sum(mul(logProbs, x.weights))), sum(x.weights));
      return { loss: reshape(loss, []), outputs: { logits: all, logProbs } };
    },
  });
  return {
    /** @returns logits [batch·time, vocab] in reading order, log-probabilities of the targets, loss */
    async forward(sequences: Sequences) {
      const { loss, logits: all, logProbs } = await trainer.forward(feedsOf(sequences));
      return {
        loss: Number(loss.data[0]),
        logits: all.data as Float32Array,
        logProbs: logProbs.data as Float32Array,
      };
    },
    gradients: async (sequences: Sequences) =>
      (await trainer.gradients(feedsOf(sequences))).gradients,
    /** @returns the loss */
    accumulate: async (sequences: Sequences, share: number) =>
      Number((await trainer.accumulate(feedsOf(sequences), share)).loss.data[0]),
    apply: (lr: number) => trainer.apply({ lr }),
    dispose: () => trainer.dispose(),
  };
}

function feedsOf({ ids, positions, segments, targets }: Sequences): Feeds<keyof typeof inputs> {
  const time = ids[0].length;
  return {
    ids: ints(ids),
    positions: ints(positions),
    segments: ints(segments),
    rows: intVector(Array.from({ length: ids.length * time }, (_, i) => i)),
    targets: intVector(targets.map(([, , id]) => id)),
    targetRows: intVector(targets.map(([b, t]) => b * time + t)),
    weights: floatVector(targets.map(([, , , weight]) => weight)),
  };
}
