import { and, asc, count, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { CampaignId, UserId } from "../../domain/ids";
import type { Reader } from "../client";
import { campaign, demonstration, ranking, task, user } from "../schema";
import { identity } from "../schema-people";

export interface PaymentFilter {
  campaignId?: CampaignId;
  since: Date;
  until: Date;
}

/** Accepted rankings of people by person and campaign, with the seconds that they took. */
export const paidRankings = (db: Reader, { campaignId, since, until }: PaymentFilter) =>
  db
    .select({
      userId: ranking.labelerId,
      campaignId: task.campaignId,
      count: count(),
      seconds: sql`coalesce(sum(${ranking.seconds}), 0)`.mapWith(Number),
    })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(
      and(
        eq(ranking.simulated, false),
        gte(ranking.createdAt, since),
        lt(ranking.createdAt, until),
        campaignId ? eq(task.campaignId, campaignId) : undefined,
      ),
    )
    .groupBy(ranking.labelerId, task.campaignId);

/** Accepted demonstrations of people by person and campaign, by when the verdict fell. */
export const paidDemonstrations = (db: Reader, { campaignId, since, until }: PaymentFilter) =>
  db
    .select({
      userId: demonstration.authorId,
      campaignId: demonstration.campaignId,
      count: count(),
    })
    .from(demonstration)
    .where(
      and(
        eq(demonstration.simulated, false),
        eq(demonstration.status, "accepted"),
        gte(demonstration.updatedAt, since),
        lt(demonstration.updatedAt, until),
        campaignId ? eq(demonstration.campaignId, campaignId) : undefined,
      ),
    )
    .groupBy(demonstration.authorId, demonstration.campaignId);

/** Names, addresses and the crowd markets' names of these people. */
export async function payees(db: Reader, ids: UserId[]) {
  if (ids.length === 0) return [];
  return await db
    .select({
      id: user.id,
      name: user.name,
      email: user.email,
      market: identity.provider,
      worker: identity.subject,
    })
    .from(user)
    .leftJoin(
      identity,
      and(eq(identity.userId, user.id), inArray(identity.provider, ["prolific", "mturk", "other"])),
    )
    .where(inArray(user.id, ids))
    .orderBy(asc(user.name), asc(user.id));
}

export const payingCampaigns = (db: Reader) =>
  db
    .select({ id: campaign.id, name: campaign.name, config: campaign.config })
    .from(campaign)
    .orderBy(asc(campaign.name), asc(campaign.id));
