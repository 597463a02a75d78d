import { and, asc, count, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { CampaignId, GoldId, TaskId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { assignment, prompt, ranking, task } from "../schema";
import { gold } from "../schema-quality";
import { countIf } from "./campaign";

export type GoldRow = typeof gold.$inferSelect;

export async function findGold(db: Reader, id: GoldId): Promise<GoldRow | null> {
  const [row] = await db.select().from(gold).where(eq(gold.id, id));
  return row ?? null;
}

/** Makes a task gold, or changes what is expected of it; one that was retired is in use again. */
export async function keepGold(tx: Sql, values: typeof gold.$inferInsert): Promise<void> {
  const { expected, explanation } = values;
  await tx
    .insert(gold)
    .values(values)
    .onConflictDoUpdate({ target: gold.taskId, set: { expected, explanation, retiredAt: null } });
}

export const setRetired = async (tx: Sql, id: GoldId, retiredAt: Date | null): Promise<void> => {
  await tx.update(gold).set({ retiredAt }).where(eq(gold.id, id));
};

/** One page of a campaign's gold with prompt and completions, those in use first. */
export const goldOf = (
  db: Reader,
  { campaignId, offset, limit }: { campaignId: CampaignId; offset: number; limit: number },
) =>
  db
    .select({ gold, prompt: prompt.text, completionIds: task.completionIds })
    .from(gold)
    .innerJoin(task, eq(gold.taskId, task.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(eq(gold.campaignId, campaignId))
    .orderBy(sql`${gold.retiredAt} is not null`, desc(gold.createdAt), asc(gold.id))
    .limit(limit)
    .offset(offset);

/** How many a campaign has, and how many of them are in use. */
export async function goldCounts(db: Reader, campaignId: CampaignId) {
  const [row] = await db
    .select({ total: count(), inUse: countIf(isNull(gold.retiredAt)) })
    .from(gold)
    .where(eq(gold.campaignId, campaignId));
  return row;
}

/** To how many labelers each of these was given as gold. */
export async function goldSeenOf(db: Reader, ids: readonly TaskId[]): Promise<Map<TaskId, number>> {
  const rows = await db
    .select({ taskId: assignment.taskId, n: count() })
    .from(assignment)
    .where(and(inArray(assignment.taskId, [...ids]), eq(assignment.purpose, "gold")))
    .groupBy(assignment.taskId);
  return new Map(rows.map((row) => [row.taskId, row.n]));
}

/** What was ranked of these. */
export const goldRankings = (db: Reader, ids: readonly TaskId[]) =>
  db
    .select({ taskId: ranking.taskId, groups: ranking.groups })
    .from(ranking)
    .where(inArray(ranking.taskId, [...ids]));
