import { hostname } from "node:os";
import {
  abandonedJobs,
  claimJob,
  renewJob,
  runningJobs,
  updateJob,
  type JobProgress,
  type JobRow,
} from "../db/queries/job";
import { type RunRow, runsOfJob } from "../db/queries/run";
import type { JobResult } from "../db/json-columns";
import { write } from "../db/write";
import type { Services } from "./context";
import { endJob, holdJob, type JobOutcome } from "./jobs";
import { removeHalfWritten } from "./run-files";

export type { JobProgress, JobResult, JobRow };

/** A worker that was not heard of for so long is taken for dead; it renews between any two steps. */
export const leaseMs = 2 * 60_000;
/** A job whose worker died so often at the same place is the likely cause. */
const maxAttempts = 3;

const leaseFrom = (now: Date): Date => new Date(now.getTime() + leaseMs);
const queued = { status: "queued", workerId: null, leaseExpiresAt: null } as const;

/** Names a worker so that the next one on the same machine can tell whether it still lives. */
export const workerName = (): string => `${hostname()}:${process.pid}`;

function isDead(workerId: string | null): boolean {
  const [host, pid] = (workerId ?? "").split(/:(?=\d+$)/);
  if (host !== hostname() || !pid) return false; // another machine's: only its lease tells
  if (Number(pid) === process.pid) return true; // a former life of this number
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

async function takeBack(
  ctx: Services,
  id: JobRow["id"],
  lost: (job: JobRow) => boolean,
): Promise<void> {
  let cancelled: RunRow[] = [];
  await write(ctx.db, async (tx) => {
    const row = (await runningJobs(tx)).find((one) => one.id === id && lost(one));
    if (!row) return;
    if (row.cancelRequested) {
      cancelled = await runsOfJob(tx, row);
      return await endJob(tx, row, { status: "cancelled" });
    }
    if (row.pauseRequested) return await holdJob(tx, row);
    const attempts = row.attempts + 1;
    if (attempts < maxAttempts) return await updateJob(tx, id, { ...queued, attempts });
    await endJob(tx, row, {
      status: "failed",
      error: `The worker died ${maxAttempts} times while doing this, most likely for want of memory: use a smaller model or batch.`,
    });
  });
  await removeHalfWritten(ctx, cancelled);
}

/** Puts jobs whose worker let its lease run out back into the queue. */
export async function recoverExpired(ctx: Services, now = new Date()): Promise<void> {
  for (const { id } of await abandonedJobs(ctx.db.read, now))
    await takeBack(ctx, id, (job) => job.leaseExpiresAt !== null && job.leaseExpiresAt <= now);
}

/** At a worker's start: jobs of dead workers of this machine need not wait for their lease to end. */
export async function recoverDead(ctx: Services): Promise<void> {
  for (const row of await runningJobs(ctx.db.read))
    if (isDead(row.workerId)) await takeBack(ctx, row.id, (job) => isDead(job.workerId));
}

/** The next job, leased to this worker, or null when none waits. */
export async function claimNext({ db }: Services, worker: string): Promise<JobRow | null> {
  const now = new Date();
  return await write(db, (tx) => claimJob(tx, { id: worker, now, leaseExpiresAt: leaseFrom(now) }));
}

/** Writes how far a job is and lengthens its lease. Null when it is not this worker's any more. */
export async function renewLease(
  { db }: Services,
  row: JobRow,
  worker: string,
  values: JobProgress = {},
): Promise<JobRow | null> {
  const leaseExpiresAt = leaseFrom(new Date());
  return await write(db, (tx) => renewJob(tx, row.id, worker, { ...values, leaseExpiresAt }));
}

/** Ends a job, unless it is another worker's by now. */
export async function settleJob(
  ctx: Services,
  row: JobRow,
  worker: string,
  outcome: JobOutcome,
): Promise<void> {
  const values = { leaseExpiresAt: new Date(), ...(outcome.status === "done" && { progress: 1 }) };
  let cancelled: RunRow[] = [];
  await write(ctx.db, async (tx) => {
    const mine = await renewJob(tx, row.id, worker, values);
    if (!mine) return;
    if (outcome.status === "cancelled") cancelled = await runsOfJob(tx, mine);
    await endJob(tx, mine, outcome);
  });
  await removeHalfWritten(ctx, cancelled);
}

/**
 * Puts a job back into the queue, or aside where somebody paused it, without counting the attempt: nothing
 * was wrong.
 */
export async function releaseJob({ db }: Services, row: JobRow, worker: string): Promise<void> {
  await write(db, async (tx) => {
    const mine = await renewJob(tx, row.id, worker, { leaseExpiresAt: new Date() });
    if (mine?.pauseRequested) await holdJob(tx, mine);
    else if (mine) await updateJob(tx, row.id, queued);
  });
}

/**
 * A job got further than where a worker died: those deaths are forgotten, for a long run may see many
 * restarts of the machine. One that dies before it gets anywhere still ends.
 */
export async function forgetDeaths({ db }: Services, row: JobRow, worker: string): Promise<void> {
  if (row.attempts === 0) return;
  await write(db, async (tx) => {
    const mine = await renewJob(tx, row.id, worker, { leaseExpiresAt: leaseFrom(new Date()) });
    if (mine) await updateJob(tx, row.id, { attempts: 0 });
  });
}

export async function keepResult({ db }: Services, row: JobRow, result: JobResult): Promise<void> {
  await write(db, (tx) => updateJob(tx, row.id, { result }));
}
