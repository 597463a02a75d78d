import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../domain/app-error";
import { mergeLora } from "../nn/lora";
import type { LoraSettings } from "../nn/lora-settings";
import { type Model, type ModelConfig, parameterShapes, type Weights } from "../nn/model";
import { loadTokenizer } from "../text/load-tokenizer";
import type { Tokenizer } from "../text/tokenizer";
import { type AdapterFolder, applyAdapter, checkAdapter, openAdapter } from "./adapter-folder";
import { readConfig } from "./config-read";
import { architectureOf } from "./config-write";
import { exists } from "./disk";
import { readSomeTensors } from "./safetensors";
import type { BaseModel } from "./save-adapter";
import { findTensors, type StoredTensor } from "./tensor-files";
import { isHarmless, storedNames } from "./tensor-names";

/** Weights with the hash of the files they came from, which names this model in a run's record. */
export interface StoredModel extends Model {
  /** sha256, hexadecimal, of model.safetensors (of the shards' hashes in order when there are several) */
  readonly hash: string;
  /** what its adapter stands on; the model itself where it has none */
  readonly base: BaseModel;
}

export interface LoadOptions {
  /** Of an adapter folder: merge it into the weights, or leave it beside them to learn on. Default merge. */
  readonly adapter?: "merge" | "keep";
  /** The base model's folder, where it is not the one that the adapter names. */
  readonly base?: string;
}

export interface LoadedModel extends StoredModel {
  readonly tokenizer: Tokenizer;
}

/**
 * A Hugging Face model folder with its tokenizer, ready to run; or a PEFT adapter folder, whose base
 * it names. Weights come as fp32.
 * @throws AppError not-found for a missing file; bad-input for an unknown architecture, a missing, misshapen or
 * unexpected tensor, an unsupported option, or a tokenizer that does not fit
 */
export async function loadModel(dir: string, options: LoadOptions = {}): Promise<LoadedModel> {
  const model = await loadWeights(dir, options);
  const ownTokenizer = await exists(join(dir, "tokenizer.json"));
  const tokenizer = await loadTokenizer(ownTokenizer ? dir : model.base.dir);
  checkTokenizerFits(model.config, tokenizer, dir);
  const { bosId, eosId, padId } = model.config;
  const config = {
    ...model.config,
    bosId: bosId ?? tokenizer.bosId,
    eosId: eosId ?? tokenizer.eosId,
    padId: padId ?? tokenizer.padId,
  };
  return { ...model, config, tokenizer };
}

/** A model folder without its tokenizer. */
export async function loadWeights(
  dir: string,
  { adapter = "merge", base: baseDir }: LoadOptions = {},
): Promise<StoredModel> {
  const folder = await openAdapter(dir, baseDir);
  if (folder === null) return loadWhole(dir);
  const base = await loadWhole(folder.base);
  const adapted = await applyAdapter(folder, base);
  const hash = createHash("sha256").update(base.hash).update(folder.hash).digest("hex");
  return { ...(adapter === "merge" ? mergeLora(adapted) : adapted), hash, base: base.base };
}

async function loadWhole(dir: string): Promise<StoredModel> {
  const { config, stored, places } = await examine(dir);
  const weights: Weights = new Map();
  const files = [...new Set([...stored.values()].map(({ file }) => file))].toSorted();
  const read = new Map<string, Weights>();
  for (const file of files) {
    const names = [...places.values()].filter((name) => stored.get(name)?.file === file);
    read.set(file, await readSomeTensors(file, names));
  }
  for (const [name, place] of places) {
    weights.set(name, read.get(stored.get(place)!.file)!.get(place)!);
  }
  const hashes = await Promise.all(files.map(hashFile));
  const hash =
    hashes.length === 1 ? hashes[0] : createHash("sha256").update(hashes.join("")).digest("hex");
  return { config, weights, hash, base: { dir, hash } };
}

export interface ModelSummary {
  readonly architecture: string;
  readonly config: ModelConfig;
  readonly parameters: number;
  /** as stored, the commonest first: "F32", "BF16, F32" */
  readonly dtype: string;
  readonly tensors: readonly { name: string; dtype: string; shape: readonly number[] }[];
  /** of an adapter folder, whose base the rest describes; `parameters` are those that learnt */
  readonly adapter?: { base: string; settings: LoraSettings; parameters: number };
}

