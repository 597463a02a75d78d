import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../domain/app-error";
import type { Weights } from "../nn/model";
import { download } from "../runtime/resident";
import { writeFolder } from "./disk";
import { readSafetensors, writeSafetensors } from "./safetensors";

/** All that a run needs to go on as if it had never stopped. */
export interface SavedState {
  readonly step: number;
  /** weights, moments and other arrays, fp32 */
  readonly tensors: Weights;
  /** everything else as JSON: data cursor, random state, options */
  readonly json: unknown;
}

const FOLDER = /^step-(\d{9})$/;

/**
 * Writes `DIR/step-000000123`, whole or not at all, then removes all but the newest.
 * @param options.keep how many to keep (default 2) @returns the state's folder
 * @throws AppError unavailable when the disk is full; the states before it stay
 */
export async function saveState(
  dir: string,
  state: SavedState,
  options: { keep?: number } = {},
): Promise<string> {
  await download(state.tensors.values());
  const folder = join(dir, `step-${String(state.step).padStart(9, "0")}`);
  await rm(folder, { recursive: true, force: true }); // a step that is done again
  await writeFolder(folder, async (temporary) => {
    await writeSafetensors(join(temporary, "state.safetensors"), state.tensors);
    await writeFile(
      join(temporary, "state.json"),
      JSON.stringify({ step: state.step, json: state.json }),
    );
  });
  const old = (await steps(dir)).slice(0, -(options.keep ?? 2));
  await Promise.all(old.map((name) => rm(join(dir, name), { recursive: true, force: true })));
  return folder;
}

/** The newest state of a folder, or null where there is none. @throws AppError bad-input when it is broken */
export async function loadState(dir: string): Promise<SavedState | null> {
  const newest = (await steps(dir)).at(-1);
  if (newest === undefined) return null;
  const folder = join(dir, newest);
  try {
    const { step, json } = JSON.parse(await readFile(join(folder, "state.json"), "utf8"));
    const { tensors } = await readSafetensors(join(folder, "state.safetensors"));
    return { step, tensors, json };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      "bad-input",
      `The checkpoint ${folder} cannot be read (${why}). Remove that folder to go on from the one before it.`,
      { cause },
    );
  }
}

async function steps(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => FOLDER.test(name)).toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
