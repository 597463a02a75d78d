import { and, count, eq, sql } from "drizzle-orm";
import type { AssignmentId, TaskId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { type Given, prepared } from "../prepared";
import { campaign, ranking, round, task } from "../schema";
import { addToTally } from "./tally";

export type RankingRow = typeof ranking.$inferSelect;

const roundsOf = prepared((db, { id }: Given<{ id: TaskId }>) =>
  db
    .select({ own: task.roundId, current: round.id })
    .from(task)
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .leftJoin(round, and(eq(round.campaignId, campaign.id), eq(round.number, campaign.round)))
    .where(eq(task.id, id)),
);

/** Adds a ranking, and counts it: on its task's places if it takes one, and for its labeler. */
export const insertRanking = async (
  tx: Sql,
  values: typeof ranking.$inferInsert,
): Promise<RankingRow> => {
  const [row] = await tx.insert(ranking).values(values).returning();
  const placed = row.purpose === "ordinary";
  if (placed) {
    const placed = sql`${task.placed} + 1`;
    const open = sql`(${task.calibration} or ${placed} < ${task.overlap})`;
    await tx.update(task).set({ placed, open }).where(eq(task.id, row.taskId));
  }
  const [rounds] = await roundsOf(tx, { id: row.taskId });
  // what takes no place may be of an earlier round than the one that it is done in
  const roundId = placed ? rounds.own : (rounds.current ?? rounds.own);
  const { labelerId } = row;
  await addToTally(tx, { labelerId, roundId }, { ranked: 1, beyond: placed ? 0 : 1 });
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
