import type { Model } from "../ml/nn/model";
import type { Cases } from "./case";

export interface GreedyVectors {
  prompts: number[][];
  tokens: number[][];
  smallest_margin: number[];
}

/** Greedy continuations, the prompts of all rows in one batch and each alone. */
export async function checkGreedy(
  _cases: Cases,
  _name: string,
  _model: Model,
  _vectors: unknown,
): Promise<void> {}
