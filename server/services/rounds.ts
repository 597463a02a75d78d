import { z } from "zod";
import {
  findCampaign,
  moveCampaign,
  updateCampaign,
  type CampaignRow,
} from "../db/queries/campaign";
import { countTrainPrompts } from "../db/queries/answer";
import { countGiven } from "../db/queries/given";
import { findRoundNumber, insertRound, type RoundRow } from "../db/queries/run";
import type { Sql } from "../db/client";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zCampaignId, type ModelId } from "../domain/ids";
import { recordChange } from "./audit";
import { requireRole, type Actor, type Services } from "./context";
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
  const { comparing } = campaign.config;
  if (comparing?.againstModelId === null && (await countGiven(tx, campaignId)) === 0)
    throw new AppError(
      "conflict",
      "Add prompts with two answers each before you open the campaign: it has none to compare.",
    );
  const opened = { status: "open", openedAt: new Date() } as const;
  if (!(await moveCampaign(tx, campaignId, ["draft"], opened)))
    throw new AppError("conflict", `This campaign is ${campaign.status} already: reload the page.`);
  const sftModelId = campaign.sftModelId ?? policyModelId;
  await updateCampaign(tx, campaignId, { policyModelId, sftModelId });
  return await beginRound(tx, campaign, { number: 1, policyModelId });
}
