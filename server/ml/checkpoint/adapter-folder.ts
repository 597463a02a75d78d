import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { AppError } from "../../domain/app-error";
import { adapterShapes, planLora, withOriginals } from "../nn/lora";
import type { Lora } from "../nn/lora-settings";
import {
  familyOf,
  headWidth,
  type Model,
  type ModelConfig,
  parameterShapes,
  type Weights,
} from "../nn/model";
import { withScoreHead } from "../nn/score-head";
import { type AdapterConfig, readAdapterConfig } from "./adapter-config";
import { readConfig } from "./config-read";
import { exists } from "./disk";
import { readSafetensors, readSafetensorsHeader } from "./safetensors";
import type { SafetensorsHeader } from "./safetensors-header";
import { WEIGHTS } from "./tensor-files";

export const ADAPTER_CONFIG = "adapter_config.json";
export const ADAPTER_WEIGHTS = "adapter_model.safetensors";
/** What PEFT writes before the names of modules. */
export const PEFT_PREFIX = "base_model.model.";
/** Key of the weights' metadata: sha256 of the base's weights. */
export const BASE_HASH = "base_sha256";

/** An adapter folder in PEFT's layout, and where its base model was found. */
export interface AdapterFolder {
  readonly dir: string;
  readonly base: string;
  readonly config: AdapterConfig;
  /** sha256, hexadecimal, of settings and weights */
  readonly hash: string;
}

/**
 * The adapter in a folder, null where it holds none.
 * @param base the base model's folder, where it is not the one that the adapter names
 * @throws AppError bad-input for what cannot be run; not-found where the base is not there
 */
export async function openAdapter(dir: string, base?: string): Promise<AdapterFolder | null> {
  const file = join(dir, ADAPTER_CONFIG);
  if (!(await exists(file))) return null;
  if (await exists(join(dir, WEIGHTS)))
    throw new AppError(
      "bad-input",
      `${dir} holds both a whole model (${WEIGHTS}) and an adapter (${ADAPTER_CONFIG}); move one of them to a folder of its own.`,
    );
  const text = await readFile(file, "utf8");
  const config = readAdapterConfig(parsed(text, file), file);
  const weights = join(dir, ADAPTER_WEIGHTS);
  if (!(await exists(weights)))
    throw new AppError(
      "not-found",
      `${dir} has no ${ADAPTER_WEIGHTS}: copy the whole folder again.`,
    );
  const hash = createHash("sha256")
    .update(text)
    .update(await readFile(weights))
    .digest("hex");
  return { dir, base: base ?? (await findBase(dir, config)), config, hash };
}

/** A path is meant from the adapter's folder, or from where we are; a hub's name may lie beside it as a folder. */
async function findBase(dir: string, { base }: AdapterConfig): Promise<string> {
  if (base === null)
    throw new AppError(
      "bad-input",
      `${join(dir, ADAPTER_CONFIG)} names no base_model_name_or_path; write the base model's folder there.`,
    );
  const tried = [resolve(dir, base), resolve(base), join(dirname(resolve(dir)), basename(base))];
  for (const candidate of tried) {
    if (candidate === resolve(dir)) continue;
    if (await exists(join(candidate, ADAPTER_CONFIG)))
      throw new AppError(
        "bad-input",
        `${dir}: its base ${candidate} is an adapter itself; merge that one first (\`revealed model merge\`).`,
      );
    if (await exists(join(candidate, "config.json"))) return candidate;
  }
  throw new AppError(
    "not-found",
    `${dir} is an adapter of ${base}, and that model is not here (looked in ${[...new Set(tried)].join(", ")}). Put it there, or correct base_model_name_or_path in ${ADAPTER_CONFIG}.`,
  );
}

/**
 * The base with the folder's adapter beside its weights, which are shared.
 * @throws AppError bad-input naming a tensor that is missing, misshapen or unexpected, or when the
 * base is not the one that the adapter was trained on
 */
export async function applyAdapter(
  folder: AdapterFolder,
  model: Model & { hash: string },
): Promise<Model> {
  const { dir, base, config } = folder;
  const file = join(dir, ADAPTER_WEIGHTS);
  const trainedOn = (await readSafetensorsHeader(file)).metadata[BASE_HASH];
  if (trainedOn !== undefined && trainedOn !== model.hash)
    throw new AppError(
      "bad-input",
      `${dir} was trained on other weights than those in ${base} (sha256 ${trainedOn.slice(0, 12)}…, found ${model.hash.slice(0, 12)}…): together they are no model. Give it the base it was trained on.`,
    );
  const start = await withHead(dir, config, { config: model.config, weights: model.weights });
  const { lora, shapes } = await checkAdapter(folder, start.config);
  const weights = withOriginals(start.weights, lora.saved);
  const { tensors } = await readSafetensors(file);
  checkCopies(tensors, start, file, base);
  for (const name of shapes.keys()) weights.set(name, tensors.get(PEFT_PREFIX + name)!);
  return { config: { ...start.config, lora }, weights };
}