/** What a model folder holds, checked as for loading, without reading its weights. @throws AppError as loadModel */
export async function inspectModel(dir: string): Promise<ModelSummary> {
  const folder = await openAdapter(dir);
  const { config, stored, places } = await examine(folder?.base ?? dir);
  const tensors = [...places].map(([name, place]) => {
    const { dtype, shape } = stored.get(place)!;
    return { name, dtype, shape };
  });
  const sizes = new Map<string, number>();
  for (const { dtype, shape } of tensors) {
    sizes.set(dtype, (sizes.get(dtype) ?? 0) + shape.reduce((a, b) => a * b, 1));
  }
  const byShare = [...sizes].toSorted(([, a], [, b]) => b - a);
  return {
    architecture: architectureOf(config),
    config,
    parameters: byShare.reduce((sum, [, count]) => sum + count, 0),
    dtype: byShare.map(([dtype]) => dtype).join(", "),
    tensors,
    ...(folder && { adapter: await inspectAdapter(folder, config) }),
  };
}

async function inspectAdapter(folder: AdapterFolder, config: ModelConfig) {
  const { settings, head } = folder.config;
  const { shapes } = await checkAdapter(folder, { ...config, head });
  const sizes = [...shapes.values()].map((shape) => shape.reduce((a, b) => a * b, 1));
  return { base: folder.base, settings, parameters: sizes.reduce((a, b) => a + b, 0) };
}

/** Reads config.json and headers. @returns places: each parameter's name → the name it is stored under */
async function examine(dir: string) {
  const file = join(dir, "config.json");
  const config = readConfig(await configJson(file, dir), file);
  const stored = await findTensors(dir);
  const places = new Map<string, string>();
  for (const [name, shape] of parameterShapes(config)) {
    const place = storedNames(name, config).find((alias) => stored.has(alias));
    if (place === undefined) {
      throw new AppError(
        "bad-input",
        `${dir}: tensor ${name} [${shape.join(", ")}] is missing. The folder is not the whole model that its config.json describes: copy it again.`,
      );
    }
    const found = stored.get(place)!.shape;
    if (found.join() !== shape.join()) {
      throw new AppError(
        "bad-input",
        `${dir}: tensor ${place} has shape [${found.join(", ")}], expected [${shape.join(", ")}] by config.json. Correct config.json or copy the weights that belong to it.`,
      );
    }
    places.set(name, place);
  }
  refuseStrangers(stored, new Set(places.values()), config, dir);
  return { config, stored, places };
}

async function configJson(file: string, dir: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw new AppError(
        "bad-input",
        `${file} is not JSON (${cause.message}). Copy or download it again.`,
        { cause },
      );
    }
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw new AppError(
      "not-found",
      `${dir} has no config.json: it is not a model folder in Hugging Face layout. Check the path.`,
      { cause },
    );
  }
}

/** A tensor that is neither a parameter nor known to be without effect means another computation than ours. */
function refuseStrangers(
  stored: ReadonlyMap<string, StoredTensor>,
  used: ReadonlySet<string>,
  config: ModelConfig,
  dir: string,
): void {
  for (const name of stored.keys()) {
    if (used.has(name) || isHarmless(name, config)) continue;
    throw new AppError(
      "bad-input",
      `${dir}: tensor ${name} is not part of a ${architectureOf(config)} as config.json describes it, and leaving it out would change the model. Correct config.json, or merge adapters into the weights first.`,
    );
  }
}

function checkTokenizerFits(config: ModelConfig, tokenizer: Tokenizer, dir: string): void {
  if (tokenizer.vocabSize <= config.vocab) return;
  throw new AppError(
    "bad-input",
    `${dir}: the tokenizer has ids up to ${tokenizer.vocabSize - 1}, the model's vocabulary ends at ${config.vocab - 1}. Use the tokenizer that the model was trained with.`,
  );
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer);
  return hash.digest("hex");
}
