import { and, asc, desc, eq, gt, inArray, isNull, lte, or } from "drizzle-orm";
import type { CampaignId, JobId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { job } from "../schema";

export type JobRow = typeof job.$inferSelect;

const active = inArray(job.status, ["queued", "running", "paused"]);

/** Queues it, unless a job with the same key waits or runs: then that one is returned. */
export async function insertJob(tx: Sql, values: typeof job.$inferInsert): Promise<JobRow> {
  const [made] = await tx.insert(job).values(values).onConflictDoNothing().returning();
  if (made) return made;
  const [there] = await tx
    .select()
    .from(job)
    .where(eq(job.key, values.key ?? ""));
  return there;
}

/** Takes the first job that waits, in one statement: two workers never get the same. */
export async function claimJob(
  tx: Sql,
  worker: { id: string; now: Date; leaseExpiresAt: Date },
): Promise<JobRow | null> {
  const first = tx
    .select({ id: job.id })
    .from(job)
    .where(and(eq(job.status, "queued"), or(isNull(job.runAfter), lte(job.runAfter, worker.now))))
    .orderBy(desc(job.priority), asc(job.createdAt), asc(job.id))
    .limit(1);
  const [row] = await tx
    .update(job)
    .set({ status: "running", workerId: worker.id, leaseExpiresAt: worker.leaseExpiresAt })
    .where(and(eq(job.status, "queued"), inArray(job.id, first)))
    .returning();
  return row ?? null;
}

export interface JobProgress {
  /** 0 to 1; null = not known. */
  progress?: number | null;
  message?: string;
  secondsLeft?: number | null;
}

/** Writes how far it is and lengthens the lease. Null when the job is not this worker's any more. */
export async function renewJob(
  tx: Sql,
  id: JobId,
  workerId: string,
  values: JobProgress & { leaseExpiresAt: Date },
): Promise<JobRow | null> {
  const [row] = await tx
    .update(job)
    .set(values)
    .where(and(eq(job.id, id), eq(job.workerId, workerId), eq(job.status, "running")))
    .returning();
  return row ?? null;
}

export async function updateJob(
  tx: Sql,
  id: JobId,
  values: Partial<typeof job.$inferInsert>,
): Promise<void> {
  await tx.update(job).set(values).where(eq(job.id, id));
}

export async function findJob(db: Reader, id: JobId): Promise<JobRow | null> {
  const [row] = await db.select().from(job).where(eq(job.id, id));
  return row ?? null;
}

/** Jobs whose worker has not been heard of since their lease ended. */
export const abandonedJobs = (db: Reader, now: Date): Promise<JobRow[]> =>
  db
    .select()
    .from(job)
    .where(and(eq(job.status, "running"), lte(job.leaseExpiresAt, now)));

export const runningJobs = (db: Reader): Promise<JobRow[]> =>
  db.select().from(job).where(eq(job.status, "running"));

export interface JobFilter {
  campaignId?: CampaignId;
  /** Ended ones after this moment are listed too. */
  endedSince?: Date;
}

/** Jobs that wait, run or are paused, the running first, and those that ended since. */
export const listJobs = (
  db: Reader,
  { campaignId, endedSince }: JobFilter = {},
): Promise<JobRow[]> =>
  db
    .select()
    .from(job)
    .where(
      and(
        endedSince ? or(active, gt(job.updatedAt, endedSince)) : active,
        campaignId ? eq(job.campaignId, campaignId) : undefined,
      ),
    )
    .orderBy(desc(job.status), desc(job.priority), asc(job.createdAt), asc(job.id));
