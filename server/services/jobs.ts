import { z } from "zod";
import { insertJob, findJob, listJobs, updateJob, type JobRow } from "../db/queries/job";
import { runsOfJob, setRound, updateRun } from "../db/queries/run";
import type { Sql } from "../db/client";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zCampaignId, zJobId, type CampaignId, type RunId, type UserId } from "../domain/ids";
import { recordChange } from "./audit";
import { requireRole, type Actor, type Services } from "./context";
import { jobInputs, jobPriority, type JobInput, type JobName } from "./job-inputs";

interface EnqueueOptions {
  /** A second job with the key of one that waits or runs is not queued. Default: name and input. */
  key?: string;
  campaignId?: CampaignId | null;
  runId?: RunId | null;
  createdById?: UserId | null;
}

/** Queues a job inside a write: it exists exactly when what it is about does. */
export function enqueue<Name extends JobName>(
  tx: Sql,
  name: Name,
  input: JobInput<Name>,
  { key = `${name} ${JSON.stringify(input)}`, ...about }: EnqueueOptions = {},
): Promise<JobRow> {
  return insertJob(tx, {
    ...about,
    name,
    key,
    input: jobInputs[name].parse(input),
    status: "queued",
    priority: jobPriority[name],
  });
}

export type JobOutcome =
  | { status: "done" }
  | { status: "failed"; error: string }
  | { status: "cancelled" };

/** Ends a job, and with it the run and the round that it was doing. */
export async function endJob(tx: Sql, job: JobRow, outcome: JobOutcome): Promise<void> {
  const error = outcome.status === "failed" ? outcome.error : null;
  const nothingMore = { key: null, leaseExpiresAt: null, workerId: null, secondsLeft: null };
  await updateJob(tx, job.id, { ...nothingMore, status: outcome.status, error });
  if (outcome.status === "done") return;
  for (const run of await runsOfJob(tx, job))
    await updateRun(tx, run.id, { status: outcome.status, error, endedAt: new Date() });
  const roundId = z.object({ roundId: jobInputs.answer.shape.roundId }).safeParse(job.input);
  if (!roundId.success) return;
  // A training that was cancelled leaves its rankings where they were: more can be collected
  const back = job.name === "train-round" && outcome.status === "cancelled";
  await setRound(tx, roundId.data.roundId, { status: back ? "collecting" : "failed" });
}

export const zListJobs = z.object({ campaignId: zCampaignId.optional() }).default({});

const hour = 60 * 60 * 1000;

/** Work that waits, runs, or ended within the hour; for the tray that shows what the machine is doing. */
export async function activity(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zListJobs> = {},
) {
  requireRole(actor, "researcher");
  const rows = await listJobs(db.read, { campaignId, endedSince: new Date(Date.now() - hour) });
  return rows.map((row) => ({
    id: row.id,
    name: row.name as JobName,
    status: row.status,
    progress: row.progress,
    message: row.message,
    secondsLeft: row.secondsLeft,
    error: row.error,
    cancelRequested: row.cancelRequested,
    runId: row.runId,
    campaignId: row.campaignId,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }));
}
export const zCancelJob = z.object({ jobId: zJobId });

/** A waiting job ends at once, a running one at its next step; what it had finished stays. */
export async function cancelJob(
  { db }: Services,
  actor: Actor,
  { jobId }: z.output<typeof zCancelJob>,
): Promise<void> {
  requireRole(actor, "researcher");
  await write(db, async (tx) => {
    const job = await findJob(tx, jobId);
    if (!job) throw new AppError("not-found", "There is no such job: reload the page.");
    if (job.status === "queued") await endJob(tx, job, { status: "cancelled" });
    else if (job.status === "running") await updateJob(tx, jobId, { cancelRequested: true });
    else return;
    await recordChange(tx, actor, {
      action: "job.cancel",
      target: { id: jobId, name: job.name },
      campaignId: job.campaignId,
      before: { status: job.status, input: job.input },
      after: { status: "cancelled", input: job.input },
    });
  });
}
