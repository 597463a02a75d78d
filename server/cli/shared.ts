import path from "node:path";
import type { TrainingFlags } from "./options";

/** The flags of a training as options of its configuration. */
export function trainingFlags(flags: TrainingFlags): Record<string, unknown> {
  const { seed, lr, epochs, maxSteps, batchSize, maxLength } = flags;
  return { seed, learningRate: lr, epochs, maxSteps, batchSize, maxLength };
}

/** With --max-length longer examples are left out, unless --config says otherwise. */
export function impliedByFlags(flags: TrainingFlags): Record<string, unknown> {
  return flags.maxLength === undefined ? {} : { overlong: "drop" };
}

/** What a model is called in cards: its folder's name. */
export function modelName(dir: string): string {
  return path.basename(path.resolve(dir));
}
