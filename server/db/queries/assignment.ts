import { and, eq, inArray, or } from "drizzle-orm";
import type { AssignmentId, CampaignId, UserId } from "../../domain/ids";
import { askedStatuses } from "../../domain/rounds/machine";
import type { Reader, Sql } from "../client";
import { type Given, prepared } from "../prepared";
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

const assignmentOf = prepared((db, { id }: Given<{ id: AssignmentId }>) =>
  db.select().from(assignment).where(eq(assignment.id, id)),
);

export async function findAssignment(db: Reader, id: AssignmentId): Promise<AssignmentRow | null> {
  const [row] = await assignmentOf(db, { id });
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

const unfinished = prepared((db, { labelerId }: Given<{ labelerId: UserId }>, reach: Reach) =>
  db
    .select({ assignment, campaignId: task.campaignId })
    .from(assignment)
    .innerJoin(task, eq(assignment.taskId, task.id))
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .innerJoin(round, and(eq(round.campaignId, campaign.id), eq(round.number, campaign.round)))
    .where(
      and(
        eq(assignment.labelerId, labelerId),
        inArray(assignment.status, ["active", "expired"]),
        // gold may be of an earlier round than the one that collects
        or(eq(task.roundId, round.id), eq(assignment.purpose, "gold")),
        inArray(round.status, askedStatuses),
        eq(campaign.status, "open"),
        isReached(reach),
      ),
    ),
);

/** What a labeler has begun and not finished while the campaign collects, oldest first: a handful at most. */
export async function unfinishedAssignments(
  db: Reader,
  filter: { labelerId: UserId; campaignId?: CampaignId; reach: Reach; besides: AssignmentId[] },
): Promise<AssignmentRow[]> {
  const rows = (await unfinished(db, { labelerId: filter.labelerId }, filter.reach)).filter(
    (row) =>
      (filter.campaignId === undefined || row.campaignId === filter.campaignId) &&
      !filter.besides.includes(row.assignment.id),
  );
  // sorted here: asked for an order, SQLite walks through all that the labeler ever had
  return rows
    .map((row) => row.assignment)
    .sort((a, b) => Number(a.createdAt) - Number(b.createdAt) || (a.id < b.id ? -1 : 1));
}
