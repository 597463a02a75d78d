import { renewJob, updateJob, type JobProgress, type JobRow } from "../db/queries/job";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import type { Services } from "../services/context";
import { endJob } from "../services/jobs";
import { Cancelled, Released, type Job, type JobDefinition } from "./define-job";
import { leaseFrom } from "./queue";

const reportMs = 500;
const heartbeatMs = 15_000;

export interface Worker {
  readonly id: string;
  readonly services: Services;
  readonly definitions: ReadonlyMap<string, JobDefinition>;
  readonly stopping: () => boolean;
  /** Where a fault that is nobody's input goes. */
  readonly log: (line: string, error?: unknown) => void;
}

/** Does one claimed job, from its lease to its end in the table. */
export async function runJob(worker: Worker, row: JobRow): Promise<void> {
  const { db } = worker.services;
  const abort = new AbortController();
  const stop = () => {
    if (!abort.signal.aborted) abort.abort(new Cancelled("cancelled"));
  };
  let reportedAt = 0;
  let unsaid: JobProgress = {};
  let owned = true; // until another worker takes the job over: its state is that worker's then

  const renew = async (): Promise<void> => {
    const values = unsaid;
    unsaid = {};
    reportedAt = Date.now();
    const leaseExpiresAt = leaseFrom(new Date());
    const mine = await write(db, (tx) =>
      renewJob(tx, row.id, worker.id, { ...values, leaseExpiresAt }),
    );
    owned = mine !== null;
    if (!mine || mine.cancelRequested) stop();
  };
  const heartbeat = setInterval(() => {
    renew().catch((error: unknown) => worker.log("The lease could not be renewed.", error));
  }, heartbeatMs);

  const job: Job = {
    ...worker.services,
    row,
    signal: abort.signal,
    stopping: worker.stopping,
    progress: async (now) => {
      unsaid = { ...unsaid, ...now };
      if (Date.now() - reportedAt >= reportMs) await renew();
      abort.signal.throwIfAborted();
    },
  };

  try {
    if (row.cancelRequested) throw new Cancelled("cancelled");
    const definition = worker.definitions.get(row.name);
    if (!definition)
      throw new AppError("internal", `No worker of this version knows the job "${row.name}".`);
    await definition.run(row.input, job);
    await write(db, async (tx) => {
      const end = { leaseExpiresAt: leaseFrom(new Date()), progress: 1 };
      const mine = await renewJob(tx, row.id, worker.id, end);
      if (mine) await endJob(tx, mine, { status: "done" });
    });
  } catch (error) {
    if (owned) await endBadly(worker, row, error, abort.signal.aborted);
  } finally {
    clearInterval(heartbeat);
  }
}

async function endBadly(
  worker: Worker,
  row: JobRow,
  error: unknown,
  aborted: boolean,
): Promise<void> {
  const { db } = worker.services;
  if (error instanceof Released) {
    const queued = { status: "queued", workerId: null, leaseExpiresAt: null } as const;
    return await write(db, (tx) => updateJob(tx, row.id, queued));
  }
  if (aborted || error instanceof Cancelled)
    return await write(db, (tx) => endJob(tx, row, { status: "cancelled" }));
  if (!(error instanceof AppError)) worker.log(`The job ${row.name} failed.`, error);
  const message = error instanceof Error ? error.message : String(error);
  await write(db, (tx) => endJob(tx, row, { status: "failed", error: message }));
}
