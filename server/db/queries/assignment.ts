import { and, asc, eq, inArray, notInArray } from "drizzle-orm";
import type { AssignmentId, CampaignId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { assignment, campaign, round, task } from "../schema";

import { isReached, type Reach } from "./member";

export type AssignmentRow = typeof assignment.$inferSelect;

export async function insertAssignment(
  tx: Sql,
  values: typeof assignment.$inferInsert,
): Promise<AssignmentRow> {
  const [row] = await tx.insert(assignment).values(values).returning();
  return row;
}

export async function findAssignment(db: Reader, id: AssignmentId): Promise<AssignmentRow | null> {
  const [row] = await db.select().from(assignment).where(eq(assignment.id, id));
  return row ?? null;
}

export async function updateAssignment(
  tx: Sql,
  id: AssignmentId,
  values: Partial<typeof assignment.$inferInsert>,
): Promise<AssignmentRow> {
  const [row] = await tx.update(assignment).set(values).where(eq(assignment.id, id)).returning();
  return row;
}

/** What a labeler has begun and not finished in rounds that still collect, oldest first. */
export async function unfinishedAssignments(
  db: Reader,
  filter: { labelerId: UserId; campaignId?: CampaignId; reach: Reach; besides: AssignmentId[] },
): Promise<AssignmentRow[]> {
  const rows = await db
    .select({ assignment })
    .from(assignment)
    .innerJoin(task, eq(assignment.taskId, task.id))
    .innerJoin(round, eq(task.roundId, round.id))
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .where(
      and(
        eq(assignment.labelerId, filter.labelerId),
        inArray(assignment.status, ["active", "expired"]),
        eq(round.status, "collecting"),
        eq(campaign.status, "open"),
        isReached(filter.reach),
        filter.campaignId ? eq(task.campaignId, filter.campaignId) : undefined,
        filter.besides.length > 0 ? notInArray(assignment.id, filter.besides) : undefined,
      ),
    )
    .orderBy(asc(assignment.createdAt), asc(assignment.id));
  return rows.map((row) => row.assignment);
}
