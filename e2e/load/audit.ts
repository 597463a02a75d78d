import { count, eq, sql } from "drizzle-orm";
import type { Reader } from "../../server/db/client";
import { assignment, ranking, task } from "../../server/db/schema";
import type { CompletionId } from "../../server/domain/ids";
import { letters } from "../../server/domain/ranking";
import type { Acknowledged } from "./labeler";

export interface Audit {
  /** Rankings in the database, those from before included. */
  readonly rankings: number;
  /** Acknowledged as accepted, and not in the database as they were sent. */
  readonly lost: number;
  /** Of one labeler on one task, beyond the first. */
  readonly doubled: number;
  /** Tasks that have more ordinary rankings than their overlap. */
  readonly overCollected: number;
}

/** Holds what the labelers were told against what is in the database. */
export async function audit(db: Reader, acknowledged: readonly Acknowledged[]): Promise<Audit> {
  let lost = 0;
  for (const { assignmentId, labelerId, outcome, groups } of acknowledged) {
    if (outcome !== "accepted") continue;
    const [row] = await db
      .select({ groups: ranking.groups, by: ranking.labelerId, shownOrder: assignment.shownOrder })
      .from(ranking)
      .innerJoin(assignment, eq(ranking.assignmentId, assignment.id))
      .where(eq(ranking.assignmentId, assignmentId));
    const sent = (order: readonly CompletionId[]) =>
      groups.map((group) => group.map((letter) => order[letters.indexOf(letter)]));
    const same =
      row?.by === labelerId && JSON.stringify(sent(row.shownOrder)) === JSON.stringify(row.groups);
    if (!same) lost++;
  }
  const [all] = await db.select({ n: count() }).from(ranking);
  const twice = db
    .select({ more: sql<number>`count(*) - 1`.as("more") })
    .from(ranking)
    .groupBy(ranking.taskId, ranking.labelerId)
    .having(sql`count(*) > 1`)
    .as("twice");
  const [doubled] = await db
    .select({ n: sql`coalesce(sum(${twice.more}), 0)`.mapWith(Number) })
    .from(twice);
  const over = db
    .select({ id: task.id })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(eq(ranking.purpose, "ordinary"))
    .groupBy(task.id, task.overlap)
    .having(sql`count(*) > ${task.overlap}`)
    .as("over");
  const [overCollected] = await db.select({ n: count() }).from(over);
  return { rankings: all.n, lost, doubled: doubled.n, overCollected: overCollected.n };
}
