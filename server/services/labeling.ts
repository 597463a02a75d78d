import { z } from "zod";
import {
  type AssignmentRow,
  unfinishedAssignments,
  updateAssignment,
} from "../db/queries/assignment";
import { countRankingsOf } from "../db/queries/ranking";
import { openRounds, taskState, taskTexts } from "../db/queries/task";
import { write } from "../db/write";
import { hasPlace, leasesAtOnce, type RankingDraft, zRankingDraft } from "../domain/assignment";
import { distributionOf, shownProgress } from "../domain/distribution";
import { AppError } from "../domain/app-error";
import { type Asked, nothingAsked } from "../domain/asked";
import { type AssignmentId, type CampaignId, zAssignmentId, zCampaignId } from "../domain/ids";
import type { PreferenceSteps } from "../domain/preference-scale";
import { isAsked } from "../domain/rounds/machine";
import { type Letter, letters } from "../domain/ranking";
import { requireConsent } from "./consent";
import { type Actor, requireSomewhere, type Services } from "./context";
import { progressOf } from "./labeling-counts";
import { guidelinesFor } from "./guidelines";
import { holdLease, placesOf } from "./labeling-lease";
import { type Barred, leftFor, lendTask } from "./labeling-lend";
import { reachOf } from "./members";

export const zNextTask = z.object({
  /** Only from this campaign. */
  campaignId: zCampaignId.optional(),
  /** What the labeler has at hand already, while the next one is fetched ahead. */
  besides: z
    .array(zAssignmentId)
    .max(leasesAtOnce - 1)
    .default([]),
});

/** All that a labeler learns of a task: the words, and letters to call the completions by. */
export interface LabelerTask {
  assignmentId: AssignmentId;
  campaign: {
    id: CampaignId;
    name: string;
    guidelines: string;
    guidelinesVersion: number;
    /** What they said when this labeler last finished a task; null where they are the same. */
    guidelinesBefore: string | null;
    asked: Asked;
    /** The scale on which two answers are compared; null: they are ranked. */
    comparing: { steps: PreferenceSteps } | null;
  };
  round: number;
  prompt: string;
  completions: { letter: Letter; text: string }[];
  draft: RankingDraft | null;
  leaseExpiresAt: Date;
}

/**
 * The next task for this labeler: first what they began, then one drawn at random, lent in the same
 * transaction that counts its places. Null when nothing is left for them.
 */
export async function nextTask(
  ctx: Services,
  actor: Actor,
  input: z.input<typeof zNextTask> = {},
): Promise<LabelerTask | null> {
  requireSomewhere(actor, "labeler");
  const { campaignId, besides } = zNextTask.parse(input);
  await requireConsent(ctx.db.read, actor);
  const assignment = await write(ctx.db, async (tx) => {
    const now = new Date();
    const wanted = { labelerId: actor.id, campaignId, reach: reachOf(actor, "labeler"), now };
    for (const begun of await unfinishedAssignments(tx, { ...wanted, besides })) {
      const held = await holdLease(tx, begun, now);
      if (held) return held;
    }
    return await lendTask(tx, wanted);
  });
  return assignment && (await shown(ctx, actor, assignment));
}

async function shown({ db }: Services, actor: Actor, row: AssignmentRow): Promise<LabelerTask> {
  const { texts, ...task } = await taskTexts(db.read, row.taskId);
  const { campaignId } = task;
  const guidelines = await guidelinesFor(db.read, actor, { campaignId, but: row.id });
  // one that was begun before they changed is read, and finished, under what they say now
  if (row.guidelinesVersion !== guidelines.version)
    await write(db, (tx) =>
      updateAssignment(tx, row.id, { guidelinesVersion: guidelines.version }),
    );
  const draft = zRankingDraft.safeParse(row.draft);
  return {
    assignmentId: row.id,
    campaign: {
      id: campaignId,
      name: task.campaignName,
      guidelines: task.guidelines,
      guidelinesVersion: guidelines.version,
      guidelinesBefore: guidelines.before,
      asked: task.config.asked ?? nothingAsked,
      // the scale alone: which models stand against each other is not the labeler's to know
      comparing: task.config.comparing ? { steps: task.config.comparing.steps } : null,
    },
    round: task.round,
    prompt: task.prompt,
    completions: row.shownOrder.map((id, index) => {
      const text = texts.get(id);
      if (text === undefined)
        throw new AppError("internal", `Completion ${id} of task ${row.taskId} is gone.`);
      return { letter: letters[index], text };
    }),
    draft: draft.success ? draft.data : null,
    leaseExpiresAt: row.leaseExpiresAt,
  };
}

/** How far a campaign's current round is, and what of it is left for this labeler. */
export interface LabelingProgress {
  campaignId: CampaignId;
  name: string;
  round: number;
  /** Only while "collecting" are there tasks to rank. */
  phase: Awaited<ReturnType<typeof openRounds>>[number]["phase"];
  wanted: number;
  done: number;
  mine: number;
  left: number;
  /** Why this labeler is given nothing, whatever is left; null while tasks are given. */
  barred: Barred | null;
}

/** Every open campaign, oldest first. */
export async function labelingProgress(ctx: Services, actor: Actor): Promise<LabelingProgress[]> {
  requireSomewhere(actor, "labeler");
  const db = ctx.db.read;
  const reach = reachOf(actor, "labeler");
  const wanted = { labelerId: actor.id, reach, now: new Date() };
  const standing = await leftFor(db, wanted);
  const inHand = new Map<CampaignId, number>();
  const begun = await unfinishedAssignments(db, { labelerId: actor.id, reach, besides: [] });
  for (const row of begun) {
    const state = await taskState(db, row.taskId, actor.id, wanted.now);
    const { campaignId } = state.task;
    if (hasPlace(row.purpose, placesOf(state)))
      inHand.set(campaignId, (inHand.get(campaignId) ?? 0) + 1);
  }
  const rounds = await openRounds(db, reach);
  return await Promise.all(
    rounds.map(async ({ config, roundId, ...round }) => {
      const { mine, ...counts } = await progressOf(db, roundId, actor.id);
      const shown = shownProgress(counts, distributionOf(config).goldRate);
      const phase = isAsked(round.phase) ? "collecting" : round.phase; // a gate is nothing to labelers
      const { left, barred } = standing.get(round.campaignId) ?? { left: 0, barred: null };
      return Object.assign(round, shown, {
        mine,
        phase,
        left: left + (inHand.get(round.campaignId) ?? 0),
        barred,
      });
    }),
  );
}

/** How many rankings are one's own, over all campaigns and rounds. */
export async function ownRankingCount(ctx: Services, actor: Actor): Promise<number> {
  requireSomewhere(actor, "labeler");
  return await countRankingsOf(ctx.db.read, actor.id);
}
