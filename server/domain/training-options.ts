import { z } from "zod";

const zOptionValue = z.union([z.number(), z.boolean(), z.string(), z.null()]);
export type OptionValue = z.infer<typeof zOptionValue>;

const zOption = z.object({
  name: z.string(),
  /** English, as the trainer documents it. */
  meaning: z.string(),
  type: z.enum(["number", "integer", "boolean", "choice"]),
  nullable: z.boolean(),
  /** Of a choice. */
  choices: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: zOptionValue,
});
/** One option of a trainer: what it means, what it may be, and what it is when nobody says. */
export type TrainingOption = z.infer<typeof zOption>;

const zPreset = z.record(z.string(), zOptionValue.optional());
const zTrainer = z.object({
  options: z.array(zOption),
  /** What the worker chooses in place of the defaults, by the size of the model that starts. */
  presets: z.object({ small: zPreset, large: zPreset }),
});

export const zTrainingOptions = z.object({
  /** Models of fewer parameters are small. */
  smallBelow: z.number(),
  sft: zTrainer,
  reward: zTrainer,
  ppo: zTrainer,
});
export type TrainingOptions = z.infer<typeof zTrainingOptions>;

/** The options with the values that a run takes where nobody says otherwise. */
export function optionsFor(
  all: TrainingOptions,
  kind: "sft" | "reward" | "ppo",
  parameters: number,
): TrainingOption[] {
  const { options, presets } = all[kind];
  const preset = presets[parameters < all.smallBelow ? "small" : "large"];
  return options.map((option) => {
    const value = preset[option.name];
    return value === undefined ? option : Object.assign({}, option, { default: value });
  });
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
