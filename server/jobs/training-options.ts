import { mkdir, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { type RunKind, runKinds } from "../domain/run-kinds";
import type { Trainer, TrainingOption, TrainingOptions } from "../domain/training-options";
import { loraOptions } from "../ml/rlhf/lora-options";
import type { Folders } from "../services/folders";
import { trainingOptionsPath } from "../services/training-options";
import { ensembleOptions } from "./ensemble-options";
import { chosenOptions, presets, small, suitedTo } from "./presets";
import { needsNoDropout, trainerConfigs } from "./trainers";

/** Writes what the trainers can be told, for the site, which does not know them. */
export async function writeTrainingOptions(folders: Folders): Promise<void> {
  const trainers = Object.fromEntries(runKinds.map((kind) => [kind, trainerOf(kind)]));
  const options: TrainingOptions = {
    smallBelow: small,
    trainers: trainers as TrainingOptions["trainers"],
  };
  const file = trainingOptionsPath(folders);
  await mkdir(folders.data, { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`; // several workers may start at once
  await writeFile(temporary, JSON.stringify(options, null, 1));
  await rename(temporary, file);
}

const adapters = z.strictObject(loraOptions);

function trainerOf(kind: RunKind): Trainer {
  const besides =
    kind === "best-of-n"
      ? z.strictObject({}) // nothing learns
      : needsNoDropout(kind)
        ? adapters.omit({ loraDropout: true })
        : adapters;
  const { tiny, lora, published } = presets[kind];
  const ensembles = kind === "reward" ? optionsOf(z.strictObject(ensembleOptions)) : [];
  return {
    options: [...ensembles, ...optionsOf(trainerConfigs[kind]), ...optionsOf(besides)],
    suited: {
      small: chosenOptions(suitedTo(kind, 0)),
      large: chosenOptions(suitedTo(kind, small)),
    },
    presets: {
      tiny: chosenOptions(tiny),
      lora: chosenOptions(lora),
      published: chosenOptions(published),
    },
  };
}

const zProperty = z.object({
  meaning: z.string(),
  source: z.string(),
  default: z.union([
    z.number(),
    z.boolean(),
    z.string(),
    z.null(),
    // an empty list and an empty pattern are an empty field
    z.tuple([]).transform(() => ""),
    z.strictObject({}).transform(() => ""),
  ]),
});
const zKind = z.object({
  type: z.enum(["number", "integer", "boolean", "string"]),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
});

type Schema = z.core.JSONSchema._JSONSchema;

/** The kinds that a value may be of. */
function variantsOf(schema: Schema): Schema[] {
  if (typeof schema === "boolean" || !schema.anyOf) return [schema];
  return schema.anyOf.flatMap(variantsOf);
}

/** A config's options as data. @throws when an option is of a kind that a form cannot ask for */
function optionsOf(config: z.ZodObject): TrainingOption[] {
  const { properties = {} } = z.toJSONSchema(config, { io: "input" });
  return Object.entries(properties).map(([name, property]) => {
    const { meaning, source, default: value } = zProperty.parse(property);
    const variants = variantsOf(property);
    const typeOf = (one: Schema) => (typeof one === "object" ? one.type : undefined);
    const kind = zKind.parse(
      variants.find((one) => typeOf(one) !== "null" && typeOf(one) !== "array"),
    );
    const option: TrainingOption = {
      name,
      meaning,
      source,
      type: kind.type !== "string" ? kind.type : kind.enum ? "choice" : "text",
      nullable: variants.some((one) => typeOf(one) === "null"),
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
