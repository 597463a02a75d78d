import { z } from "zod";
import { type RunKind, runKinds } from "./run-kinds";

const zOptionValue = z.union([z.number(), z.boolean(), z.string(), z.null()]);
export type OptionValue = z.infer<typeof zOptionValue>;

const zOption = z.object({
  name: z.string(),
  /** English, as the trainer documents it. */
  meaning: z.string(),
  /** Where the default comes from: a paper, or a reason. English; begins with the default itself. */
  source: z.string(),
  type: z.enum(["number", "integer", "boolean", "choice", "text"]),
  nullable: z.boolean(),
  /** Of a choice. */
  choices: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: zOptionValue,
});
/** One option of a trainer: what it means, what it may be, and what it is when nobody says. */
export type TrainingOption = z.infer<typeof zOption>;

/** Values for some options, each with its reason (English). */
const zChosen = z.record(z.string(), z.object({ value: zOptionValue, why: z.string() }));
export type ChosenOptions = z.infer<typeof zChosen>;

/** Sets of options by one click: a first look, a model too large to train whole, and what was published. */
export const presetNames = ["tiny", "lora", "published"] as const;
export type PresetName = (typeof presetNames)[number];

const zTrainer = z.object({
  options: z.array(zOption),
  /** What the worker chooses in place of the defaults, by the size of the model that starts. */
  suited: z.object({ small: zChosen, large: zChosen }),
  presets: z.record(z.enum(presetNames), zChosen),
});
export type Trainer = z.infer<typeof zTrainer>;

export const zTrainingOptions = z.object({
  /** Models of fewer parameters are small. */
  smallBelow: z.number(),
  trainers: z.record(z.enum(runKinds), zTrainer),
});
export type TrainingOptions = z.infer<typeof zTrainingOptions>;

/** The options with the values that a run takes where nobody says otherwise, and why it does. */
export function optionsFor(
  all: TrainingOptions,
  kind: RunKind,
  parameters: number,
): TrainingOption[] {
  const { options, suited } = all.trainers[kind];
  const chosen = suited[parameters < all.smallBelow ? "small" : "large"];
  return options.map((option) => {
    const own = chosen[option.name];
    if (own === undefined) return option;
    return Object.assign({}, option, { default: own.value, source: own.why });
  });
}

/**
 * What a preset changes of what the run would take by itself. What was published begins from the trainer's
 * own defaults, which are the papers'; the others from what suits the model.
 */
export function presetConfig(
  all: TrainingOptions,
  kind: RunKind,
  parameters: number,
  preset: PresetName,
): Record<string, OptionValue> {
  const { options, presets } = all.trainers[kind];
  const chosen = presets[preset];
  const config: Record<string, OptionValue> = {};
  for (const { name, default: taken } of optionsFor(all, kind, parameters)) {
    const published = options.find((option) => option.name === name)?.default;
    const base = preset === "published" ? (published ?? null) : taken;
    const value = name in chosen ? chosen[name].value : base;
    if (value !== taken) config[name] = value;
  }
  return config;
}

/**
 * What of a run's config somebody chose: the worker fills in the rest when the run starts. The seed
 * belongs to the run as a whole, and is left out.
 * @param options with the values that the run would take by itself; null = unknown, and all is kept
 */
export function changedOptions(
  options: readonly TrainingOption[] | null,
  config: Readonly<Record<string, unknown>>,
): Record<string, OptionValue> {
  const defaults = options && new Map(options.map((option) => [option.name, option.default]));
  const changed: Record<string, OptionValue> = {};
  for (const [name, given] of Object.entries(config)) {
    const value = zOptionValue.safeParse(given);
    if (name === "seed" || !value.success) continue;
    if (!defaults || (defaults.has(name) && defaults.get(name) !== value.data))
      changed[name] = value.data;
  }
  return changed;
}
