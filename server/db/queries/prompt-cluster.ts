import { setImmediate as breathe } from "node:timers/promises";
import { and, asc, count, eq, exists, gt, inArray, isNull, sql } from "drizzle-orm";
import type { CampaignId, PromptId, RoundId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { prompt, ranking, round, task } from "../schema";
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

/** How many prompts of each cluster have a task, and how many rankings they have. */
export async function clusterCoverage(db: Reader, campaignId: CampaignId, atOnce = coveredAtOnce) {
  const tasks = new Map<string | null, number>();
  const rankings = new Map<string | null, number>();
  const add = (counts: typeof tasks, name: string | null, n: number) =>
    counts.set(name, (counts.get(name) ?? 0) + n);
  const rounds = await db
    .select({ id: round.id })
    .from(round)
    .where(eq(round.campaignId, campaignId));
  const seen = new Set<PromptId>(); // a prompt may be asked in several rounds
  for (const { id: roundId } of rounds)
    for (let after: PromptId | null = null; ; await breathe()) {
      const page: Covered[] = await coveredPrompts(db, roundId, after, atOnce);
      for (const { id, name, placed } of page) {
        if (!seen.has(id)) add(tasks, name, 1);
        seen.add(id);
        add(rankings, name, placed);
      }
      if (page.length < atOnce) break;
      after = page[page.length - 1].id;
    }
  for (const { name, n } of await rankingsBeyond(db, campaignId)) add(rankings, name, n);
  return { tasks, rankings };
}

interface Covered {
  id: PromptId;
  name: string | null;
  /** Rankings on the places of its task. */
  placed: number;
}

/** So many are read before others are served. */
const coveredAtOnce = 4000;

/** Prompts that have a task in a round, by id, a page at a time. */
const coveredPrompts = (
  db: Reader,
  roundId: RoundId,
  after: PromptId | null,
  limit: number,
): Promise<Covered[]> =>
  db
    .select({ id: task.promptId, name: prompt.cluster, placed: task.placed })
    .from(task)
    .innerJoin(prompt, eq(prompt.id, task.promptId))
    .where(and(eq(task.roundId, roundId), after === null ? undefined : gt(task.promptId, after)))
    .orderBy(asc(task.promptId))
    .limit(limit);

/** Rankings of gold and of the calibration pool, by the cluster of their prompt. */
async function rankingsBeyond(db: Reader, campaignId: CampaignId) {
  // not a join: of that the planner would begin with all tasks of the campaign
  const ofCampaign = db
    .select({ one: sql`1` })
    .from(task)
    .where(and(eq(task.id, ranking.taskId), eq(task.campaignId, campaignId)));
  const clusterOf = db
    .select({ name: prompt.cluster })
    .from(task)
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(eq(task.id, ranking.taskId));
  const beyond = db
    .select({ name: sql<string | null>`(${clusterOf})`.as("name") })
    .from(ranking)
    .where(and(sql`${ranking.purpose} <> 'ordinary'`, exists(ofCampaign)))
    .as("beyond");
  return await db
    .select({ name: beyond.name, n: count() })
    .from(beyond)
    .groupBy(sql`${beyond.name}`);
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
