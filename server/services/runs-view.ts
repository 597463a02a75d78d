import path from "node:path";
import { z } from "zod";
import {
  jobOfRun,
  listRunRows,
  metricsAfter,
  modelsById,
  runRow,
  samplesAt,
  sampleSteps,
} from "../db/queries/run-view";
import { AppError } from "../domain/app-error";
import { zCampaignId, zRunId } from "../domain/ids";
import { modelsOfSource } from "../domain/reward-source";
import { isJudged, isRewarded, runKinds } from "../domain/run-kinds";
import { type Actor, requireRole, type Services } from "./context";
import { absolutePath } from "./folders";
import { referencesOfRun } from "./export-run";
import { inputsOfRun, reportOf } from "./run-inputs";
import { trackingShown } from "./run-tracking";

export const zListRuns = z.object({
  campaignId: zCampaignId.optional(),
  kind: z.enum(runKinds).optional(),
  limit: z.number().int().min(1).max(500).default(200),
});

/** The newest runs first. */
export async function listRuns(ctx: Services, actor: Actor, input: z.input<typeof zListRuns> = {}) {
  requireRole(actor, "researcher");
  return await listRunRows(ctx.db.read, zListRuns.parse(input));
}

export const zRunRef = z.object({ id: zRunId });

/** One run as a researcher cites it: its data, models, config and seed. @throws AppError not-found */
export async function getRun(ctx: Services, actor: Actor, { id }: z.infer<typeof zRunRef>) {
  requireRole(actor, "researcher");
  const row = await runRow(ctx.db.read, id);
  if (!row) throw new AppError("not-found", "This run does not exist; choose one from the list.");
  const { modelId, rewardModelId, outputModelId, sftModelId, tracking, ...shown } = row;
  // What a rewarded run is held near to is its campaign's SFT model, else the policy that it starts from.
  const referenceId = isRewarded(row.kind)
    ? (sftModelId ?? modelId)
    : row.kind === "dpo"
      ? modelId
      : null;
  const { reward, ptx } = await inputsOfRun(ctx.db.read, { id, rewardModelId });
  const judges = reward ? modelsOfSource(reward) : [];
  const ids = [modelId, rewardModelId, outputModelId, referenceId, ...judges].filter(
    (one) => one !== null,
  );
  const models = new Map(
    (await modelsById(ctx.db.read, ids)).map((one) => {
      const path = absolutePath(ctx.folders, one.path);
      return [one.id, { ...one, path }];
    }),
  );
  const of = (one: typeof modelId) => (one === null ? null : (models.get(one) ?? null));
  return {
    ...shown,
    tracked: trackingShown(ctx.folders, { ...shown, tracking }),
    snapshotPath: shown.snapshotPath && absolutePath(ctx.folders, shown.snapshotPath),
    model: of(modelId),
    rewardModel: of(rewardModelId),
    /** What rewards the answers, without the secrets of endpoints; null where nothing does. */
    reward: isJudged(row.kind) ? reward : null,
    rewardModels: judges.flatMap((one) => of(one) ?? []),
    ptx,
    /** Demonstrations set the zero of the reward model that it makes. */
    hasReferences: (await referencesOfRun(ctx.db.read, row)) !== null,
    report: await reportOf(ctx, id),
    dropIns: {
      programs: path.join(ctx.folders.data, "programs"),
      texts: path.join(ctx.folders.data, "texts"),
    },
    outputModel: of(outputModelId),
    referenceModel: of(referenceId),
    job: await jobOfRun(ctx.db.read, row),
  };
}

/** Measurements sent at once; a longer run comes in several answers. */
const portion = 2000;

export const zRunMetrics = z.object({ id: zRunId, after: z.int32().default(-1) });

/** What a run measured after a step, in order. `more`: ask again from the last step. */
export async function runMetrics(
  ctx: Services,
  actor: Actor,
  { id, after }: z.infer<typeof zRunMetrics>,
) {
  requireRole(actor, "researcher");
  const rows = await metricsAfter(ctx.db.read, id, after, portion);
  return { rows, more: rows.length === portion };
}

export const zRunSamples = z.object({ id: zRunId, step: z.int32().optional() });

/** Texts that a run showed at a step (the newest when none is named), and the steps there are. */
export async function runSamples(
  ctx: Services,
  actor: Actor,
  { id, step }: z.infer<typeof zRunSamples>,
) {
  requireRole(actor, "researcher");
  const steps = await sampleSteps(ctx.db.read, id);
  const shown = step ?? steps[0];
  if (shown === undefined) return { steps, step: null, samples: [] };
  return { steps, step: shown, samples: await samplesAt(ctx.db.read, id, shown) };
}
