import type { Reader, Sql } from "../db/client";
import { type AssignmentRow, findAssignment, updateAssignment } from "../db/queries/assignment";
import { campaignOfTask, taskState } from "../db/queries/task";
import { hasPlace, leaseFrom, type Places } from "../domain/assignment";
import { AppError } from "../domain/app-error";
import type { AssignmentId } from "../domain/ids";
import type { Actor } from "./context";
import { requireLabelerIn } from "./members";

type TaskState = Awaited<ReturnType<typeof taskState>>;

export const placesOf = ({ task, rankings, othersLeases }: TaskState): Places => ({
  overlap: task.overlap,
  rankings,
  othersLeases,
});

/**
 * Renews a lease, one that ran out too if its place is still free. Null when others filled the task,
 * which the assignment then says.
 */
export async function holdLease(
  tx: Sql,
  row: AssignmentRow,
  now: Date,
): Promise<AssignmentRow | null> {
  const inForce = row.status === "active" && row.leaseExpiresAt > now;
  const state = await taskState(tx, row.taskId, row.labelerId, now);
  if (inForce || hasPlace(row.purpose, placesOf(state)))
    return await updateAssignment(tx, row.id, { status: "active", leaseExpiresAt: leaseFrom(now) });
  if (row.status === "active") await updateAssignment(tx, row.id, { status: "expired" });
  return null;
}

/** The actor's own assignment; of others' nothing is told, not even that they are. */
export async function ownAssignment(
  db: Reader,
  actor: Actor,
  id: AssignmentId,
): Promise<AssignmentRow> {
  const row = await findAssignment(db, id);
  if (row?.labelerId === actor.id) {
    requireLabelerIn(actor, await campaignOfTask(db, row.taskId));
    return row;
  }
  throw new AppError("not-found", "This task is not lent to you: go to the next one.");
}
