import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { CampaignId, ModelId, RoundId, RunId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { metric, round, run, sample } from "../schema";
import type { JobRow } from "./job";

export type RunRow = typeof run.$inferSelect;
export type RoundRow = typeof round.$inferSelect;

/** A campaign's SFT run from this model, unless it failed or was cancelled. */
export async function sftRunFrom(
  db: Reader,
  campaignId: CampaignId,
  modelId: ModelId,
): Promise<RunRow | null> {
  const [row] = await db
    .select()
    .from(run)
    .where(
      and(
        eq(run.campaignId, campaignId),
        eq(run.kind, "sft"),
        eq(run.modelId, modelId),
        inArray(run.status, ["queued", "running", "paused", "done"]),
      ),
    )
    .orderBy(desc(run.createdAt), desc(run.id))
    .limit(1);
  return row ?? null;
}

export async function insertRun(tx: Sql, values: typeof run.$inferInsert): Promise<RunRow> {
  const [row] = await tx.insert(run).values(values).returning();
  return row;
}

export async function findRun(db: Reader, id: RunId): Promise<RunRow | null> {
  const [row] = await db.select().from(run).where(eq(run.id, id));
  return row ?? null;
}

export async function updateRun(
  tx: Sql,
  id: RunId,
  values: Partial<typeof run.$inferInsert>,
): Promise<void> {
  await tx.update(run).set(values).where(eq(run.id, id));
}

/** The runs a job has yet to finish: the one it names, or those of the round it trains. */
export async function runsOfJob(db: Reader, job: JobRow): Promise<RunRow[]> {
  const roundId = (job.input as { roundId?: RoundId }).roundId;
  const mine = job.runId
    ? eq(run.id, job.runId)
    : job.name === "train-round" && roundId
      ? eq(run.roundId, roundId)
      : null;
  if (!mine) return [];
  return await db
    .select()
    .from(run)
    .where(and(mine, inArray(run.status, ["queued", "running", "paused"])));
}

export type MetricRow = typeof metric.$inferSelect;
export type SampleRow = typeof sample.$inferSelect;

/** A step that is done again after a crash replaces what it wrote before. */
export async function upsertMetrics(tx: Sql, rows: MetricRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(metric)
    .values(rows)
    .onConflictDoUpdate({
      target: [metric.runId, metric.step],
      set: { values: sql.raw('excluded."values"') },
    });
}

export async function upsertSamples(tx: Sql, rows: SampleRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(sample)
    .values(rows)
    .onConflictDoUpdate({
      target: [sample.runId, sample.step, sample.place],
      set: {
        prompt: sql.raw('excluded."prompt"'),
        completion: sql.raw('excluded."completion"'),
        score: sql.raw('excluded."score"'),
        rawScore: sql.raw('excluded."rawScore"'),
        tokens: sql.raw('excluded."tokens"'),
      },
    });
}

export async function insertRound(tx: Sql, values: typeof round.$inferInsert): Promise<RoundRow> {
  const [row] = await tx.insert(round).values(values).returning();
  return row;
}

export async function findRound(db: Reader, id: RoundId): Promise<RoundRow | null> {
  const [row] = await db.select().from(round).where(eq(round.id, id));
  return row ?? null;
}

export async function findRoundNumber(
  db: Reader,
  campaignId: CampaignId,
  number: number,
): Promise<RoundRow | null> {
  const [row] = await db
    .select()
    .from(round)
    .where(and(eq(round.campaignId, campaignId), eq(round.number, number)));
  return row ?? null;
}

export async function setRound(
  tx: Sql,
  id: RoundId,
  values: Partial<typeof round.$inferInsert>,
): Promise<void> {
  await tx.update(round).set(values).where(eq(round.id, id));
}
