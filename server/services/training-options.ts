import { readFile } from "node:fs/promises";
import path from "node:path";
import { type TrainingOptions, zTrainingOptions } from "../domain/training-options";
import type { Folders } from "./folders";

/** The worker, which alone knows the trainers, writes here what they can be told. */
export const trainingOptionsPath = (folders: Folders): string =>
  path.join(folders.data, "training-options.json");

/** Every trainer's options; null before the worker has started for the first time. */
export async function trainingOptions({
  folders,
}: {
  folders: Folders;
}): Promise<TrainingOptions | null> {
  const text = await readFile(trainingOptionsPath(folders), "utf8").catch(() => null);
  if (text === null) return null;
  return zTrainingOptions.safeParse(JSON.parse(text)).data ?? null;
}
