import { and, asc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { CampaignId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { campaign, user } from "../schema";
import { member } from "../schema-people";

export type MemberRow = typeof member.$inferSelect;

export async function findMember(
  db: Reader,
  campaignId: CampaignId,
  userId: UserId,
): Promise<MemberRow | null> {
  const [row] = await db
    .select()
    .from(member)
    .where(and(eq(member.campaignId, campaignId), eq(member.userId, userId)));
  return row ?? null;
}

/** Adds a member, or gives the one who is there another role. */
export async function setMemberRow(tx: Sql, values: typeof member.$inferInsert): Promise<void> {
  await tx
    .insert(member)
    .values(values)
    .onConflictDoUpdate({
      target: [member.campaignId, member.userId],
      set: { role: values.role },
    });
}

export async function deleteMember(
  tx: Sql,
  campaignId: CampaignId,
  userId: UserId,
): Promise<MemberRow | null> {
  const [row] = await tx
    .delete(member)
    .where(and(eq(member.campaignId, campaignId), eq(member.userId, userId)))
    .returning();
  return row ?? null;
}

/** Those who have a role of this campaign, by name. */
export const membersOf = (db: Reader, campaignId: CampaignId) =>
  db
    .select({
      userId: user.id,
      name: user.name,
      email: user.email,
      siteRole: user.role,
      role: member.role,
      disabledAt: user.disabledAt,
      createdAt: member.createdAt,
    })
    .from(member)
    .innerJoin(user, eq(member.userId, user.id))
    .where(eq(member.campaignId, campaignId))
    .orderBy(asc(user.name), asc(user.id));

/** Which campaigns somebody reaches in a role: all, those open to everybody of that role, and single ones. */
export interface Reach {
  everywhere: boolean;
  /** Campaigns that are not for members only. */
  unlessMembersOnly: boolean;
  campaignIds: readonly CampaignId[];
}

/** The campaign of the row is one that somebody reaches. */
export function isReached({ everywhere, unlessMembersOnly, campaignIds }: Reach): SQL | undefined {
  if (everywhere) return undefined;
  return or(
    campaignIds.length > 0 ? inArray(campaign.id, [...campaignIds]) : undefined,
    unlessMembersOnly ? eq(campaign.membersOnly, false) : undefined,
    sql`1 = 0`,
  );
}
