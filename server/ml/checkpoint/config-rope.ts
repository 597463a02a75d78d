import { z } from "zod";
import type { Rope, RopeScaling } from "../nn/config";
import { type Json, refuse, size } from "./config-common";

const number = z.number();
const positive = number.positive();

/** Every key that transformers knows of rotary positions: another means another computation. */
const zScaling = z.strictObject({
  rope_type: z.string().nullish(),
  type: z.string().nullish(),
  rope_theta: positive.nullish(),
  partial_rotary_factor: positive.max(1).nullish(),
  factor: positive.nullish(),
  original_max_position_embeddings: size.nullish(),
  low_freq_factor: positive.nullish(),
  high_freq_factor: positive.nullish(),
  attention_factor: number.nullish(),
  beta_fast: number.nullish(),
  beta_slow: number.nullish(),
  mscale: number.nullish(),
  mscale_all_dim: number.nullish(),
  truncate: z.boolean().nullish(),
  long_factor: z.unknown().optional(),
  short_factor: z.unknown().optional(),
  finetuned: z.unknown().optional(), // a note of yarn's authors
});
type Scaling = z.infer<typeof zScaling>;

/** transformers 5 writes rope_parameters; 4 rope_scaling and its companions. */
export const ropeOptions = {
  rope_theta: positive.nullish(),
  rope_scaling: zScaling.nullish(),
  rope_parameters: zScaling.nullish(),
  partial_rotary_factor: positive.max(1).nullish(),
  original_max_position_embeddings: size.nullish(),
};

interface RopeJson {
  readonly max_position_embeddings: number;
  readonly rope_theta?: number | null;
  readonly rope_scaling?: Scaling | null;
  readonly rope_parameters?: Scaling | null;
  readonly partial_rotary_factor?: number | null;
  readonly original_max_position_embeddings?: number | null;
}

/** What a family takes for what is in neither place. */
interface RopeDefaults {
  readonly theta: number;
  readonly partial: number;
}

/** @returns the rotary positions, and the longest sequence that they are for, in tokens */
export function ropeOf(
  json: RopeJson,
  { theta, partial }: RopeDefaults,
  headDim: number,
  file: string,
): { rope: Rope; context: number } {
  const written = isEmpty(json.rope_scaling) ? json.rope_parameters : json.rope_scaling;
  const options: Scaling = written ?? {};
  const rope = {
    theta: options.rope_theta ?? theta,
    scaling: scalingOf(options, json, file),
    partial: options.partial_rotary_factor ?? partial,
  };
  const dims = Math.floor(headDim * rope.partial);
  const { type = "default" } = rope.scaling ?? {};
  if (dims < 1 || 2 * Math.ceil(dims / 2) > headDim || (type === "yarn" && dims % 2 !== 0)) {
    throw refuse(
      file,
      `rotary positions turn pairs of a head's numbers: ${dims} of ${headDim} cannot be turned`,
    );
  }
  if (type === "dynamic" && dims <= 2)
    throw refuse(file, `rope type "dynamic" needs more than ${dims} turned numbers a head`);
  const max = json.max_position_embeddings;
  const context = rope.scaling?.type === "dynamic" ? Math.ceil(max * rope.scaling.factor) : max;
  const { partial: part, ...whole } = rope;
  return { rope: part === 1 ? whole : { ...whole, partial: part }, context };
}

function isEmpty(options: object | null | undefined): boolean {
  return !options || Object.keys(options).length === 0;
}

function scalingOf(options: Scaling, json: RopeJson, file: string): RopeScaling | null {
  const type = options.rope_type ?? options.type ?? "default";
  const trainedContext = json.max_position_embeddings;
  const originalContext =
    json.original_max_position_embeddings ??
    options.original_max_position_embeddings ??
    trainedContext;
  const need = (key: "factor" | "low_freq_factor" | "high_freq_factor"): number => {
    const value = options[key];
    if (value === undefined || value === null)
      throw refuse(file, `rope type "${type}" needs ${key}`);
    return value;
  };
  if (type === "default") return null;
  if (type === "linear") return { type, factor: need("factor") };
  if (type === "dynamic") return { type, factor: need("factor"), trainedContext };
  if (type === "llama3") {
    return {
      type,
      factor: need("factor"),
      lowFreqFactor: need("low_freq_factor"),
      highFreqFactor: need("high_freq_factor"),
      originalContext,
    };
  }
  if (type === "yarn") {
    const factor = options.factor === null ? trainedContext / originalContext : need("factor");
    return {
      type,
      factor,
      originalContext,
      betaFast: options.beta_fast || 32,
      betaSlow: options.beta_slow || 1,
      truncate: options.truncate !== null && (options.truncate ?? true),
      attentionFactor: options.attention_factor ?? yarnAttention(factor, options),
    };
  }
  throw refuse(
    file,
    `rope type "${type}" is not supported: expected default, linear, dynamic, llama3 or yarn`,
  );
}

/** 0.1·ln(factor) + 1 (Peng et al. 2023), or the ratio of two such (DeepSeek). */
function yarnAttention(factor: number, { mscale, mscale_all_dim: all }: Scaling): number {
  const scale = (by: number): number => (factor <= 1 ? 1 : 0.1 * by * Math.log(factor) + 1);
  return mscale && all ? scale(mscale) / scale(all) : scale(1);
}

/** rope_scaling, which transformers 4 and 5 both read. */
export function ropeScalingJson({ scaling }: Rope): Json | null {
  if (scaling === null) return null;
  if (scaling.type === "linear" || scaling.type === "dynamic")
    return { rope_type: scaling.type, factor: scaling.factor };
  const stretch = {
    rope_type: scaling.type,
    factor: scaling.factor,
    original_max_position_embeddings: scaling.originalContext,
  };
  if (scaling.type === "llama3") {
    return {
      ...stretch,
      low_freq_factor: scaling.lowFreqFactor,
      high_freq_factor: scaling.highFreqFactor,
    };
  }
  return {
    ...stretch,
    attention_factor: scaling.attentionFactor,
    beta_fast: scaling.betaFast,
    beta_slow: scaling.betaSlow,
    truncate: scaling.truncate,
  };
}

/** max_position_embeddings: what dynamic scaling starts from, else the longest sequence. */
export function maxPositions(rope: Rope, context: number): number {
  return rope.scaling?.type === "dynamic" ? rope.scaling.trainedContext : context;
}
