import { z } from "zod";
import { insertJob, findJob, listJobs, updateJob, type JobRow } from "../db/queries/job";
import { type RunRow, runsOfJob, updateRun } from "../db/queries/run";
import type { Sql } from "../db/client";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zCampaignId, zJobId, type CampaignId, type RunId, type UserId } from "../domain/ids";
import { recordChange } from "./audit";
import { requireRole, type Actor, type Services } from "./context";
import { moveRound } from "./round-moves";
import { removeHalfWritten } from "./run-files";
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
  const nothingMore = {
    key: null,
    leaseExpiresAt: null,
    workerId: null,
    secondsLeft: null,
    pauseRequested: false,
  };
  await updateJob(tx, job.id, { ...nothingMore, status: outcome.status, error });
  if (outcome.status === "done") return;
  for (const run of await runsOfJob(tx, job))
    await updateRun(tx, run.id, { status: outcome.status, error, endedAt: new Date() });
  const roundId = z.object({ roundId: jobInputs.answer.shape.roundId }).safeParse(job.input);
  if (!roundId.success) return;
  await moveRound(tx, roundId.data.roundId, { kind: outcome.status });
}

/** Sets a job aside, and with it the run that it was doing: no worker takes it until it is resumed. */
export async function holdJob(tx: Sql, job: JobRow): Promise<void> {
  const aside = { workerId: null, leaseExpiresAt: null, pauseRequested: false } as const;
  await updateJob(tx, job.id, { ...aside, status: "paused" });
  for (const run of await runsOfJob(tx, job)) await updateRun(tx, run.id, { status: "paused" });
}

/** A waiting job is set aside at once, a running one after its step and a checkpoint. */
export async function pauseJob(tx: Sql, job: JobRow): Promise<void> {
  if (job.status === "queued") await holdJob(tx, job);
  else if (job.status === "running") await updateJob(tx, job.id, { pauseRequested: true });
}

/** It goes on from its checkpoint when a worker is free; one that was yet to pause just goes on. */
export async function resumeJob(tx: Sql, job: JobRow): Promise<void> {
  if (job.status === "running") return await updateJob(tx, job.id, { pauseRequested: false });
  if (job.status !== "paused") return;
  await updateJob(tx, job.id, { status: "queued", pauseRequested: false });
  for (const run of await runsOfJob(tx, job)) await updateRun(tx, run.id, { status: "queued" });
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
    pauseRequested: row.pauseRequested,
    runId: row.runId,
    campaignId: row.campaignId,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }));
}
export const zCancelJob = z.object({ jobId: zJobId });

/** A waiting or paused job ends at once, a running one at its next step; what it had finished stays. */
export async function cancelJob(
  ctx: Services,
  actor: Actor,
  { jobId }: z.output<typeof zCancelJob>,
): Promise<void> {
  requireRole(actor, "researcher");
  let ended: RunRow[] = [];
  await write(ctx.db, async (tx) => {
    const job = await findJob(tx, jobId);
    if (!job) throw new AppError("not-found", "There is no such job: reload the page.");
    if (job.status === "queued" || job.status === "paused") {
      ended = await runsOfJob(tx, job);
      await endJob(tx, job, { status: "cancelled" });
    } else if (job.status === "running") await updateJob(tx, jobId, { cancelRequested: true });
    else return;
    await recordChange(tx, actor, {
      action: "job.cancel",
      target: { id: jobId, name: job.name },
      campaignId: job.campaignId,
      before: { status: job.status },
      after: { status: "cancelled", input: job.input },
    });
  });
  await removeHalfWritten(ctx, ended);
}