/**
 * Checks an adapter's tensors against its base, without reading them.
 * @param config of the base, with the head that the adapter needs @returns name and shape of each
 * @throws AppError as applyAdapter
 */
export async function checkAdapter(
  { dir, base, config: { settings } }: AdapterFolder,
  config: ModelConfig,
): Promise<{ lora: Lora; shapes: Map<string, number[]> }> {
  const lora = planLora(config, settings);
  const shapes = adapterShapes(lora);
  const whole = parameterShapes(config);
  for (const name of lora.saved) shapes.set(name, whole.get(name)!);
  const file = join(dir, ADAPTER_WEIGHTS);
  checkTensors(await readSafetensorsHeader(file), shapes, file, base);
  return { lora, shapes };
}

/** A reward model's adapter stands on a language model: its head comes with the adapter. */
async function withHead(dir: string, adapter: AdapterConfig, base: Model): Promise<Model> {
  const own = await ownConfig(dir);
  const { head } = base.config;
  const width = headWidth(base.config);
  if (adapter.head === "lm" && head === "score")
    throw new AppError(
      "bad-input",
      `${dir} is an adapter of a language model (task_type CAUSAL_LM), and its base is a reward model; give it the base it was trained on.`,
    );
  if (adapter.head === "lm") return base;
  if (head === "lm" && !adapter.settings.modulesToSave.includes("score"))
    throw new AppError(
      "bad-input",
      `${dir} is an adapter of a reward model (task_type SEQ_CLS) without a score head, and its base has none either; give it a base with a head, or an adapter with "score" in modules_to_save.`,
    );
  const padId = own?.padId ?? base.config.padId;
  const zeros = { shape: [1, width], data: new Float32Array(width) };
  const scoring = head === "score" ? base : withScoreHead(base, zeros, padId);
  const reward = own?.reward ?? scoring.config.reward;
  return { ...scoring, config: { ...scoring.config, padId, ...(reward && { reward }) } };
}

/** The config.json that stands beside an adapter of a reward model which was made here. */
async function ownConfig(dir: string): Promise<ModelConfig | null> {
  const file = join(dir, "config.json");
  if (!(await exists(file))) return null;
  return readConfig(parsed(await readFile(file, "utf8"), file), file);
}

function checkTensors(
  { tensors }: SafetensorsHeader,
  shapes: ReadonlyMap<string, readonly number[]>,
  file: string,
  base: string,
): void {
  for (const [name, shape] of shapes) {
    const found = tensors.get(PEFT_PREFIX + name)?.shape;
    if (found?.join() === shape.join()) continue;
    const what = found ? `has shape [${found.join(", ")}]` : "is missing";
    throw new AppError(
      "bad-input",
      `${file}: tensor ${PEFT_PREFIX}${name} ${what}, expected [${shape.join(", ")}] by ${ADAPTER_CONFIG} and the base model ${base}. Give the adapter the base it was trained on, or copy it again.`,
    );
  }
  for (const name of tensors.keys()) {
    const plain = name.slice(PEFT_PREFIX.length);
    if ((name.startsWith(PEFT_PREFIX) && shapes.has(plain)) || isCopy(name)) continue;
    throw new AppError(
      "bad-input",
      `${file}: tensor ${name} is not part of the adapter that ${ADAPTER_CONFIG} describes, and leaving it out would change the model. Merge the adapter where it was made, and give the merged model.`,
    );
  }
}

/** PEFT stores a head's or embedding's own weight beside the adapter where one stands there. */
function isCopy(name: string): boolean {
  return name === `${PEFT_PREFIX}lm_head.base_layer.weight`;
}

function checkCopies(
  tensors: Weights,
  { config, weights }: Model,
  file: string,
  base: string,
): void {
  for (const [name, copy] of tensors) {
    if (!isCopy(name)) continue;
    const own = weights.get(config.tied ? familyOf(config).embedding : "lm_head.weight");
    if (!own || own.data.every((x, i) => x === copy.data[i])) continue;
    throw new AppError(
      "bad-input",
      `${file}: ${name} differs from the head in ${base}: the base is not the one that the adapter was trained on.`,
    );
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("bad-input", `${file} is not JSON (${why}). Copy it again.`, { cause });
  }
}
