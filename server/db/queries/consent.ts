import { and, count, desc, eq } from "drizzle-orm";
import type { ConsentId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { user } from "../schema";
import { agreement, consent } from "../schema-people";

export type ConsentRow = typeof consent.$inferSelect;

/** The text in force: the last version; null before the first. */
export async function latestConsent(db: Reader): Promise<ConsentRow | null> {
  const [row] = await db.select().from(consent).orderBy(desc(consent.version)).limit(1);
  return row ?? null;
}

export async function insertConsent(
  tx: Sql,
  values: typeof consent.$inferInsert,
): Promise<ConsentRow> {
  const [row] = await tx.insert(consent).values(values).returning();
  return row;
}

/** Every version with how many agreed to it, newest first. */
export const consentVersions = (db: Reader) =>
  db
    .select({
      id: consent.id,
      version: consent.version,
      text: consent.text,
      by: user.name,
      createdAt: consent.createdAt,
      agreed: count(agreement.userId),
    })
    .from(consent)
    .leftJoin(agreement, eq(agreement.consentId, consent.id))
    .leftJoin(user, eq(consent.createdById, user.id))
    .groupBy(consent.id, consent.version, consent.text, user.name, consent.createdAt)
    .orderBy(desc(consent.version));

export async function hasAgreed(db: Reader, consentId: ConsentId, userId: UserId) {
  const which = and(eq(agreement.consentId, consentId), eq(agreement.userId, userId));
  return (await db.$count(agreement, which)) > 0;
}

/** Agreed twice it stays as it was first. */
export async function insertAgreement(
  tx: Sql,
  consentId: ConsentId,
  userId: UserId,
): Promise<void> {
  await tx.insert(agreement).values({ consentId, userId }).onConflictDoNothing();
}

/** What a person agreed to, and when. */
export const agreementsOf = (db: Reader, userId: UserId) =>
  db
    .select({ version: consent.version, text: consent.text, at: agreement.createdAt })
    .from(agreement)
    .innerJoin(consent, eq(agreement.consentId, consent.id))
    .where(eq(agreement.userId, userId))
    .orderBy(desc(consent.version));
