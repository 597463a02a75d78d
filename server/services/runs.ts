import { z } from "zod";
import { findCampaign } from "../db/queries/campaign";
import { type JobRow, listJobs } from "../db/queries/job";
import { findModel, type ModelRow } from "../db/queries/model";
import { findRun, insertRun, type RunRow } from "../db/queries/run";
import { snapshotById } from "../db/queries/snapshot";
import type { Reader, Sql } from "../db/client";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import {
  zCampaignId,
  zModelId,
  zRunId,
  zSnapshotId,
  type CampaignId,
  type ModelId,
  type RunId,
} from "../domain/ids";
import { zTracking } from "../domain/tracking";
import { recordChange } from "./audit";
import { requireRole, type Actor, type Services } from "./context";
import { cancelJob, enqueue, pauseJob, resumeJob } from "./jobs";

const shared = {
  /** The trainer's options; those left out have its defaults. An unknown one fails the run at its start. */
  config: z.record(z.string(), z.unknown()).default({}),
  seed: z.int().min(0).default(0),
  tracking: zTracking.nullish(),
};

/** What each kind of run is made from. */
export const zStartRun = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("sft"), campaignId: zCampaignId, modelId: zModelId, ...shared }),
  z.object({ kind: z.literal("reward"), snapshotId: zSnapshotId, modelId: zModelId, ...shared }),
  z.object({ kind: z.literal("dpo"), snapshotId: zSnapshotId, modelId: zModelId, ...shared }),
  z.object({
    kind: z.enum(["ppo", "rloo", "grpo"]),
    campaignId: zCampaignId,
    modelId: zModelId,
    rewardModelId: zModelId,
    ...shared,
  }),
]);
type StartRun = z.output<typeof zStartRun>;

async function requireModel(db: Reader, id: ModelId, kind: ModelRow["kind"] | null) {
  const model = await findModel(db, id);
  if (!model) throw new AppError("not-found", "This model is not here any more: choose another.");
  if (kind && model.kind !== kind)
    throw new AppError("bad-input", `"${model.name}" is a ${model.kind} model: choose a ${kind}.`);
}

/** The campaign whose prompts and people's work the run learns from. */
async function campaignOf(db: Reader, input: StartRun): Promise<CampaignId> {
  if ("snapshotId" in input) {
    const snapshot = await snapshotById(db, input.snapshotId);
    if (!snapshot) throw new AppError("not-found", "This snapshot does not exist: choose another.");
    return snapshot.campaignId;
  }
  if (!(await findCampaign(db, input.campaignId)))
    throw new AppError("not-found", "This campaign does not exist: choose another.");
  return input.campaignId;
}

/** A run of its own, outside a campaign's rounds: it makes a model and moves nothing else. */
export async function startRun(
  { db }: Services,
  actor: Actor,
  input: StartRun,
): Promise<{ id: RunId }> {
  requireRole(actor, "researcher");
  return await write(db, async (tx) => {
    await requireModel(tx, input.modelId, input.kind === "reward" ? null : "policy");
    if ("rewardModelId" in input) await requireModel(tx, input.rewardModelId, "reward");
    const run = await insertRun(tx, {
      ...input,
      campaignId: await campaignOf(tx, input),
      status: "queued",
      createdById: actor.id,
    });
    await queueRun(tx, run);
    const { id, kind, campaignId, config, seed } = run;
    await recordChange(tx, actor, {
      action: "run.start",
      target: { id, name: kind },
      campaignId,
      after: { kind, config, seed, modelId: run.modelId, snapshotId: run.snapshotId },
    });
    return { id: run.id };
  });
}

const queueRun = (tx: Sql, { id, kind, campaignId, createdById }: RunRow) =>
  enqueue(tx, `train-${kind}`, { runId: id }, { runId: id, campaignId, createdById });

/** A run that shall be stopped, paused or resumed. */
export const zRunInWork = z.object({ id: zRunId });

/** Stops a run that waits or trains; what it measured stays. A round's run stops its round's training. */
export async function cancelRun(
  ctx: Services,
  actor: Actor,
  { id }: z.output<typeof zRunInWork>,
): Promise<void> {
  requireRole(actor, "researcher");
  const { job } = await runInWork(ctx.db.read, id);
  await cancelJob(ctx, actor, { jobId: job.id });
}

/**
 * Sets a run aside: after its step it leaves a checkpoint and the worker to others, and goes on from there,
 * bit for bit, when it is resumed. A round's run sets its round's training aside.
 */
export async function pauseRun(
  { db }: Services,
  actor: Actor,
  { id }: z.output<typeof zRunInWork>,
): Promise<void> {
  requireRole(actor, "researcher");
  await write(db, async (tx) => pauseJob(tx, (await runInWork(tx, id)).job));
}

/** A paused run waits for the worker again. */
export async function resumeRun(
  { db }: Services,
  actor: Actor,
  { id }: z.output<typeof zRunInWork>,
): Promise<void> {
  requireRole(actor, "researcher");
  await write(db, async (tx) => resumeJob(tx, (await runInWork(tx, id)).job));
}

/** A run that has not ended, with the job that does it. @throws AppError not-found, or conflict when it has ended */
async function runInWork(db: Reader, id: RunId): Promise<{ run: RunRow; job: JobRow }> {
  const run = await findRun(db, id);
  if (!run) throw new AppError("not-found", "This run does not exist; choose one from the list.");
  const job = (await listJobs(db)).find(
    ({ runId, name, input }) =>
      runId === id ||
      (name === "train-round" && (input as { roundId?: string }).roundId === run.roundId),
  );
  if (!job || run.status === "done")
    throw new AppError("conflict", "This run has ended already: reload the page.");
  return { run, job };
}
