import { and, desc, eq, isNotNull } from "drizzle-orm";
import type { ModelId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { job, model } from "../schema";

export type ModelRow = typeof model.$inferSelect;

/** Registers a model folder; one that is known by its path is brought up to date. */
export async function upsertModel(tx: Sql, values: typeof model.$inferInsert): Promise<ModelRow> {
  const { id: _, createdAt: __, ...changed } = values;
  const [row] = await tx
    .insert(model)
    .values(values)
    .onConflictDoUpdate({ target: model.path, set: changed })
    .returning();
  return row;
}

export async function findModel(db: Reader, id: ModelId): Promise<ModelRow | null> {
  const [row] = await db.select().from(model).where(eq(model.id, id));
  return row ?? null;
}

export async function findModelByPath(db: Reader, path: string): Promise<ModelRow | null> {
  const [row] = await db.select().from(model).where(eq(model.path, path));
  return row ?? null;
}

export async function updateModel(
  tx: Sql,
  id: ModelId,
  values: Partial<typeof model.$inferInsert>,
): Promise<void> {
  await tx.update(model).set(values).where(eq(model.id, id));
}

/** What the last search for model folders found. */
export async function lastImport(db: Reader) {
  const [row] = await db
    .select({ at: job.updatedAt, result: job.result })
    .from(job)
    .where(and(eq(job.name, "import-models"), isNotNull(job.result)))
    .orderBy(desc(job.updatedAt))
    .limit(1);
  return row ?? null;
}
