import { z } from "zod";
import { lastImport } from "../db/queries/model";
import { listJobs } from "../db/queries/job";
import { write } from "../db/write";
import { recordChange } from "./audit";
import { requireRole, type Actor, type Services } from "./context";
import { enqueue } from "./jobs";

/** At each start: what was dropped in meanwhile is found without asking. */
export async function lookForModels({ db }: Services): Promise<void> {
  await write(db, (tx) => enqueue(tx, "import-models", {}));
}

/** Asks the worker to look for model folders that were dropped in. */
export async function requestImport({ db }: Services, actor: Actor): Promise<void> {
  requireRole(actor, "researcher");
  await write(db, async (tx) => {
    const { id } = await enqueue(tx, "import-models", {}, { createdById: actor.id });
    await recordChange(tx, actor, { action: "model.import", target: { id, name: "" }, after: {} });
  });
}

const zResult = z.object({
  imported: z.number(),
  problems: z.array(z.object({ folder: z.string(), reason: z.string() })),
});

/**
 * What the last search for models found: folders that are no model are named with the reason. `at` is null
 * before the first; `folders` are where models are looked for.
 */
export async function importState({ db, folders }: Services, actor: Actor) {
  requireRole(actor, "researcher");
  const last = await lastImport(db.read);
  const { imported, problems } = zResult.parse(last?.result ?? { imported: 0, problems: [] });
  const searching = (await listJobs(db.read)).some((job) => job.name === "import-models");
  const places = [folders.shippedModels, folders.models];
  return { at: last?.at ?? null, imported, problems, searching, folders: places };
}
