import { mkdir, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { ppoConfig } from "../ml/rlhf/ppo-config";
import { rewardConfig } from "../ml/rlhf/reward-config";
import { sftConfig } from "../ml/rlhf/sft-config";
import { presets, small } from "./presets";
import type { Folders } from "../services/folders";
import type { OptionValue, TrainingOption, TrainingOptions } from "../domain/training-options";
import { trainingOptionsPath } from "../services/training-options";

/** Writes what the trainers can be told, for the site, which does not know them. */
export async function writeTrainingOptions(folders: Folders): Promise<void> {
  const options: TrainingOptions = {
    smallBelow: small,
    sft: { options: optionsOf(sftConfig), presets: { small: presets.sft(), large: presets.sft() } },
    reward: { options: optionsOf(rewardConfig), presets: bySize(presets.reward) },
    ppo: { options: optionsOf(ppoConfig), presets: bySize(presets.ppo) },
  };
  const file = trainingOptionsPath(folders);
  await mkdir(folders.data, { recursive: true });
  await writeFile(`${file}.tmp`, JSON.stringify(options, null, 1));
  await rename(`${file}.tmp`, file);
}

const bySize = (preset: (parameters: number) => Record<string, OptionValue | undefined>) => ({
  small: preset(0),
  large: preset(small),
});

const zProperty = z.object({
  description: z.string(),
  default: z.union([z.number(), z.boolean(), z.string(), z.null()]),
});
const zKind = z.object({
  type: z.enum(["number", "integer", "boolean", "string"]),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
});

/** A config's options as data. @throws when an option is of a kind that a form cannot ask for */
export function optionsOf(config: z.ZodObject): TrainingOption[] {
  const { properties = {} } = z.toJSONSchema(config, { io: "input" });
  return Object.entries(properties).map(([name, property]) => {
    const { description, default: value } = zProperty.parse(property);
    const variants = typeof property === "object" && property.anyOf ? property.anyOf : [property];
    const kind = zKind.parse(
      variants.find((one) => typeof one === "object" && one.type !== "null"),
    );
    const option: TrainingOption = {
      name,
      meaning: description,
      type: kind.type === "string" ? "choice" : kind.type,
      nullable: variants.length > 1,
      default: value,
    };
    const minimum = kind.minimum ?? kind.exclusiveMinimum;
    if (kind.enum) option.choices = kind.enum;
    if (minimum !== undefined) option.minimum = minimum;
    // zod bounds every integer by what JavaScript can hold, which is no advice
    if (kind.maximum !== Number.MAX_SAFE_INTEGER) option.maximum = kind.maximum;
    return option;
  });
}
