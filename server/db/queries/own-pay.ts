import { and, count, eq, inArray } from "drizzle-orm";
import type { UserId } from "../../domain/ids";
import type { Reader } from "../client";
import { type Given, prepared } from "../prepared";
import { demonstration, ranking, task } from "../schema";

const rankingCounts = prepared((db, { labelerId }: Given<{ labelerId: UserId }>) =>
  db
    .select({ campaignId: task.campaignId, count: count() })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(eq(ranking.labelerId, labelerId))
    .groupBy(task.campaignId),
);

/** One person's rankings by campaign; what somebody sends is accepted, gold and the others alike. */
export const ownRankingCounts = (db: Reader, labelerId: UserId) => rankingCounts(db, { labelerId });

const demonstrationCounts = prepared((db, { authorId }: Given<{ authorId: UserId }>) =>
  db
    .select({
      campaignId: demonstration.campaignId,
      status: demonstration.status,
      count: count(),
    })
    .from(demonstration)
    .where(
      and(
        eq(demonstration.authorId, authorId),
        inArray(demonstration.status, ["accepted", "submitted"]),
      ),
    )
    .groupBy(demonstration.campaignId, demonstration.status),
);

/** One person's demonstrations by campaign: accepted, and those that wait for a reviewer. */
export const ownDemonstrationCounts = (db: Reader, authorId: UserId) =>
  demonstrationCounts(db, { authorId });
