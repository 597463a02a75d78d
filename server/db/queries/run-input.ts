import { eq } from "drizzle-orm";
import type { HeldoutReport } from "../../domain/heldout-report";
import type { ModelId, RunId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { ensemble, runInput, runReport } from "../schema-runs";

export type RunInputRow = typeof runInput.$inferSelect;

export async function insertRunInput(tx: Sql, values: typeof runInput.$inferInsert): Promise<void> {
  await tx.insert(runInput).values(values);
}

export async function findRunInput(db: Reader, runId: RunId): Promise<RunInputRow | null> {
  const [row] = await db.select().from(runInput).where(eq(runInput.runId, runId));
  return row ?? null;
}

/** A run that ends again after a crash says the same again. */
export async function upsertReport(tx: Sql, runId: RunId, report: HeldoutReport): Promise<void> {
  await tx
    .insert(runReport)
    .values({ runId, report })
    .onConflictDoUpdate({ target: runReport.runId, set: { report } });
}

export async function findReport(db: Reader, runId: RunId): Promise<HeldoutReport | null> {
  const [row] = await db
    .select({ report: runReport.report })
    .from(runReport)
    .where(eq(runReport.runId, runId));
  return row?.report ?? null;
}

export async function upsertEnsemble(tx: Sql, modelId: ModelId, members: number): Promise<void> {
  await tx
    .insert(ensemble)
    .values({ modelId, members })
    .onConflictDoUpdate({ target: ensemble.modelId, set: { members } });
}
