import type { Weights } from "../ml/nn/model";
import { floatVector, ints, intVector } from "../ml/runtime/values";
import { Mismatch } from "./case";
import { expectClose, GRADIENT } from "./close";

export interface StepVectors {
  policy: string;
  value: string;
  v_head_weight?: number[][];
  v_head_bias?: number[];
  prompt_columns: number;
  input_ids: number[][];
  attention_mask: number[][];
  position_ids: number[][];
  response_mask: number[][];
  temperature: number;
  clip: number;
  value_clip: number | null;
  dual_clip: number | null;
  vf_coef: number;
  entropy_coef: number;
  old_logprobs: number[][];
  old_values: number[][];
  advantages_whitened: number[][];
  returns: number[][];
  new_logprobs: number[][];
  new_values: number[][];
  loss: number;
  policy_loss: number;
  value_loss: number;
  entropy: number;
  clipfrac: number;
  value_clipfrac: number;
  approxkl: number;
  ratio_mean: number;
  ptx?: {
    coefficient: number;
    input_ids: number[][];
    attention_mask: number[][];
    loss: number;
  } | null;
}

export const FORMULA = { abs: 1e-5, rel: 1e-5 };
export const LOGITS = { abs: 1e-4 };

/** The batch, and where log π and V of each real response token are read. */
export function placesOf(one: StepVectors) {
  const time = one.input_ids[0].length;
  const places = one.response_mask.flatMap((row, b) =>
    row.flatMap((is, t) => (is ? [[b, one.prompt_columns + t]] : [])),
  );
  return {
    ids: ints(one.input_ids),
    positions: ints(one.position_ids),
    segments: ints(one.attention_mask),
    // what token t is chosen by stands one column before it
    rows: intVector(places.map(([b, column]) => b * time + column - 1)),
    targets: intVector(places.map(([b, column]) => one.input_ids[b][column])),
    weights: floatVector(places.map(() => 1 / places.length)),
  };
}

export function expectGradients(got: Weights, expected: Weights | null, prefix: string): void {
  const keys = [...(expected?.keys() ?? [])].filter((key) => key.startsWith(prefix));
  if (keys.length === 0) throw new Mismatch("there is no gradient to compare with");
  for (const key of keys) {
    const { data } = expected!.get(key)!;
    const gradient = got.get(key.slice(prefix.length))?.data ?? new Float32Array(data.length);
    expectClose(`gradient of ${key}`, gradient, data, GRADIENT);
  }
}
