import type { Weights } from "../nn/model";
import type { OptimizerState } from "../runtime/training";
import { type RunOptions, unpackLearner } from "./step";

/** Puts a learner's weights of a checkpoint in place; the memory of its optimizer, or undefined in a new run. */
export type Restored = (name: string, weights: Weights) => OptimizerState | undefined;

export function restorer({ resume }: Pick<RunOptions, "resume">): Restored {
  return (name, weights) => resume && unpackLearner(resume, name, weights);
}
