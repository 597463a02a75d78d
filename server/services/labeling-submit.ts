import { z } from "zod";
import type { CampaignConfig } from "../db/json-columns";
import { type AssignmentRow, updateAssignment } from "../db/queries/assignment";
import { insertComparison } from "../db/queries/comparison";
import { insertRanking, rankingOfAssignment } from "../db/queries/ranking";
import { taskState } from "../db/queries/task";
import { write } from "../db/write";
import {
  hasPlace,
  type RankingDraft,
  skipText,
  zRankingDraft,
  zRankingWithRatings,
  zSkip,
} from "../domain/assignment";
import { AppError } from "../domain/app-error";
import { nothingAsked } from "../domain/asked";
import { zAssignmentId } from "../domain/ids";
import { checkPreference, leastPreference } from "../domain/preference";
import { checkOrder, letters, unletter } from "../domain/ranking";
import { checkRatings, kept as keptRatings } from "../domain/ratings";
import { nothingSaid } from "../domain/unsaid";
import { type Actor, requireSomewhere, type Services } from "./context";
import { holdLease, ownAssignment, placesOf } from "./labeling-lease";

export const zRenew = z.object({
  assignmentId: zAssignmentId,
  /** Of the draft at hand: a newer one, kept by another browser, comes back. */
  version: z.number().int().min(0).optional(),
});

/** A newer draft of the same person's, kept by another browser. */
interface Newer {
  draft?: RankingDraft;
  /** The number under which a draft is kept, where another browser had given its own to something else. */
  version?: number;
}

const draftOf = (row: AssignmentRow): RankingDraft | null =>
  zRankingDraft.safeParse(row.draft).data ?? null;

/** The draft that is kept, where it is newer than a version. */
function newerThan(kept: RankingDraft | null, version: number | undefined): Newer {
  return version !== undefined && kept !== null && kept.version > version ? { draft: kept } : {};
}

/** What became of a lease: held until then, or lost because others filled the task. */
export type Lease = { held: true; leaseExpiresAt: Date } | { held: false };

/** The heartbeat of a page in view. */
export async function renewLease(
  ctx: Services,
  actor: Actor,
  { assignmentId, version }: z.output<typeof zRenew>,
): Promise<Lease & Newer> {
  requireSomewhere(actor, "labeler");
  return await write(ctx.db, async (tx) => {
    const row = await ownAssignment(tx, actor, assignmentId);
    if (row.status !== "active" && row.status !== "expired") return { held: false };
    const held = await holdLease(tx, row, new Date());
    const newer = newerThan(draftOf(row), version);
    return held
      ? { held: true, leaseExpiresAt: held.leaseExpiresAt, ...newer }
      : { held: false, ...newer };
  });
}

export const zSaveDraft = z.object({ assignmentId: zAssignmentId, draft: zRankingDraft });

/**
 * Keeps a ranking in the making, and the lease with it. An older version than the one kept changes
 * nothing: the newer one comes back. Of two browsers that count the same version the later one is
 * kept, under the next number, so that the other hears of it.
 */
export async function saveDraft(
  ctx: Services,
  actor: Actor,
  { assignmentId, draft }: z.output<typeof zSaveDraft>,
): Promise<Lease & Newer> {
  requireSomewhere(actor, "labeler");
  return await write(ctx.db, async (tx) => {
    const row = await ownAssignment(tx, actor, assignmentId);
    if (row.status !== "active" && row.status !== "expired") return { held: false };
    const kept = draftOf(row);
    const newer = newerThan(kept, draft.version);
    if (kept !== null && kept.version === draft.version && kept.by !== draft.by)
      newer.version = draft.version + 1;
    if (!newer.draft)
      await updateAssignment(tx, row.id, {
        draft: { ...draft, version: newer.version ?? draft.version },
      });
    const held = await holdLease(tx, row, new Date());
    return held
      ? { held: true, leaseExpiresAt: held.leaseExpiresAt, ...newer }
      : { held: false, ...newer };
  });
}

export const zSubmitRanking = z.object({
  assignmentId: zAssignmentId,
  ranking: zRankingWithRatings,
});

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
    const shown = letters.slice(0, row.shownOrder.length);
    checkOrder(shown, ranking);

    const state = await taskState(tx, row.taskId, actor.id, now);
    const { ratings = nothingSaid } = ranking;
    const asked = state.campaign.config.asked ?? nothingAsked;
    // a program that plays a labeler knows no more than the order
    if (!actor.simulated) checkRatings(asked, shown, ranking.notRankable, ratings);
    const preference = preferenceOf(state.campaign.config, actor, ranking);
    const inForce = row.status === "active" && row.leaseExpiresAt > now;
    const places = placesOf(state);
    // a lease in force keeps its own place from others
    const free = hasPlace(row.purpose, inForce ? { ...places, othersLeases: 0 } : places);
    if (!free || state.campaign.status === "closed") {
      await updateAssignment(tx, row.id, { status: "submitted", draft: { late: ranking } });
      return { outcome: "late" };
    }
    const { noneAcceptable, comment, seconds } = ranking;
    const kept = await insertRanking(tx, {
      ...unletter(row.shownOrder, ranking),
      taskId: row.taskId,
      assignmentId: row.id,
      labelerId: actor.id,
      noneAcceptable,
      comment: comment || null,
      ratings: keptRatings(row.shownOrder, ranking.notRankable, ratings),
      seconds,
      guidelinesVersion: row.guidelinesVersion,
      purpose: row.purpose,
      simulated: actor.simulated,
    });
    const { comparing } = state.campaign.config;
    if (comparing && preference !== undefined) {
      const [leftId, rightId] = row.shownOrder;
      const { steps } = comparing;
      const of = { rankingId: kept.id, taskId: row.taskId };
      await insertComparison(tx, { ...of, leftId, rightId, steps, preference });
    }
    await updateAssignment(tx, row.id, { status: "submitted", draft: null });
    return { outcome: "accepted" };
  });
}

/**
 * The preference of a comparison, held against the campaign's scale; null where neither could be judged.
 * Undefined in a campaign that ranks.
 */
function preferenceOf(
  { comparing }: CampaignConfig,
  actor: Actor,
  ranking: z.output<typeof zRankingWithRatings>,
): number | null | undefined {
  if (comparing) {
    const said = actor.simulated ? leastPreference(ranking) : ranking.preference;
    return checkPreference(comparing.steps, { ...ranking, preference: said });
  }
  if (ranking.preference === undefined) return undefined;
  throw new AppError(
    "bad-input",
    "This campaign asks for an order, not for a preference: reload the page.",
  );
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
    if (row.status === "skipped") return;
    await updateAssignment(tx, row.id, { status: "skipped", skipReason: skipText(skip) });
  });
}
