import { and, count, countDistinct, eq, ne } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { CampaignId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { completion, ranking, task } from "../schema";
import { comparison } from "../schema-comparison";
import { completionOrigin } from "../schema-given";

export type ComparisonRow = typeof comparison.$inferSelect;

export const insertComparison = (tx: Sql, values: typeof comparison.$inferInsert) =>
  tx.insert(comparison).values(values);

export interface ComparisonsOf {
  readonly campaignId: CampaignId;
  readonly includeSimulated: boolean;
}

/** Gold measures labelers, not models. */
const counted = ({ campaignId, includeSimulated }: ComparisonsOf) =>
  and(
    eq(task.campaignId, campaignId),
    ne(ranking.purpose, "gold"),
    includeSimulated ? undefined : eq(ranking.simulated, false),
  );

/** How often each point of the scale was chosen, by who gave what stood on the left and on the right. */
export function comparisonCounts(db: Reader, of: ComparisonsOf) {
  const [left, right] = [alias(completion, "on_the_left"), alias(completion, "on_the_right")];
  const leftOrigin = alias(completionOrigin, "origin_on_the_left");
  const rightOrigin = alias(completionOrigin, "origin_on_the_right");
  return db
    .select({
      left: left.modelId,
      leftOrigin: leftOrigin.origin,
      right: right.modelId,
      rightOrigin: rightOrigin.origin,
      preference: comparison.preference,
      count: count(),
    })
    .from(comparison)
    .innerJoin(ranking, eq(comparison.rankingId, ranking.id))
    .innerJoin(task, eq(comparison.taskId, task.id))
    .innerJoin(left, eq(comparison.leftId, left.id))
    .innerJoin(right, eq(comparison.rightId, right.id))
    .leftJoin(leftOrigin, eq(leftOrigin.completionId, left.id))
    .leftJoin(rightOrigin, eq(rightOrigin.completionId, right.id))
    .where(counted(of))
    .groupBy(
      left.modelId,
      leftOrigin.origin,
      right.modelId,
      rightOrigin.origin,
      comparison.preference,
    );
}

/** How many people compared how many pairs. */
export async function comparisonCrowd(db: Reader, of: ComparisonsOf) {
  const [row] = await db
    .select({ labelers: countDistinct(ranking.labelerId), tasks: countDistinct(ranking.taskId) })
    .from(comparison)
    .innerJoin(ranking, eq(comparison.rankingId, ranking.id))
    .innerJoin(task, eq(comparison.taskId, task.id))
    .where(counted(of));
  return row;
}
