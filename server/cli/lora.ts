import type { z } from "zod";
import { AppError } from "../domain/app-error";
import { loadModel, type LoadedModel } from "../ml/checkpoint/load-model";
import type { ModelCard } from "../ml/checkpoint/model-card";
import { type BaseModel, saveAdapter } from "../ml/checkpoint/save-adapter";
import { saveModel } from "../ml/checkpoint/save-model";
import type { TextModel } from "../ml/rlhf/data";
import { type LoraOptions, loraOptions, withAdapters } from "../ml/rlhf/lora-options";
import type { TrainingFlags } from "./options";

/** A trainer's options and those of adapters, as one configuration file has them. */
export const withLoraOptions = <S extends z.ZodRawShape>(schema: z.ZodObject<S>) =>
  schema.extend(loraOptions);

/** The flags that are options of adapters. */
export function loraFlags({ loraRank, loraAlpha }: TrainingFlags): Record<string, unknown> {
  return { loraRank, loraAlpha };
}

/**
 * The model to train: with fresh adapters where the options ask for them; an adapter folder goes on
 * with its own.
 * @throws AppError bad-input where both differ
 */
export async function loadToTrain(
  dir: string,
  options: LoraOptions & { seed: number },
): Promise<LoadedModel> {
  const model = await loadModel(dir, { adapter: "keep" });
  const { lora } = model.config;
  const asked = changedOf(options);
  if (lora && asked.length > 0)
    throw new AppError(
      "bad-input",
      `${dir} is an adapter of rank ${lora.settings.rank}, which training goes on with as it is: leave out ${asked.join(", ")}, or merge it first (\`revealed model merge\`) to begin another on the result.`,
    );
  if (options.loraRank === null && asked.length > 0)
    throw new AppError(
      "bad-input",
      `${asked.join(", ")} ${asked.length === 1 ? "says" : "say"} something of adapters, and there are none: give --lora-rank too.`,
    );
  return withAdapters(model, options);
}

/** The options of adapters that were given. */
function changedOf(options: LoraOptions): string[] {
  return Object.entries(loraOptions).flatMap(([key, schema]) => {
    const given = options[key as keyof LoraOptions];
    return JSON.stringify(given) === JSON.stringify(schema.parse(undefined)) ? [] : [key];
  });
}

/** Writes what was trained: an adapter folder where adapters learnt and are not to be merged, else a whole model. */
export async function saveTrained(
  { out, loraMerge }: TrainingFlags,
  model: TextModel,
  base: BaseModel,
  card: ModelCard,
): Promise<{ adapter?: true }> {
  if (!model.config.lora || loraMerge) {
    await saveModel(out, model, model.tokenizer, { card });
    return {};
  }
  await saveAdapter(out, model, model.tokenizer, { base, card });
  return { adapter: true };
}
