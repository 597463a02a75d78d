import { and, asc, count, desc, eq } from "drizzle-orm";
import type { CampaignId, GoldId, TaskId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { assignment, prompt, ranking, task } from "../schema";
import { gold } from "../schema-quality";

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

/** A campaign's gold with prompt and completions, those in use first. */
export const goldOf = (db: Reader, campaignId: CampaignId) =>
  db
    .select({ gold, prompt: prompt.text, completionIds: task.completionIds })
    .from(gold)
    .innerJoin(task, eq(gold.taskId, task.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(eq(gold.campaignId, campaignId))
    .orderBy(asc(gold.retiredAt), desc(gold.createdAt), asc(gold.id));

/** To how many labelers each task was given as gold. */
export async function goldSeenOf(db: Reader, campaignId: CampaignId): Promise<Map<TaskId, number>> {
  const rows = await db
    .select({ taskId: gold.taskId, n: count() })
    .from(gold)
    .innerJoin(assignment, and(eq(assignment.taskId, gold.taskId), eq(assignment.purpose, "gold")))
    .where(eq(gold.campaignId, campaignId))
    .groupBy(gold.taskId);
  return new Map(rows.map((row) => [row.taskId, row.n]));
}

/** What was ranked of a campaign's gold. */
export const goldRankings = (db: Reader, campaignId: CampaignId) =>
  db
    .select({
      taskId: gold.taskId,
      labelerId: ranking.labelerId,
      groups: ranking.groups,
      expected: gold.expected,
    })
    .from(gold)
    .innerJoin(ranking, eq(ranking.taskId, gold.taskId))
    .where(eq(gold.campaignId, campaignId));
