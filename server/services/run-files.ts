import { rm } from "node:fs/promises";
import path from "node:path";
import { findModelByPath } from "../db/queries/model";
import type { RunId } from "../domain/ids";
import type { Services } from "./context";
import { storedPath } from "./folders";

/** Removes what runs that were cancelled left to go on with: checkpoints, and models that nobody knows. */
export async function removeHalfWritten(
  { db, folders }: Services,
  runs: readonly { readonly id: RunId }[],
): Promise<void> {
  for (const { id } of runs) {
    for (const part of ["checkpoints", "members"])
      await rm(path.join(folders.runs, id, part), { recursive: true, force: true });
    const model = path.join(folders.models, id);
    // what a worker that was killed while it wrote the model left
    await rm(path.join(folders.models, `.${id}.partial`), { recursive: true, force: true });
    if (await findModelByPath(db.read, storedPath(folders, model))) continue;
    await rm(model, { recursive: true, force: true });
  }
}
