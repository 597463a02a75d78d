import { z } from "zod";
import type { LoraSettings } from "../nn/lora-settings";
import { option } from "./config";

const names = z.union([z.string().min(1), z.array(z.string().min(1))]);
const pattern = z.record(z.string(), z.number().positive());
const positive = z.number().positive();

/** What adapters (LoRA) beside a model's weights are like; the names are PEFT's, after "lora". */
export const loraOptions = {
  loraRank: option(
    z.int().positive().nullable().default(null),
    "Rank r of the adapters that learn in the weights' stead (LoRA); null for the weights themselves",
    "null; 8 to 64 is usual",
  ),
  loraAlpha: option(
    positive.nullable().default(null),
    "The adapters' product is scaled by alpha / r; null for 2 r",
    "null",
  ),
  loraDropout: option(
    z.number().min(0).lt(1).default(0),
    "Share of an adapter's input that is dropped in training",
    "0",
  ),
  loraTargetModules: option(
    names.default("all-linear"),
    'Beside which modules: endings of names in a list or with commas between, a regular expression, or "all-linear"',
    "all-linear: all but the head",
  ),
  loraExcludeModules: option(
    names.nullable().default(null),
    "Modules that are left out: endings of names, or a regular expression",
    "null",
  ),
  loraLayersToTransform: option(
    z.array(z.int().min(0)).nullable().default(null),
    "Only in these blocks, from 0; needs a list of target modules",
    "null: in all",
  ),
  loraRslora: option(
    z.boolean().default(false),
    "Scales by alpha / √r instead (Kalajdzievski 2023)",
    "false",
  ),
  loraRankPattern: option(
    pattern.default({}),
    'Other ranks for some modules: {"down_proj": 16}',
    "{}",
  ),
  loraAlphaPattern: option(pattern.default({}), "Other alphas for some modules", "{}"),
  loraModulesToSave: option(
    z.array(z.string().min(1)).default([]),
    "Modules that learn whole and are kept with the adapters; a reward model's score head always is",
    "[]",
  ),
};

export const zLora = z.object(loraOptions);
export type LoraOptions = z.output<typeof zLora>;

/** What the options ask for; null without adapters. */
export function loraSettingsOf(options: LoraOptions): LoraSettings | null {
  const { loraRank: rank } = options;
  if (rank === null) return null;
  return {
    rank,
    alpha: options.loraAlpha ?? 2 * rank,
    dropout: options.loraDropout,
    rslora: options.loraRslora,
    targetModules: namesOf(options.loraTargetModules),
    excludeModules: options.loraExcludeModules && namesOf(options.loraExcludeModules),
    layersToTransform: options.loraLayersToTransform,
    layersPattern: null,
    rankPattern: options.loraRankPattern,
    alphaPattern: options.loraAlphaPattern,
    modulesToSave: options.loraModulesToSave,
  };
}

/** Names with commas between are a list; what holds other signs is a regular expression. */
function namesOf(text: string | string[]): string | string[] {
  if (typeof text !== "string" || text === "all-linear") return text;
  return /^[\w.,\s]+$/.test(text) ? text.split(",").map((name) => name.trim()) : text;
}
