import { count, eq, sql } from "drizzle-orm";
import type { AssignmentId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { type Given, prepared } from "../prepared";
import { ranking, task } from "../schema";

export type RankingRow = typeof ranking.$inferSelect;

/** Adds a ranking, and counts it on its task's places if it takes one. */
export const insertRanking = async (
  tx: Sql,
  values: typeof ranking.$inferInsert,
): Promise<RankingRow> => {
  const [row] = await tx.insert(ranking).values(values).returning();
  if (row.purpose === "ordinary") {
    const placed = sql`${task.placed} + 1`;
    const open = sql`(${task.calibration} or ${placed} < ${task.overlap})`;
    await tx.update(task).set({ placed, open }).where(eq(task.id, row.taskId));
  }
  return row;
};

const rankingFor = prepared((db, { id }: Given<{ id: AssignmentId }>) =>
  db.select().from(ranking).where(eq(ranking.assignmentId, id)),
);

export async function rankingOfAssignment(
  db: Reader,
  id: AssignmentId,
): Promise<RankingRow | null> {
  const [row] = await rankingFor(db, { id });
  return row ?? null;
}

/** All rankings of a labeler, of every campaign. */
export async function countRankingsOf(db: Reader, labelerId: UserId): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(ranking)
    .where(eq(ranking.labelerId, labelerId));
  return row.n;
}
