import { and, desc, eq, exists, gt, inArray, or, sql } from "drizzle-orm";
import type { CampaignId, CompletionId } from "../../domain/ids";
import type { QualityReport } from "../../domain/quality/report";
import type { Reader, Sql } from "../client";
import { assignment, campaign, completion, ranking, task, user } from "../schema";
import { gold, quality } from "../schema-quality";

/** A campaign's latest rankings with what was shown, the newest first. */
export const latestRankings = (db: Reader, campaignId: CampaignId, limit: number) => {
  // from the newest back until there are enough; a join would sort all that the campaign has
  const ofCampaign = db
    .select({ one: sql`1` })
    .from(task)
    .where(and(eq(task.id, ranking.taskId), eq(task.campaignId, campaignId)));
  const newest = db
    .select({ id: ranking.id })
    .from(ranking)
    .where(exists(ofCampaign))
    .orderBy(desc(ranking.createdAt), desc(ranking.id))
    .limit(limit);
  return db
    .select({
      taskId: task.id,
      completionIds: task.completionIds,
      labelerId: ranking.labelerId,
      groups: ranking.groups,
      shownOrder: assignment.shownOrder,
      seconds: ranking.seconds,
    })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .innerJoin(assignment, eq(ranking.assignmentId, assignment.id))
    .where(inArray(ranking.id, newest))
    .orderBy(desc(ranking.createdAt), desc(ranking.id));
};

/** How many characters each completion has. A list in SQL is bounded, so they come in portions. */
export async function textLengths(db: Reader, ids: readonly CompletionId[]) {
  const lengths = new Map<CompletionId, number>();
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await db
      .select({
        id: completion.id,
        length: sql<number>`length(${completion.text})`.mapWith(Number),
      })
      .from(completion)
      .where(inArray(completion.id, ids.slice(at, at + 500)));
    for (const row of rows) lengths.set(row.id, row.length);
  }
  return lengths;
}

/** The orders that are known, by task; retired ones too, for what was ranked before. */
export async function expectedOrders(db: Reader, campaignId: CampaignId) {
  const rows = await db
    .select({ taskId: gold.taskId, expected: gold.expected })
    .from(gold)
    .where(eq(gold.campaignId, campaignId));
  return new Map(rows.map((row) => [row.taskId, row.expected]));
}

export async function keepReport(
  tx: Sql,
  campaignId: CampaignId,
  values: { report: QualityReport; measuredAt: Date; final: boolean },
): Promise<void> {
  await tx
    .insert(quality)
    .values({ campaignId, ...values })
    .onConflictDoUpdate({ target: quality.campaignId, set: values });
}

export async function reportOf(db: Reader, campaignId: CampaignId) {
  const [row] = await db.select().from(quality).where(eq(quality.campaignId, campaignId));
  return row ?? null;
}

/** Campaigns that may have to be measured, with when they were last: open ones, and once more what was closed since. */
export const measuredCampaigns = (db: Reader) =>
  db
    .select({ id: campaign.id, status: campaign.status, measuredAt: quality.measuredAt })
    .from(campaign)
    .leftJoin(quality, eq(quality.campaignId, campaign.id))
    .where(
      or(
        inArray(campaign.status, ["open", "paused"]),
        and(eq(campaign.status, "closed"), sql`${quality.final} is not true`),
      ),
    );

/** Whether anything was ranked since. */
export async function hasRankingSince(
  db: Reader,
  campaignId: CampaignId,
  since: Date | null,
): Promise<boolean> {
  const [row] = await db
    .select({ id: ranking.id })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(and(eq(task.campaignId, campaignId), since ? gt(ranking.createdAt, since) : undefined))
    .orderBy(desc(ranking.createdAt))
    .limit(1);
  return row !== undefined;
}

export async function usersById(db: Reader, ids: readonly (typeof user.$inferSelect)["id"][]) {
  if (ids.length === 0) return new Map<string, UserName>();
  const rows = await db
    .select({
      id: user.id,
      name: user.name,
      simulated: user.simulated,
      qualifications: user.qualifications,
      languages: user.languages,
    })
    .from(user)
    .where(inArray(user.id, [...ids]));
  return new Map<string, UserName>(rows.map((row) => [row.id, row]));
}
export type UserName = Pick<
  typeof user.$inferSelect,
  "id" | "name" | "simulated" | "qualifications" | "languages"
>;
