import { setImmediate as breathe } from "node:timers/promises";
import { AppError } from "../domain/app-error";
import type { Services } from "../services/context";
import {
  releaseJob,
  renewLease,
  settleJob,
  type JobProgress,
  type JobRow,
} from "../services/job-queue";
import { Cancelled, Released, type Job, type JobDefinition } from "./define-job";

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
  const { services } = worker;
  const abort = new AbortController();
  const stop = () => {
    if (!abort.signal.aborted) abort.abort(new Cancelled("cancelled"));
  };
  let reportedAt = 0;
  let unsaid: JobProgress = {};
  let pausing = row.pauseRequested;
  let owned = true; // until another worker takes the job over: its state is that worker's then

  const renew = async (): Promise<void> => {
    const values = unsaid;
    unsaid = {};
    reportedAt = Date.now();
    const mine = await renewLease(services, row, worker.id, values);
    owned = mine !== null;
    pausing = mine?.pauseRequested ?? false;
    if (!mine || mine.cancelRequested) stop();
  };
  const heartbeat = setInterval(() => {
    renew().catch((error: unknown) => worker.log("The lease could not be renewed.", error));
  }, heartbeatMs);

  const job: Job = {
    ...services,
    row,
    signal: abort.signal,
    stopping: () => pausing || worker.stopping(),
    progress: async (now) => {
      unsaid = { ...unsaid, ...now };
      if (Date.now() - reportedAt >= reportMs) await renew();
      await breathe(); // signals and timers are heard between steps only
      abort.signal.throwIfAborted();
    },
  };

  try {
    if (row.cancelRequested) throw new Cancelled("cancelled");
    const definition = worker.definitions.get(row.name);
    if (!definition)
      throw new AppError("internal", `No worker of this version knows the job "${row.name}".`);
    await definition.run(row.input, job);
    await renew(); // the last message
    await settleJob(services, row, worker.id, { status: "done" });
  } catch (error) {
    if (owned) await endBadly(worker, row, error, abort.signal.aborted);
  } finally {
    clearInterval(heartbeat);
  }
}

async function endBadly(
  { services, id, log }: Worker,
  row: JobRow,
  error: unknown,
  aborted: boolean,
): Promise<void> {
  if (error instanceof Released) return await releaseJob(services, row, id);
  if (aborted || error instanceof Cancelled)
    return await settleJob(services, row, id, { status: "cancelled" });
  if (!(error instanceof AppError)) log(`The job ${row.name} failed.`, error);
  const message = error instanceof Error ? error.message : String(error);
  await settleJob(services, row, id, { status: "failed", error: message });
}
