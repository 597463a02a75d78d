import { z } from "zod";
import { updateAssignment } from "../db/queries/assignment";
import { insertRanking, rankingOfAssignment } from "../db/queries/ranking";
import { taskState } from "../db/queries/task";
import { write } from "../db/write";
import { skipText, zRankingDraft, zSkip } from "../domain/assignment";
import { AppError } from "../domain/app-error";
import { zAssignmentId } from "../domain/ids";
import { checkOrder, letters, unletter, zRanking } from "../domain/ranking";
import { type Actor, requireSomewhere, type Services } from "./context";
import { holdLease, ownAssignment } from "./labeling-lease";

export const zRenew = z.object({ assignmentId: zAssignmentId });

/** What became of a lease: held until then, or lost because others filled the task. */
export type Lease = { held: true; leaseExpiresAt: Date } | { held: false };

/** The heartbeat of a page in view. */
export async function renewLease(
  ctx: Services,
  actor: Actor,
  { assignmentId }: z.output<typeof zRenew>,
): Promise<Lease> {
  requireSomewhere(actor, "labeler");
  return await write(ctx.db, async (tx) => {
    const row = await ownAssignment(tx, actor, assignmentId);
    if (row.status !== "active" && row.status !== "expired") return { held: false };
    const held = await holdLease(tx, row, new Date());
    return held ? { held: true, leaseExpiresAt: held.leaseExpiresAt } : { held: false };
  });
}

export const zSaveDraft = z.object({ assignmentId: zAssignmentId, draft: zRankingDraft });

/**
 * Keeps a ranking in the making, and the lease with it. An older version than the one kept changes
 * nothing; `version` is that of what is kept now.
 */
export async function saveDraft(
  ctx: Services,
  actor: Actor,
  { assignmentId, draft }: z.output<typeof zSaveDraft>,
): Promise<Lease & { version: number }> {
  requireSomewhere(actor, "labeler");
  return await write(ctx.db, async (tx) => {
    const row = await ownAssignment(tx, actor, assignmentId);
    if (row.status !== "active" && row.status !== "expired")
      return { held: false, version: draft.version };
    const kept = zRankingDraft.safeParse(row.draft);
    const newer = !kept.success || kept.data.version <= draft.version;
    if (newer) await updateAssignment(tx, row.id, { draft });
    const version = newer ? draft.version : kept.data.version;
    const held = await holdLease(tx, row, new Date());
    return held
      ? { held: true, leaseExpiresAt: held.leaseExpiresAt, version }
      : { held: false, version };
  });
}

export const zSubmitRanking = z.object({ assignmentId: zAssignmentId, ranking: zRanking });

/** "late": the lease had run out and others filled the task, or the campaign is closed; kept, not counted. */
export interface Submitted {
  outcome: "accepted" | "late";
}

/**
 * Takes a ranking. The same assignment submitted again gives the same outcome and changes nothing.
 * The places are counted in the transaction that takes one: never more than `overlap`.
 */
export async function submitRanking(
  ctx: Services,
  actor: Actor,
  { assignmentId, ranking }: z.output<typeof zSubmitRanking>,
): Promise<Submitted> {
  requireSomewhere(actor, "labeler");
  return await write(ctx.db, async (tx) => {
    const now = new Date();
    const row = await ownAssignment(tx, actor, assignmentId);
    if (await rankingOfAssignment(tx, row.id)) return { outcome: "accepted" };
    if (row.status === "submitted") return { outcome: "late" };
    if (row.status === "skipped")
      throw new AppError("conflict", "You skipped this task: go to the next one.");
    checkOrder(letters.slice(0, row.shownOrder.length), ranking);

    const state = await taskState(tx, row.taskId, actor.id, now);
    const inForce = row.status === "active" && row.leaseExpiresAt > now;
    const taken = state.rankings + (inForce ? 0 : state.othersLeases);
    if (taken >= state.task.overlap || state.campaign.status === "closed") {
      await updateAssignment(tx, row.id, { status: "submitted", draft: { late: ranking } });
      return { outcome: "late" };
    }
    const { noneAcceptable, comment, seconds } = ranking;
    await insertRanking(tx, {
      ...unletter(row.shownOrder, ranking),
      taskId: row.taskId,
      assignmentId: row.id,
      labelerId: actor.id,
      noneAcceptable,
      comment: comment || null,
      seconds,
      simulated: actor.simulated,
    });
    await updateAssignment(tx, row.id, { status: "submitted", draft: null });
    return { outcome: "accepted" };
  });
}

export const zSkipTask = zSkip.extend({ assignmentId: zAssignmentId });

/** Gives a task back, for others; it does not come to this labeler again. */
export async function skipTask(
  ctx: Services,
  actor: Actor,
  { assignmentId, ...skip }: z.output<typeof zSkipTask>,
): Promise<void> {
  requireSomewhere(actor, "labeler");
  await write(ctx.db, async (tx) => {
    const row = await ownAssignment(tx, actor, assignmentId);
    if (row.status === "submitted")
      throw new AppError("conflict", "You ranked this task already: go to the next one.");
    await updateAssignment(tx, row.id, { status: "skipped", skipReason: skipText(skip) });
  });
}
