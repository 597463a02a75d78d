import { AppError } from "../../domain/app-error";
import type { Weights } from "../nn/model";
import type { TextModel } from "./data";
import { copyModel } from "../nn/lora";
import type { TrainingState } from "./step";

export interface KeptOptions {
  emaDecay: number | null;
  keepBest: boolean;
}

/**
 * Which weights of a run become the model: the last ones, their moving average, or the best that were
 * evaluated. `model.weights` always hold them; with an average, what learns is a copy.
 */
export class KeptWeights {
  /** What learns. */
  readonly live: TextModel;
  readonly #decay: number | null;
  #updates = 0;
  readonly #keepBest: boolean;
  #best: { weights: Weights; step: number; loss: number } | null = null;

  constructor(
    private readonly model: TextModel,
    { emaDecay, keepBest }: KeptOptions,
    resume?: TrainingState,
  ) {
    this.#decay = emaDecay;
    this.#keepBest = keepBest;
    this.live = emaDecay === null ? model : copyModel(model);
    if (!resume) return;
    const { averageUpdates = 0, best } = resume.json.kept ?? {};
    this.#updates = averageUpdates;
    if (emaDecay !== null) restore(resume, "average", model.weights);
    if (best) {
      this.#best = { weights: copyModel(model).weights, ...best };
      restore(resume, "best", this.#best.weights);
    }
  }

  /** Moves the average after an update: one pass over the weights. */
  update(): void {
    if (this.#decay === null) return;
    this.#updates += 1;
    const share = 1 - emaDecayAt(this.#updates, this.#decay);
    for (const [name, { data }] of this.model.weights) {
      const from = this.live.weights.get(name)!.data;
      if (from === data) continue; // frozen under adapters
      for (let i = 0; i < data.length; i++) data[i] += share * (from[i] - data[i]);
    }
  }

  /** Keeps the model as it is if it is the best so far. @param loss held-out, after update `step` */
  evaluated(step: number, loss: number): void {
    if (!this.#keepBest || loss >= (this.#best?.loss ?? Infinity)) return;
    if (this.#best) copyInto(this.#best.weights, this.model.weights);
    this.#best = { weights: this.#best?.weights ?? copyModel(this.model).weights, step, loss };
  }

  /**
   * Adds to a checkpoint's state what it needs of them beside the learner.
   * @param learner its name in the state: what has moments there learns, the rest stays as it began
   */
  addTo(state: TrainingState, learner: string): TrainingState {
    const tensors: Weights = new Map(state.tensors);
    const keep = (name: string, weights: Weights): void => {
      for (const [key, tensor] of weights)
        if (state.tensors.has(`${learner}.adam.m.${key}`)) tensors.set(`${name}.${key}`, tensor);
    };
    if (this.#decay !== null) keep("average", this.model.weights);
    if (this.#best) keep("best", this.#best.weights);
    const best = this.#best && { step: this.#best.step, loss: this.#best.loss };
    const kept = { averageUpdates: this.#updates, ...(best && { best }) };
    return { ...state, tensors, json: { ...state.json, kept } };
  }

  /** The run has ended, or was left: the model becomes the best, where that is kept. */
  finish(): void {
    if (this.#best) copyInto(this.model.weights, this.#best.weights);
  }
}

function copyInto(target: Weights, source: Weights): void {
  for (const [name, { data }] of target) data.set(source.get(name)!.data);
}

function restore({ tensors }: TrainingState, name: string, weights: Weights): void {
  for (const [key, { data }] of weights) {
    const saved = tensors.get(`${name}.${key}`);
    if (saved) data.set(saved.data);
  }
}

/**
 * Decay of update `t` (from 1): (1 + t)/(10 + t) until that reaches `decay`, as in TensorFlow, so that a
 * short run's average does not stay where it started.
 */
export function emaDecayAt(t: number, decay: number): number {
  return Math.min(decay, (1 + t) / (10 + t));
}

/** @throws bad-input where the best is to be kept and is never told from others */
export function requireEvaluation(
  {
    keepBest,
    evaluateEvery,
    patience = null,
  }: { keepBest: boolean; evaluateEvery: number | null; patience?: number | null },
  evaluation: readonly unknown[],
): void {
  if (patience !== null && (evaluation.length === 0 || evaluateEvery === null))
    throw new AppError(
      "bad-input",
      "patience counts evaluations without a lower loss: give evaluation data (--eval) and evaluateEvery, or leave patience out",
    );
  if (!keepBest) return;
  if (evaluation.length === 0)
    throw new AppError(
      "bad-input",
      "keepBest keeps the weights of the lowest held-out loss, but there is no evaluation data; give some (--eval), or leave keepBest out",
    );
  if (evaluateEvery === null)
    throw new AppError(
      "bad-input",
      "keepBest chooses among evaluations, but there is only the one at the end; set evaluateEvery, or leave keepBest out",
    );
}
