import { and, asc, eq } from "drizzle-orm";
import type { UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { identity } from "../schema-people";

type IdentityRow = typeof identity.$inferSelect;

export async function findIdentity(
  db: Reader,
  { provider, subject }: Pick<IdentityRow, "provider" | "subject">,
): Promise<IdentityRow | null> {
  const [row] = await db
    .select()
    .from(identity)
    .where(and(eq(identity.provider, provider), eq(identity.subject, subject)));
  return row ?? null;
}

export async function insertIdentity(tx: Sql, values: typeof identity.$inferInsert): Promise<void> {
  await tx.insert(identity).values(values);
}

export const identitiesOf = (db: Reader, userId: UserId): Promise<IdentityRow[]> =>
  db
    .select()
    .from(identity)
    .where(eq(identity.userId, userId))
    .orderBy(asc(identity.provider), asc(identity.subject));

/** Deletes a person's accounts of one provider, or of all. @returns those that were there */
export const deleteIdentity = (
  tx: Sql,
  userId: UserId,
  provider?: string,
): Promise<IdentityRow[]> =>
  tx
    .delete(identity)
    .where(
      and(
        eq(identity.userId, userId),
        provider === undefined ? undefined : eq(identity.provider, provider),
      ),
    )
    .returning();
