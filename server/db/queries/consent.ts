import { and, count, desc, eq } from "drizzle-orm";
import type { ConsentId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { type Given, prepared } from "../prepared";
import { user } from "../schema";
import { agreement, consent } from "../schema-people";

export type ConsentRow = typeof consent.$inferSelect;

const latest = prepared((db) => db.select().from(consent).orderBy(desc(consent.version)).limit(1));

/** The text in force: the last version; null before the first. */
export async function latestConsent(db: Reader): Promise<ConsentRow | null> {
  const [row] = await latest(db, {});
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

const agreementTo = prepared(
  (db, { consentId, userId }: Given<{ consentId: ConsentId; userId: UserId }>) =>
    db
      .select({ at: agreement.createdAt })
      .from(agreement)
      .where(and(eq(agreement.consentId, consentId), eq(agreement.userId, userId))),
);

export const hasAgreed = async (db: Reader, consentId: ConsentId, userId: UserId) =>
  (await agreementTo(db, { consentId, userId })).length > 0;

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
