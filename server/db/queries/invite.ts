import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { CampaignId, InviteId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { campaign, user } from "../schema";
import { invite } from "../schema-people";

export type InviteRow = typeof invite.$inferSelect;

export async function insertInvite(
  tx: Sql,
  values: typeof invite.$inferInsert,
): Promise<InviteRow> {
  const [row] = await tx.insert(invite).values(values).returning();
  return row;
}

const usable = (now: Date) =>
  and(gt(invite.usesLeft, 0), gt(invite.expiresAt, now), isNull(invite.revokedAt));

export async function findInvite(db: Reader, id: InviteId): Promise<InviteRow | null> {
  const [row] = await db.select().from(invite).where(eq(invite.id, id));
  return row ?? null;
}

/** The invite, usable or not, with the names of whom it signs in and of its campaign. */
export async function inviteByToken(db: Reader, tokenHash: string) {
  const [row] = await db
    .select({ invite, userName: user.name, campaignName: campaign.name })
    .from(invite)
    .leftJoin(user, eq(user.id, invite.userId))
    .leftJoin(campaign, eq(campaign.id, invite.campaignId))
    .where(eq(invite.tokenHash, tokenHash));
  return row ?? null;
}

/** Takes one use, or null when there is none left: two at once cannot both have the last. */
export async function takeInvite(tx: Sql, tokenHash: string, now: Date): Promise<InviteRow | null> {
  const [row] = await tx
    .update(invite)
    .set({ usesLeft: sql`${invite.usesLeft} - 1` })
    .where(and(eq(invite.tokenHash, tokenHash), usable(now)))
    .returning();
  return row ?? null;
}

/** Invitations (not sign-in links) that can still be used, newest first: all, or those to one campaign. */
export const openInvitations = (db: Reader, now: Date, campaignId?: CampaignId) =>
  db
    .select({
      id: invite.id,
      role: invite.role,
      campaignId: invite.campaignId,
      campaign: campaign.name,
      usesLeft: invite.usesLeft,
      expiresAt: invite.expiresAt,
      createdAt: invite.createdAt,
    })
    .from(invite)
    .leftJoin(campaign, eq(campaign.id, invite.campaignId))
    .where(
      and(
        isNull(invite.userId),
        usable(now),
        campaignId ? eq(invite.campaignId, campaignId) : undefined,
      ),
    )
    .orderBy(desc(invite.createdAt));

export async function revokeInviteRow(tx: Sql, id: InviteId, revokedAt: Date): Promise<void> {
  await tx.update(invite).set({ revokedAt }).where(eq(invite.id, id));
}
