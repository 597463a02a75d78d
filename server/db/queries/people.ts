import { and, asc, count, eq, inArray, like, max, ne, or, sql } from "drizzle-orm";
import type { UserId } from "../../domain/ids";
import type { Reader } from "../client";
import { demonstration, ranking, user } from "../schema";
import { erasure, linkRequest } from "../schema-people";
import { countIf } from "./campaign";

export interface WorkOf {
  userId: UserId;
  count: number;
  last: Date | null;
}

const people = (db: Reader) =>
  db
    .select({
      id: user.id,
      name: user.name,
      email: user.email,
      role: user.role,
      simulated: user.simulated,
      disabledAt: user.disabledAt,
      createdAt: user.createdAt,
      linkAskedAt: linkRequest.createdAt,
      erasedAt: erasure.createdAt,
    })
    .from(user)
    .leftJoin(linkRequest, eq(linkRequest.userId, user.id))
    .leftJoin(erasure, eq(erasure.userId, user.id));

/** Part of a name or an address, whatever its case. */
const isCalled = (search: string | undefined) => {
  const words = search
    ?.trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, "");
  return words
    ? or(...[user.name, user.email].map((column) => like(sql`lower(${column})`, `%${words}%`)))
    : undefined;
};

interface PeoplePage {
  search?: string;
  offset: number;
  limit: number;
}

/** One page of people, by name; those who ask for a sign-in link first, for they wait. */
export const peoplePage = (db: Reader, { search, offset, limit }: PeoplePage) =>
  people(db)
    .where(and(eq(user.simulated, false), isCalled(search)))
    .orderBy(sql`${linkRequest.createdAt} is null`, asc(user.name), asc(user.id))
    .limit(limit)
    .offset(offset);

/** Those whom a program plays. */
export const played = (db: Reader, limit: number) =>
  people(db).where(eq(user.simulated, true)).orderBy(asc(user.name), asc(user.id)).limit(limit);

/** How many people there are, how many of them are admins, and how many are called so. */
export async function peopleCounts(db: Reader, search: string | undefined) {
  const [row] = await db
    .select({
      people: count(),
      admins: countIf(eq(user.role, "admin")),
      found: countIf(isCalled(search) ?? sql`1 = 1`),
    })
    .from(user)
    .where(eq(user.simulated, false));
  return row;
}

export const rankingWork = (db: Reader, ids: readonly UserId[]): Promise<WorkOf[]> =>
  db
    .select({ userId: ranking.labelerId, count: count(), last: max(ranking.createdAt) })
    .from(ranking)
    .where(inArray(ranking.labelerId, [...ids]))
    .groupBy(ranking.labelerId);

/** Demonstrations that were handed in; drafts are nobody's business yet. */
export const demonstrationWork = (db: Reader, ids: readonly UserId[]): Promise<WorkOf[]> =>
  db
    .select({
      userId: demonstration.authorId,
      count: count(),
      last: max(demonstration.updatedAt),
    })
    .from(demonstration)
    .where(and(ne(demonstration.status, "draft"), inArray(demonstration.authorId, [...ids])))
    .groupBy(demonstration.authorId);
