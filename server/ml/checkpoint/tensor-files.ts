import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { AppError } from "../../domain/app-error";
import { exists } from "./disk";
import { readSafetensorsHeader } from "./safetensors";
import type { TensorInfo } from "./safetensors-header";

export const WEIGHTS = "model.safetensors";
const INDEX = "model.safetensors.index.json";

const zIndex = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

/** A tensor of a folder, and the file that holds it. */
export interface StoredTensor extends TensorInfo {
  readonly file: string;
}

/**
 * Every tensor of a model folder, in one file or in several by their index, checked but not read.
 * @throws AppError not-found without weights; bad-input for a broken file or index
 */
export async function findTensors(dir: string): Promise<Map<string, StoredTensor>> {
  const single = join(dir, WEIGHTS);
  if (await exists(single)) {
    const { tensors } = await readSafetensorsHeader(single);
    return new Map([...tensors].map(([name, info]) => [name, { ...info, file: single }]));
  }
  const index = join(dir, INDEX);
  if (!(await exists(index))) throw await noWeights(dir);
  const shardOf = await readIndex(index);
  const stored = new Map<string, StoredTensor>();
  for (const shard of new Set(shardOf.values())) {
    const file = join(dir, shard);
    if (!(await exists(file))) {
      throw new AppError(
        "bad-input",
        `${index} names ${shard}, which is not in the folder. Copy the whole folder again.`,
      );
    }
    for (const [name, info] of (await readSafetensorsHeader(file)).tensors) {
      if (shardOf.get(name) === shard) stored.set(name, { ...info, file });
    }
  }
  for (const [name, shard] of shardOf) {
    if (!stored.has(name)) {
      throw new AppError(
        "bad-input",
        `${index} places tensor ${name} in ${shard}, which does not hold it. Copy the whole folder again.`,
      );
    }
  }
  return stored;
}

async function readIndex(index: string): Promise<Map<string, string>> {
  try {
    const { weight_map: map } = zIndex.parse(JSON.parse(await readFile(index, "utf8")));
    for (const shard of Object.values(map)) {
      if (shard !== basename(shard) || !shard.endsWith(".safetensors")) {
        throw new Error(`"${shard}" is not the name of a safetensors file`);
      }
    }
    return new Map(Object.entries(map));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      "bad-input",
      `${index} is not an index of shards (${why}). Copy or download it again.`,
      { cause },
    );
  }
}

async function noWeights(dir: string): Promise<AppError> {
  const pickled = (await exists(join(dir, "pytorch_model.bin")))
    ? "; its pytorch_model.bin is a pickle, which can run code when it is opened and is not read: save it again with save_pretrained(…, safe_serialization=True)"
    : `: a model folder has ${WEIGHTS}, or shards with ${INDEX}`;
  return new AppError("not-found", `${dir} has no weights${pickled}.`);
}
