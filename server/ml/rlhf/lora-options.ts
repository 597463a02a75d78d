import { z } from "zod";
import { AppError } from "../../domain/app-error";
import { addLora } from "../nn/lora";
import type { LoraSettings } from "../nn/lora-settings";
import type { Model } from "../nn/model";
import { option } from "./config";

const names = z.union([z.string().min(1), z.array(z.string().min(1))]);
/** As a form and a command line can say it: "down_proj=16, up_proj=8". */
const pattern = z.union([
  z.string().regex(/^$|^[^=,]+=\s*[\d.]+\s*(,[^=,]+=\s*[\d.]+\s*)*$/, {
    message: "Give names and numbers, as in down_proj=16, up_proj=8.",
  }),
  z.record(z.string(), z.number().positive()),
]);
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
    "null: 2 r, a common choice",
  ),
  loraDropout: option(
    z.number().min(0).lt(1).default(0),
    "Share of an adapter's input that is dropped in training",
    "0, PEFT",
  ),
  loraTargetModules: option(
    names.default("all-linear"),
    'Beside which modules: endings of names in a list or with commas between, a regular expression, or "all-linear"',
    "all-linear: all but the head",
  ),
  loraExcludeModules: option(
    names.nullable().default(null),
    "Modules that are left out: endings of names, or a regular expression",
    "null: none",
  ),
  loraLayersToTransform: option(
    z
      .union([
        z.string().regex(/^\d+(\s*,\s*\d+)*$/, { message: "Give numbers of blocks, as in 0, 1." }),
        z.array(z.int().min(0)),
      ])
      .nullable()
      .default(null),
    "Only in these blocks, from 0, with commas between; needs a list of target modules",
    "null: in all",
  ),
  loraRslora: option(
    z.boolean().default(false),
    "Scales by alpha / √r instead (Kalajdzievski 2023)",
    "false, Hu et al. 2021",
  ),
  loraRankPattern: option(
    pattern.default({}),
    'Other ranks for some modules: down_proj=16, or {"down_proj": 16}',
    "{}: all the same",
  ),
  loraAlphaPattern: option(
    pattern.default({}),
    'Other alphas for some modules: down_proj=32, or {"down_proj": 32}',
    "{}: all the same",
  ),
  loraModulesToSave: option(
    z.union([z.string(), z.array(z.string().min(1))]).default([]),
    "Modules that learn whole and are kept with the adapters, with commas between; a reward model's score head always is",
    "[]: none",
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
    layersToTransform: layersOf(options.loraLayersToTransform),
    layersPattern: null,
    rankPattern: patternOf(options.loraRankPattern),
    alphaPattern: patternOf(options.loraAlphaPattern),
    modulesToSave: listOf(options.loraModulesToSave),
  };
}

/** A trainer's own options, without those of adapters. */
export function trainerOptions<C extends object>(config: C): Omit<C, keyof LoraOptions> {
  const own = Object.entries(config).filter(([key]) => !(key in loraOptions));
  return Object.fromEntries(own) as Omit<C, keyof LoraOptions>;
}

/** The model with fresh adapters where the options ask for them, else as it is. */
export function withAdapters<M extends Model>(
  model: M,
  options: LoraOptions & { seed: number },
): M {
  const settings = loraSettingsOf(options);
  if (settings === null) return model;
  const scoring = model.config.head === "score";
  const modulesToSave = scoring
    ? [...new Set([...settings.modulesToSave, "score"])]
    : settings.modulesToSave;
  return { ...model, ...addLora(model, { ...settings, modulesToSave }, options.seed) };
}

/** @throws AppError bad-input: a model that is compared with itself must be the same at each look */
export function refuseDropout({ loraDropout }: LoraOptions, what: string): void {
  if (loraDropout === 0) return;
  throw new AppError(
    "bad-input",
    `${what} compares the policy with itself, token by token: loraDropout must be 0; leave it out.`,
  );
}

const listOf = (said: string | string[]): string[] =>
  typeof said === "string"
    ? said
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "")
    : said;

const layersOf = (said: string | number[] | null): number[] | null =>
  typeof said === "string" ? listOf(said).map(Number) : said;

const patternOf = (said: string | Record<string, number>): Record<string, number> =>
  typeof said === "string"
    ? Object.fromEntries(
        listOf(said).map((pair) => {
          const [name, number] = pair.split("=");
          return [name.trim(), Number(number)];
        }),
      )
    : said;

/** Names with commas between are a list; what holds other signs is a regular expression. */
function namesOf(text: string | string[]): string | string[] {
  if (typeof text !== "string" || text === "all-linear") return text;
  return /^[\w.,\s]+$/.test(text) ? text.split(",").map((name) => name.trim()) : text;
}
