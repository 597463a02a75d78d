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
import { modelsOfSource, zPtxTexts, zRewardSecrets, zRewardSource } from "../domain/reward-source";
import { zTracking } from "../domain/tracking";
import { recordChange } from "./audit";
import { requireRole, type Actor, type Services } from "./context";
import { cancelJob, enqueue, pauseJob, resumeJob } from "./jobs";
import { keepInputs } from "./run-inputs";

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
    kind: z.enum(["ppo", "rloo", "grpo", "best-of-n"]),
    campaignId: zCampaignId,
    modelId: zModelId,
    /** What rewards the answers. */
    reward: zRewardSource,
    /** Header values of its endpoints; kept where no page and no export reads them. */
    secrets: zRewardSecrets.default({}),
    /** The run that was cloned: header values that are not given are taken from it, for the same address. */
    secretsFrom: zRunId.nullish(),
    /** Texts that PPO keeps likely beside (ptxCoefficient). */
    ptx: zPtxTexts.nullish(),
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

/** A run of its own, outside a campaign's rounds: it makes a model, or measures one, and moves nothing else. */
export async function startRun(
  ctx: Services,
  actor: Actor,
  asked: z.input<typeof zStartRun>,
): Promise<{ id: RunId }> {
  requireRole(actor, "researcher");
  const input = zStartRun.parse(asked);
  if ("ptx" in input && input.ptx && input.kind !== "ppo")
    throw new AppError(
      "bad-input",
      `Only PPO mixes pretraining text in: leave it out of ${input.kind.toUpperCase()}.`,
    );
  return await write(ctx.db, async (tx) => {
    await requireModel(tx, input.modelId, input.kind === "reward" ? null : "policy");
    const { kind: method, modelId, config: options, seed: drawn, tracking } = input;
    const run = await insertRun(tx, {
      kind: method,
      modelId,
      config: options,
      seed: drawn,
      tracking,
      snapshotId: "snapshotId" in input ? input.snapshotId : null,
      rewardModelId: "reward" in input ? (modelsOfSource(input.reward).at(0) ?? null) : null,
      campaignId: await campaignOf(tx, input),
      status: "queued",
      createdById: actor.id,
    });
    if ("reward" in input) {
      const { reward, ptx = null, secrets, secretsFrom = null } = input;
      await keepInputs(ctx, tx, run.id, { reward, ptx, secrets, secretsFrom });
    }
    await queueRun(tx, run);
    const { id, kind, campaignId, config, seed } = run;
    await recordChange(tx, actor, {
      action: "run.start",
      target: { id, name: kind },
      campaignId,
      after: {
        kind,
        config,
        seed,
        modelId: run.modelId,
        snapshotId: run.snapshotId,
        ...("reward" in input && { reward: input.reward, ptx: input.ptx ?? null }),
      },
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
  await write(db, async (tx) => {
    const { run, job } = await runInWork(tx, id);
    await pauseJob(tx, job);
    await recordAside(tx, actor, run, "run.pause");
  });
}

/** A paused run waits for the worker again. */
export async function resumeRun(
  { db }: Services,
  actor: Actor,
  { id }: z.output<typeof zRunInWork>,
): Promise<void> {
  requireRole(actor, "researcher");
  await write(db, async (tx) => {
    const { run, job } = await runInWork(tx, id);
    await resumeJob(tx, job);
    await recordAside(tx, actor, run, "run.resume");
  });
}

const recordAside = (
  tx: Sql,
  actor: Actor,
  { id, kind, campaignId }: RunRow,
  action: "run.pause" | "run.resume",
) =>
  recordChange(tx, actor, {
    action,
    target: { id, name: kind },
    campaignId,
    before: { paused: action === "run.resume" },
    after: { paused: action === "run.pause" },
  });

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
