import { asc, count, eq, max, ne } from "drizzle-orm";
import type { UserId } from "../../domain/ids";
import type { Reader } from "../client";
import { demonstration, ranking, user } from "../schema";
import { erasure, linkRequest } from "../schema-people";

export interface WorkOf {
  userId: UserId;
  count: number;
  last: Date | null;
}

export const everybody = (db: Reader) =>
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
    .leftJoin(erasure, eq(erasure.userId, user.id))
    .orderBy(asc(user.simulated), asc(user.name), asc(user.id));

export const rankingWork = (db: Reader): Promise<WorkOf[]> =>
  db
    .select({ userId: ranking.labelerId, count: count(), last: max(ranking.createdAt) })
    .from(ranking)
    .groupBy(ranking.labelerId);

/** Demonstrations that were handed in; drafts are nobody's business yet. */
export const demonstrationWork = (db: Reader): Promise<WorkOf[]> =>
  db
    .select({
      userId: demonstration.authorId,
      count: count(),
      last: max(demonstration.updatedAt),
    })
    .from(demonstration)
    .where(ne(demonstration.status, "draft"))
    .groupBy(demonstration.authorId);
