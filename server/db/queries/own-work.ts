import { and, asc, count, desc, eq, isNotNull, max, sql } from "drizzle-orm";
import type { UserId } from "../../domain/ids";
import type { Reader } from "../client";
import { campaign, prompt, quality, ranking, task } from "../schema";

/** A labeler's rankings, the newest first. Nothing tells gold from the others. */
export const ownRankings = (
  db: Reader,
  { labelerId, offset, limit }: { labelerId: UserId; offset: number; limit: number },
) =>
  db
    .select({
      id: ranking.id,
      campaign: campaign.name,
      prompt: prompt.text,
      ranks: ranking.groups,
      notRankable: ranking.notRankable,
      noneAcceptable: ranking.noneAcceptable,
      seconds: ranking.seconds,
      createdAt: ranking.createdAt,
    })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .where(eq(ranking.labelerId, labelerId))
    .orderBy(desc(ranking.createdAt), desc(ranking.id))
    .limit(limit)
    .offset(offset);

/** What a labeler ranked by campaign, with the campaign's last measurement. */
export const ownCampaigns = (db: Reader, labelerId: UserId) =>
  db
    .select({
      campaignId: campaign.id,
      name: campaign.name,
      config: campaign.config,
      report: quality.report,
      rankings: count(),
      seconds: sql<number>`coalesce(sum(${ranking.seconds}), 0)`.mapWith(Number),
      last: max(ranking.createdAt),
    })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .leftJoin(quality, eq(quality.campaignId, campaign.id))
    .where(eq(ranking.labelerId, labelerId))
    .groupBy(campaign.id, quality.campaignId)
    .orderBy(desc(max(ranking.createdAt)), asc(campaign.id));

/** The languages that prompts of open campaigns are in. */
export async function promptLanguages(db: Reader): Promise<string[]> {
  const rows = await db
    .selectDistinct({ language: prompt.language })
    .from(prompt)
    .innerJoin(campaign, eq(prompt.campaignId, campaign.id))
    .where(and(eq(campaign.status, "open"), isNotNull(prompt.language)))
    .orderBy(asc(prompt.language));
  return rows.flatMap((row) => row.language ?? []);
}
