import { hostname } from "node:os";
import type { Db } from "../db/client";
import { abandonedJobs, claimJob, runningJobs, updateJob, type JobRow } from "../db/queries/job";
import { write } from "../db/write";
import { endJob } from "../services/jobs";

/** A worker that was not heard of for so long is taken for dead; it renews between any two steps. */
export const leaseMs = 2 * 60_000;
/** A job whose worker died so often is the likely cause. */
const maxAttempts = 3;

export const leaseFrom = (now: Date): Date => new Date(now.getTime() + leaseMs);

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

async function takeBack(db: Db, id: JobRow["id"], lost: (job: JobRow) => boolean): Promise<void> {
  await write(db, async (tx) => {
    const row = (await runningJobs(tx)).find((one) => one.id === id && lost(one));
    if (!row) return;
    if (row.cancelRequested) return await endJob(tx, row, { status: "cancelled" });
    if (row.attempts + 1 < maxAttempts) {
      const queued = { status: "queued", workerId: null, leaseExpiresAt: null } as const;
      return await updateJob(tx, id, { ...queued, attempts: row.attempts + 1 });
    }
    await endJob(tx, row, {
      status: "failed",
      error: `The worker died ${maxAttempts} times while doing this, most likely for want of memory: use a smaller model or batch.`,
    });
  });
}

/** Puts jobs whose worker let its lease run out back into the queue. */
export async function recoverExpired(db: Db, now = new Date()): Promise<void> {
  for (const { id } of await abandonedJobs(db.read, now))
    await takeBack(db, id, (job) => job.leaseExpiresAt !== null && job.leaseExpiresAt <= now);
}

/** At a worker's start: jobs of dead workers of this machine need not wait for their lease to end. */
export async function recoverDead(db: Db): Promise<void> {
  for (const row of await runningJobs(db.read))
    if (isDead(row.workerId)) await takeBack(db, row.id, (job) => isDead(job.workerId));
}

/** The next job, leased to this worker, or null when none waits. */
export async function claimNext(db: Db, worker: string): Promise<JobRow | null> {
  const now = new Date();
  return await write(db, (tx) => claimJob(tx, { id: worker, now, leaseExpiresAt: leaseFrom(now) }));
}
