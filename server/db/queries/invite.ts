import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { InviteId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { invite, user } from "../schema";

export type InviteRow = typeof invite.$inferSelect;

export async function insertInvite(
  tx: Sql,
  values: typeof invite.$inferInsert,
): Promise<InviteRow> {
  const [row] = await tx.insert(invite).values(values).returning();
  return row;
}

const usable = (tokenHash: string, now: Date) =>
  and(eq(invite.tokenHash, tokenHash), gt(invite.usesLeft, 0), gt(invite.expiresAt, now));

/** The invite if it can still be used, with the name of whom it signs in. */
export async function usableInvite(db: Reader, tokenHash: string, now: Date) {
  const [row] = await db
    .select({ invite, userName: user.name })
    .from(invite)
    .leftJoin(user, eq(user.id, invite.userId))
    .where(usable(tokenHash, now));
  return row ?? null;
}

/** Takes one use, or null when there is none left: two at once cannot both have the last. */
export async function takeInvite(tx: Sql, tokenHash: string, now: Date): Promise<InviteRow | null> {
  const [row] = await tx
    .update(invite)
    .set({ usesLeft: sql`${invite.usesLeft} - 1` })
    .where(usable(tokenHash, now))
    .returning();
  return row ?? null;
}

/** Invitations (not sign-in links) that can still be used, newest first. */
export const openInvitations = (db: Reader, now: Date): Promise<InviteRow[]> =>
  db
    .select()
    .from(invite)
    .where(and(isNull(invite.userId), gt(invite.usesLeft, 0), gt(invite.expiresAt, now)))
    .orderBy(desc(invite.createdAt));

export async function deleteInvite(tx: Sql, id: InviteId): Promise<boolean> {
  return (await tx.delete(invite).where(eq(invite.id, id)).returning()).length > 0;
}
