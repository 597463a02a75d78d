import { and, asc, count, eq, isNull } from "drizzle-orm";
import type { UserId } from "../../domain/ids";
import type { Role } from "../../domain/roles";
import type { Reader, Sql } from "../client";
import { user } from "../schema";
import { erasure, linkRequest } from "../schema-people";

export type UserRow = typeof user.$inferSelect;

export async function insertUser(
  tx: Sql,
  values: typeof user.$inferInsert & { role: Role },
): Promise<UserRow> {
  const [row] = await tx.insert(user).values(values).returning();
  return row;
}

export async function findUser(db: Reader, id: UserId): Promise<UserRow | null> {
  const [row] = await db.select().from(user).where(eq(user.id, id));
  return row ?? null;
}

/** @param email in lower case */
export async function findUserByEmail(db: Reader, email: string): Promise<UserRow | null> {
  const [row] = await db.select().from(user).where(eq(user.email, email));
  return row ?? null;
}

export async function updateUser(
  tx: Sql,
  id: UserId,
  values: Partial<typeof user.$inferInsert>,
): Promise<UserRow | null> {
  const [row] = await tx.update(user).set(values).where(eq(user.id, id)).returning();
  return row ?? null;
}

const activeAdmins = and(
  eq(user.role, "admin"),
  isNull(user.disabledAt),
  eq(user.simulated, false),
);

export async function countActiveAdmins(db: Reader): Promise<number> {
  const [row] = await db.select({ n: count() }).from(user).where(activeAdmins);
  return row.n;
}

/** The admin who has been here longest. */
export async function firstAdmin(db: Reader): Promise<UserRow | null> {
  const [row] = await db
    .select()
    .from(user)
    .where(activeAdmins)
    .orderBy(asc(user.createdAt), asc(user.id))
    .limit(1);
  return row ?? null;
}

export const simulatedUsers = (db: Reader): Promise<UserRow[]> =>
  db.select().from(user).where(eq(user.simulated, true)).orderBy(asc(user.createdAt), asc(user.id));

/** Whether the person's data were deleted. */
export const isErased = async (db: Reader, userId: UserId): Promise<boolean> =>
  (await db.$count(erasure, eq(erasure.userId, userId))) > 0;

/** Keeps that somebody wants a sign-in link; asked again it says when last. */
export async function insertLinkRequest(tx: Sql, userId: UserId): Promise<void> {
  const createdAt = new Date();
  await tx
    .insert(linkRequest)
    .values({ userId, createdAt })
    .onConflictDoUpdate({ target: linkRequest.userId, set: { createdAt } });
}

export async function deleteLinkRequest(tx: Sql, userId: UserId): Promise<void> {
  await tx.delete(linkRequest).where(eq(linkRequest.userId, userId));
}
