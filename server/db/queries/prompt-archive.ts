import { and, count, eq, exists, inArray, not, type SQL, sql } from "drizzle-orm";
import type { CampaignId, PromptId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { prompt, ranking, round, task } from "../schema";
import { promptArchive } from "../schema-prompts";

/** Of a prompt in the query around it. */
export const isArchived = (db: Reader): SQL =>
  exists(
    db
      .select({ one: sql<number>`1` })
      .from(promptArchive)
      .where(eq(promptArchive.promptId, prompt.id)),
  );
export const isCurrent = (db: Reader): SQL => not(isArchived(db));

/** Which of these are prompts of the campaign. */
export async function promptsIn(
  db: Reader,
  campaignId: CampaignId,
  ids: PromptId[],
): Promise<PromptId[]> {
  const rows = await db
    .select({ id: prompt.id })
    .from(prompt)
    .where(and(eq(prompt.campaignId, campaignId), inArray(prompt.id, ids)));
  return rows.map((row) => row.id);
}

/** So many rows a statement, well under both dialects' limits on bound values. */
const batch = 500;

/** @returns how many were not archived before */
export async function insertArchived(
  tx: Sql,
  rows: (typeof promptArchive.$inferInsert)[],
): Promise<number> {
  let made = 0;
  for (let start = 0; start < rows.length; start += batch) {
    const inserted = await tx
      .insert(promptArchive)
      .values(rows.slice(start, start + batch))
      .onConflictDoNothing()
      .returning({ id: promptArchive.promptId });
    made += inserted.length;
  }
  return made;
}

/** @returns how many were archived */
export async function deleteArchived(tx: Sql, ids: PromptId[]): Promise<number> {
  const gone = await tx
    .delete(promptArchive)
    .where(inArray(promptArchive.promptId, ids))
    .returning({ id: promptArchive.promptId });
  return gone.length;
}

/** Before prompts are removed: that they were archived, and that others were for them. */
export async function forgetArchived(tx: Sql, ids: PromptId[]): Promise<void> {
  await tx.update(promptArchive).set({ keptId: null }).where(inArray(promptArchive.keptId, ids));
  await tx.delete(promptArchive).where(inArray(promptArchive.promptId, ids));
}

/** How often each was ranked. */
export async function rankingsOfPrompts(
  db: Reader,
  campaignId: CampaignId,
  ids: PromptId[],
): Promise<Map<PromptId, number>> {
  const rankings = db.select({ n: count() }).from(ranking).where(eq(ranking.taskId, task.id));
  const rows = await db
    .select({ id: task.promptId, n: sql`(${rankings})`.mapWith(Number) })
    .from(round)
    .innerJoin(task, eq(task.roundId, round.id))
    .where(and(eq(round.campaignId, campaignId), inArray(task.promptId, ids)));
  const counts = new Map<PromptId, number>();
  for (const { id, n } of rows) counts.set(id, (counts.get(id) ?? 0) + n);
  return counts;
}
