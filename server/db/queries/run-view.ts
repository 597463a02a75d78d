import { and, asc, desc, eq, gt, inArray, isNull, or, type SQL } from "drizzle-orm";
import type { CampaignId, RoundId, RunId } from "../../domain/ids";
import type { Reader } from "../client";
import { ensemble } from "../schema-runs";
import { campaign, job, metric, model, round, run, sample, snapshot, user } from "../schema";

const listed = {
  id: run.id,
  kind: run.kind,
  status: run.status,
  campaignId: run.campaignId,
  campaignName: campaign.name,
  round: round.number,
  step: run.step,
  totalSteps: run.totalSteps,
  secondsLeft: run.secondsLeft,
  seconds: run.seconds,
  error: run.error,
  seed: run.seed,
  startedAt: run.startedAt,
  endedAt: run.endedAt,
  createdAt: run.createdAt,
};

/** The newest runs with the names that a reader knows them by. */
export async function listRunRows(
  read: Reader,
  filter: { campaignId?: CampaignId; kind?: (typeof run.$inferSelect)["kind"]; limit: number },
) {
  const where: (SQL | undefined)[] = [
    filter.campaignId && eq(run.campaignId, filter.campaignId),
    filter.kind && eq(run.kind, filter.kind),
  ];
  return await read
    .select(listed)
    .from(run)
    .leftJoin(campaign, eq(campaign.id, run.campaignId))
    .leftJoin(round, eq(round.id, run.roundId))
    .where(and(...where))
    .orderBy(desc(run.createdAt), desc(run.id))
    .limit(filter.limit);
}

export async function runRow(read: Reader, id: RunId) {
  const [row] = await read
    .select({
      ...listed,
      roundId: run.roundId,
      config: run.config,
      memory: run.memory,
      tracking: run.tracking,
      snapshotId: run.snapshotId,
      modelId: run.modelId,
      rewardModelId: run.rewardModelId,
      outputModelId: run.outputModelId,
      sftModelId: campaign.sftModelId,
      createdBy: user.name,
      snapshotHash: snapshot.hash,
      snapshotPath: snapshot.path,
      snapshotCounts: snapshot.counts,
    })
    .from(run)
    .leftJoin(campaign, eq(campaign.id, run.campaignId))
    .leftJoin(round, eq(round.id, run.roundId))
    .leftJoin(snapshot, eq(snapshot.id, run.snapshotId))
    .leftJoin(user, eq(user.id, run.createdById))
    .where(eq(run.id, id));
  return row ?? null;
}

/** Names and places of the models that a run read and wrote. */
export async function modelsById(read: Reader, ids: readonly (typeof model.$inferSelect)["id"][]) {
  if (ids.length === 0) return [];
  return await read
    .select({
      id: model.id,
      name: model.name,
      kind: model.kind,
      path: model.path,
      hash: model.hash,
      exact: model.exact,
      parameters: model.parameters,
      members: ensemble.members,
    })
    .from(model)
    .leftJoin(ensemble, eq(ensemble.modelId, model.id))
    .where(inArray(model.id, [...ids]));
}

/** Measurements after `step`, in order; a page that has some asks only for what is new. */
export async function metricsAfter(read: Reader, id: RunId, step: number, limit: number) {
  return await read
    .select({ step: metric.step, values: metric.values })
    .from(metric)
    .where(and(eq(metric.runId, id), gt(metric.step, step)))
    .orderBy(asc(metric.step))
    .limit(limit);
}

/** The steps at which a run showed texts, newest first. */
export async function sampleSteps(read: Reader, id: RunId) {
  const rows = await read
    .selectDistinct({ step: sample.step })
    .from(sample)
    .where(eq(sample.runId, id))
    .orderBy(desc(sample.step));
  return rows.map((row) => row.step);
}

export async function samplesAt(read: Reader, id: RunId, step: number) {
  return await read
    .select({
      place: sample.place,
      prompt: sample.prompt,
      completion: sample.completion,
      score: sample.score,
      rawScore: sample.rawScore,
      tokens: sample.tokens,
    })
    .from(sample)
    .where(and(eq(sample.runId, id), eq(sample.step, step)))
    .orderBy(asc(sample.place));
}

/** The job that does a run now or did it last: its own, or its round's training. */
export async function jobOfRun(read: Reader, one: { id: RunId; roundId: RoundId | null }) {
  const rows = await read
    .select({
      id: job.id,
      name: job.name,
      input: job.input,
      runId: job.runId,
      status: job.status,
      message: job.message,
      cancelRequested: job.cancelRequested,
      pauseRequested: job.pauseRequested,
    })
    .from(job)
    .where(or(eq(job.runId, one.id), and(isNull(job.runId), eq(job.name, "train-round"))))
    .orderBy(desc(job.createdAt));
  const found = rows.find(
    ({ runId, input }) =>
      runId === one.id ||
      (one.roundId !== null && (input as { roundId?: unknown }).roundId === one.roundId),
  );
  if (!found) return null;
  const { id, name, status, message, cancelRequested, pauseRequested } = found;
  return { id, name, status, message, cancelRequested, pauseRequested };
}
