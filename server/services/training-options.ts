import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { Folders } from "./folders";

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
  default: z.union([z.number(), z.boolean(), z.string(), z.null()]),
});
/** One option of a trainer: what it means, what it may be, and what it is when nobody says. */
export type TrainingOption = z.infer<typeof zOption>;

export const zTrainingOptions = z.object({
  sft: z.array(zOption),
  reward: z.array(zOption),
  ppo: z.array(zOption),
});
export type TrainingOptions = z.infer<typeof zTrainingOptions>;

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
