import { z } from "zod";
import {
  findCampaign,
  moveCampaign,
  updateCampaign,
  type CampaignRow,
} from "../db/queries/campaign";
import { countTrainPrompts } from "../db/queries/answer";
import {
  findRound,
  findRoundNumber,
  insertRound,
  setRound,
  type RoundRow,
} from "../db/queries/run";
import type { Sql } from "../db/client";
import { rankingCounts } from "../db/queries/snapshot";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zCampaignId, zRoundId, type ModelId, type RoundId } from "../domain/ids";
import { recordChange } from "./audit";
import { requireRole, requireSomewhere, type Actor, type Services } from "./context";
import { enqueue } from "./jobs";

/**
 * Begins a campaign's next round with a policy that has yet to answer: the round, the campaign's pointer to it
 * and the job, all or none. A round that is there already is returned as it is.
 */
export async function beginRound(
  tx: Sql,
  campaign: CampaignRow,
  next: { number: number; policyModelId: ModelId; exact?: number | null },
): Promise<RoundRow> {
  const there = await findRoundNumber(tx, campaign.id, next.number);
  if (there) return there;
  const row = await insertRound(tx, { ...next, campaignId: campaign.id, status: "answering" });
  await updateCampaign(tx, campaign.id, { round: next.number });
  await enqueue(tx, "answer", { roundId: row.id }, { campaignId: campaign.id });
  return row;
}

export const zOpenCampaign = z.object({ campaignId: zCampaignId });

/** Opens a draft for labelers: its policy answers the first prompts, and tasks appear as they are answered. */
export async function openCampaign(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zOpenCampaign>,
): Promise<void> {
  requireRole(actor, "admin", campaignId);
  await write(db, async (tx) => {
    await openDraft(tx, campaignId);
    const campaign = await findCampaign(tx, campaignId);
    await recordChange(tx, actor, {
      action: "campaign.status",
      target: { id: campaignId, name: campaign?.name ?? "" },
      campaignId,
      before: { status: "draft" },
      after: { status: "open" },
    });
  });
}

/** @throws AppError conflict when it has no policy or no prompts, or is no draft any more */
export async function openDraft(
  tx: Sql,
  campaignId: CampaignRow["id"],
  policy?: ModelId,
): Promise<RoundRow> {
  const campaign = await findCampaign(tx, campaignId);
  if (!campaign) throw new AppError("not-found", "There is no such campaign: reload the page.");
  const policyModelId = policy ?? campaign.policyModelId;
  if (!policyModelId)
    throw new AppError("conflict", "Choose the model that answers the prompts before you open it.");
  if ((await countTrainPrompts(tx, campaignId)) === 0)
    throw new AppError(
      "conflict",
      "Add prompts before you open the campaign: it has none to answer.",
    );
  const opened = { status: "open", openedAt: new Date() } as const;
  if (!(await moveCampaign(tx, campaignId, ["draft"], opened)))
    throw new AppError("conflict", `This campaign is ${campaign.status} already: reload the page.`);
  const sftModelId = campaign.sftModelId ?? policyModelId;
  await updateCampaign(tx, campaignId, { policyModelId, sftModelId });
  return await beginRound(tx, campaign, { number: 1, policyModelId });
}

export const zRoundRef = z.object({ roundId: zRoundId });

async function existing(tx: Sql, id: RoundId): Promise<RoundRow> {
  const round = await findRound(tx, id);
  if (!round) throw new AppError("not-found", "There is no such round: reload the page.");
  return round;
}

/** Turns the circle: reward model, PPO and the next round, from all rankings so far. */
export async function trainRound(
  { db }: Services,
  actor: Actor,
  { roundId }: z.output<typeof zRoundRef>,
): Promise<void> {
  requireSomewhere(actor, "researcher");
  await write(db, async (tx) => {
    const round = await existing(tx, roundId);
    const { status, campaignId } = round;
    requireRole(actor, "researcher", campaignId);
    if (status !== "collecting")
      throw new AppError(
        "conflict",
        status === "failed"
          ? "This round failed: mend it first, then train."
          : `This round is not collecting rankings now (it is ${status}): reload the page.`,
      );
    await requireRankings(tx, campaignId);
    await setRound(tx, roundId, { status: "training" });
    await recordRound(tx, actor, round, { action: "round.train", status: "training" });
    await enqueue(tx, "train-round", { roundId }, { campaignId, createdById: actor.id });
  });
}

const recordRound = (
  tx: Sql,
  actor: Actor,
  { id, number, status: before, campaignId }: RoundRow,
  { action, status }: { action: "round.train" | "round.mend"; status: RoundRow["status"] },
): Promise<void> =>
  recordChange(tx, actor, {
    action,
    target: { id, name: String(number) },
    campaignId,
    before: { status: before },
    after: { status },
  });

async function requireRankings(tx: Sql, campaignId: CampaignRow["id"]): Promise<void> {
  const campaign = await findCampaign(tx, campaignId);
  const counts = await rankingCounts(tx, campaignId, new Date());
  const usable = counts.people + (campaign?.config.includeSimulated ? counts.simulated : 0);
  if (usable > 0) return;
  throw new AppError(
    "conflict",
    counts.simulated > 0
      ? "Only simulated labelers have ranked, and this campaign's training leaves them out: wait for people's rankings, or include simulated ones in its settings."
      : "Nobody has ranked yet, so there is nothing to learn from: wait for the first rankings.",
  );
}

/** Takes up a failed round where it failed: answers again, or collects again until training is started anew. */
export async function mendRound(
  { db }: Services,
  actor: Actor,
  { roundId }: z.output<typeof zRoundRef>,
): Promise<void> {
  requireSomewhere(actor, "researcher");
  await write(db, async (tx) => {
    const round = await existing(tx, roundId);
    requireRole(actor, "researcher", round.campaignId);
    if (round.status !== "failed")
      throw new AppError("conflict", "This round has not failed: reload the page.");
    const { campaignId } = round;
    const status = round.snapshotId ? "collecting" : "answering";
    await setRound(tx, roundId, { status });
    await recordRound(tx, actor, round, { action: "round.mend", status });
    if (round.snapshotId) return;
    await enqueue(tx, "answer", { roundId }, { campaignId, createdById: actor.id });
  });
}
