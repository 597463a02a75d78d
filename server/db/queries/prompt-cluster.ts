import { and, asc, count, countDistinct, desc, eq, gt, inArray, isNull } from "drizzle-orm";
import type { CampaignId, PromptId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { prompt, ranking, task } from "../schema";
import { promptCluster } from "../schema-prompts";
import { isCurrent } from "./prompt-archive";

/** Prompts to cluster, by id, a page at a time: all that are not archived, or those in no cluster. */
export const promptsToCluster = (
  db: Reader,
  { campaignId, all }: { campaignId: CampaignId; all: boolean },
  after: PromptId | null,
  limit: number,
) =>
  db
    .select({ id: prompt.id, text: prompt.text })
    .from(prompt)
    .where(
      and(
        eq(prompt.campaignId, campaignId),
        isCurrent(db),
        all ? undefined : isNull(prompt.cluster),
        after === null ? undefined : gt(prompt.id, after),
      ),
    )
    .orderBy(asc(prompt.id))
    .limit(limit);

/** How many prompts each cluster has. */
export const clusterSizes = (db: Reader, campaignId: CampaignId) =>
  db
    .select({ name: prompt.cluster, prompts: count() })
    .from(prompt)
    .where(and(eq(prompt.campaignId, campaignId), isCurrent(db)))
    .groupBy(prompt.cluster)
    .orderBy(desc(count()), asc(prompt.cluster));

/** How many prompts of each cluster have a task, and how many rankings they have. */
export async function clusterCoverage(db: Reader, campaignId: CampaignId) {
  const tasks = await db
    .select({ name: prompt.cluster, n: countDistinct(task.promptId) })
    .from(task)
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(eq(task.campaignId, campaignId))
    .groupBy(prompt.cluster);
  const rankings = await db
    .select({ name: prompt.cluster, n: count() })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(eq(task.campaignId, campaignId))
    .groupBy(prompt.cluster);
  const byName = (rows: { name: string | null; n: number }[]) =>
    new Map(rows.map((row) => [row.name, row.n]));
  return { tasks: byName(tasks), rankings: byName(rankings) };
}

export const clusterRows = (db: Reader, campaignId: CampaignId) =>
  db.select().from(promptCluster).where(eq(promptCluster.campaignId, campaignId));

export const insertCluster = (tx: Sql, row: typeof promptCluster.$inferInsert) =>
  tx.insert(promptCluster).values(row).onConflictDoNothing();

/** @param names those to forget; all of the campaign where none is given */
export const deleteClusters = (tx: Sql, campaignId: CampaignId, names?: string[]) =>
  tx
    .delete(promptCluster)
    .where(
      and(eq(promptCluster.campaignId, campaignId), names && inArray(promptCluster.name, names)),
    );

/** Every prompt of one cluster goes to another name, archived ones too. */
export const renameInPrompts = (tx: Sql, campaignId: CampaignId, from: string, to: string) =>
  tx
    .update(prompt)
    .set({ cluster: to })
    .where(and(eq(prompt.campaignId, campaignId), eq(prompt.cluster, from)));

/** So many rows a statement, well under both dialects' limits on bound values. */
const batch = 500;

/** @returns how many of these are prompts of the campaign */
export async function setCluster(
  tx: Sql,
  campaignId: CampaignId,
  ids: readonly PromptId[],
  cluster: string | null,
): Promise<number> {
  let moved = 0;
  for (let start = 0; start < ids.length; start += batch) {
    const rows = await tx
      .update(prompt)
      .set({ cluster })
      .where(
        and(eq(prompt.campaignId, campaignId), inArray(prompt.id, ids.slice(start, start + batch))),
      )
      .returning({ id: prompt.id });
    moved += rows.length;
  }
  return moved;
}
