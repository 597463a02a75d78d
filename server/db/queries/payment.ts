import { setImmediate as breathe } from "node:timers/promises";
import { and, asc, count, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { CampaignId, UserId } from "../../domain/ids";
import type { Reader } from "../client";
import { prepared } from "../prepared";
import { campaign, demonstration, ranking, task, user } from "../schema";
import { identity } from "../schema-people";
import { countIf } from "./campaign";

export interface PaymentFilter {
  campaignId?: CampaignId;
  since: Date;
  until: Date;
}

interface PaidRankings {
  userId: UserId;
  campaignId: CampaignId;
  count: number;
  seconds: number;
}

/**
 * Accepted rankings of people by person and campaign, with the seconds that they took. A person at a time, each from an
 * index of what they ranked when, and others are served in between.
 */
export async function paidRankings(db: Reader, filter: PaymentFilter): Promise<PaidRankings[]> {
  const all: PaidRankings[] = [];
  const people = await db.select({ id: user.id }).from(user).where(eq(user.simulated, false));
  for (const [i, { id }] of people.entries()) {
    const rows = await paidRankingsOf(db, id, filter);
    all.push(...rows);
    if (rows.length > 0 || i % 50 === 0) await breathe();
  }
  return all;
}

const paidRankingsOf = (
  db: Reader,
  labelerId: UserId,
  { campaignId, since, until }: PaymentFilter,
): Promise<PaidRankings[]> =>
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
        eq(ranking.labelerId, labelerId),
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

/** People's demonstrations of a campaign: those that earned something, and those that wait for a reviewer. */
export async function demonstrationsOf(db: Reader, campaignId: CampaignId) {
  const having = (status: "accepted" | "submitted") => countIf(eq(demonstration.status, status));
  const [row] = await db
    .select({ accepted: having("accepted"), waiting: having("submitted") })
    .from(demonstration)
    .where(and(eq(demonstration.campaignId, campaignId), eq(demonstration.simulated, false)));
  return row;
}

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

const byName = prepared((db) =>
  db
    .select({ id: campaign.id, name: campaign.name, config: campaign.config })
    .from(campaign)
    .orderBy(asc(campaign.name), asc(campaign.id)),
);

export const payingCampaigns = (db: Reader) => byName(db, {});
