import { and, asc, count, desc, eq, inArray, or } from "drizzle-orm";
import type { CampaignId, RoundId, RunId } from "../../domain/ids";
import type { Reader } from "../client";
import { completion, demonstration, job, metric, run } from "../schema";
import { countIf } from "./campaign";

export async function demonstrationCounts(db: Reader, campaignId: CampaignId) {
  const [row] = await db
    .select({
      accepted: countIf(eq(demonstration.status, "accepted")),
      toReview: countIf(eq(demonstration.status, "submitted")),
    })
    .from(demonstration)
    .where(eq(demonstration.campaignId, campaignId));
  return row;
}

/** Answers that the round's policy has given so far. */
export async function answerCount(db: Reader, roundId: RoundId): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(completion)
    .where(eq(completion.roundId, roundId));
  return row.count;
}

const activity = {
  id: job.id,
  name: job.name,
  status: job.status,
  progress: job.progress,
  secondsLeft: job.secondsLeft,
  runId: job.runId,
};
const active = inArray(job.status, ["running", "queued", "paused"]);

/** The campaign's jobs that run, wait or are paused, those that run first; the demo's has no campaign yet. */
export const activeJobs = (db: Reader, campaignId: CampaignId) =>
  db
    .select(activity)
    .from(job)
    .where(and(or(eq(job.campaignId, campaignId), eq(job.name, "make-demo")), active))
    .orderBy(desc(job.status), asc(job.createdAt));

/** The job that makes the demo of a fresh install, while it does. */
export const demoJobs = (db: Reader) =>
  db
    .select(activity)
    .from(job)
    .where(and(eq(job.name, "make-demo"), active));

/** The campaign's runs, newest first. */
export const runsOf = (db: Reader, campaignId: CampaignId) =>
  db
    .select()
    .from(run)
    .where(eq(run.campaignId, campaignId))
    .orderBy(desc(run.createdAt), asc(run.id));

/** The newest of what a run measured, newest first: enough to find the last value of any name. */
export const latestMetrics = (db: Reader, runId: RunId) =>
  db
    .select({ step: metric.step, values: metric.values })
    .from(metric)
    .where(eq(metric.runId, runId))
    .orderBy(desc(metric.step))
    .limit(100);

/** What a run measured first: where it started from. */
export async function firstMetric(db: Reader, runId: RunId) {
  const [row] = await db
    .select({ step: metric.step, values: metric.values })
    .from(metric)
    .where(eq(metric.runId, runId))
    .orderBy(asc(metric.step))
    .limit(1);
  return row ?? null;
}
