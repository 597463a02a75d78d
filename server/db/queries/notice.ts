import { and, asc, desc, eq, isNull } from "drizzle-orm";
import type { CampaignId, NoticeId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { type Given, prepared } from "../prepared";
import { campaign, user } from "../schema";
import { notice } from "../schema-quality";

export type NoticeRow = typeof notice.$inferSelect;

const pausesOf = prepared((db, { labelerId }: Given<{ labelerId: UserId }>) =>
  db
    .select({ id: notice.campaignId })
    .from(notice)
    .where(
      and(eq(notice.labelerId, labelerId), eq(notice.action, "pause"), isNull(notice.resolvedAt)),
    ),
);

/** The campaigns that lend this labeler no more tasks. */
export async function pausedIn(db: Reader, labelerId: UserId): Promise<Set<CampaignId>> {
  const rows = await pausesOf(db, { labelerId });
  return new Set(rows.map((row) => row.id));
}

export const insertNotices = async (
  tx: Sql,
  rows: (typeof notice.$inferInsert)[],
): Promise<NoticeRow[]> => (rows.length === 0 ? [] : tx.insert(notice).values(rows).returning());

export async function findNotice(db: Reader, id: NoticeId): Promise<NoticeRow | null> {
  const [row] = await db.select().from(notice).where(eq(notice.id, id));
  return row ?? null;
}

export const updateNotice = async (
  tx: Sql,
  id: NoticeId,
  values: Partial<typeof notice.$inferInsert>,
): Promise<void> => {
  await tx.update(notice).set(values).where(eq(notice.id, id));
};

/** All that a campaign's labelers were told, the newest first. */
export const noticesOf = (db: Reader, campaignId: CampaignId): Promise<NoticeRow[]> =>
  db
    .select()
    .from(notice)
    .where(eq(notice.campaignId, campaignId))
    .orderBy(desc(notice.createdAt), asc(notice.id));

/** What one labeler is told, of every campaign, the newest first. */
export const noticesTo = (db: Reader, labelerId: UserId) =>
  db
    .select({ notice, campaign: campaign.name, by: user.name })
    .from(notice)
    .innerJoin(campaign, eq(notice.campaignId, campaign.id))
    .leftJoin(user, eq(notice.createdById, user.id))
    .where(eq(notice.labelerId, labelerId))
    .orderBy(desc(notice.createdAt), asc(notice.id))
    .limit(50);

/** What waits for a reviewer, of one campaign or of all, the longest wait first. */
export const openReviews = (db: Reader, campaignId: CampaignId | undefined) =>
  db
    .select({
      id: notice.id,
      campaignId: notice.campaignId,
      campaign: campaign.name,
      labelerId: notice.labelerId,
      labeler: user.name,
      measure: notice.measure,
      value: notice.value,
      threshold: notice.threshold,
      rankings: notice.rankings,
      createdAt: notice.createdAt,
    })
    .from(notice)
    .innerJoin(campaign, eq(notice.campaignId, campaign.id))
    .innerJoin(user, eq(notice.labelerId, user.id))
    .where(
      and(
        eq(notice.action, "review"),
        isNull(notice.resolvedAt),
        campaignId && eq(notice.campaignId, campaignId),
      ),
    )
    .orderBy(asc(notice.createdAt), asc(notice.id))
    .limit(100);
