import { and, asc, desc, eq, gt, isNull, ne } from "drizzle-orm";
import type { CampaignId, SessionId, UserId } from "../../domain/ids";
import type { CampaignRole } from "../../domain/roles";
import type { Reader, Sql } from "../client";
import { type Given, prepared, type Value } from "../prepared";
import { user } from "../schema";
import { member, session } from "../schema-people";

export type SessionRow = typeof session.$inferSelect;

export async function insertSession(
  tx: Sql,
  values: typeof session.$inferInsert,
): Promise<SessionRow> {
  const [row] = await tx.insert(session).values(values).returning();
  return row;
}

const inForce = (now: Value<Date>) => and(isNull(session.endedAt), gt(session.expiresAt, now));

const sessionInForce = prepared((db, { id, now }: Given<{ id: SessionId; now: Date }>) =>
  db
    .select({ session, user })
    .from(session)
    .innerJoin(user, eq(session.userId, user.id))
    .where(and(eq(session.id, id), inForce(now))),
);

/** A session in force, with its person. */
export async function findSession(db: Reader, id: SessionId, now: Date) {
  const [row] = await sessionInForce(db, { id, now });
  return row ?? null;
}

const rolesOf = prepared((db, { userId }: Given<{ userId: UserId }>) =>
  db.select().from(member).where(eq(member.userId, userId)),
);

export async function rolesInCampaigns(
  db: Reader,
  userId: UserId,
): Promise<ReadonlyMap<CampaignId, CampaignRole>> {
  const rows = await rolesOf(db, { userId });
  return new Map(rows.map((row) => [row.campaignId, row.role]));
}

export async function touchSession(tx: Sql, id: SessionId, seenAt: Date): Promise<void> {
  await tx.update(session).set({ seenAt }).where(eq(session.id, id));
}

/** A person's sessions in force, last seen first. */
export const sessionsOf = (db: Reader, userId: UserId, now: Date): Promise<SessionRow[]> =>
  db
    .select()
    .from(session)
    .where(and(eq(session.userId, userId), inForce(now)))
    .orderBy(desc(session.seenAt), asc(session.id));

/** Ends one session, or all of the person but one. @returns those that were in force */
export const endSessions = (
  tx: Sql,
  which: { userId: UserId; only?: SessionId; but?: SessionId },
  now: Date,
): Promise<SessionRow[]> =>
  tx
    .update(session)
    .set({ endedAt: now })
    .where(
      and(
        eq(session.userId, which.userId),
        inForce(now),
        which.only ? eq(session.id, which.only) : undefined,
        which.but ? ne(session.id, which.but) : undefined,
      ),
    )
    .returning();
