import { z } from "zod";
import type { Reader, Sql } from "../db/client";
import { type CampaignRow, findCampaign } from "../db/queries/campaign";
import {
  guidelinesOf,
  guidelinesText,
  guidelinesVersion,
  insertGuideline,
  lastVersionOf,
} from "../db/queries/guideline";
import { AppError } from "../domain/app-error";
import { type AssignmentId, type CampaignId, zCampaignId } from "../domain/ids";
import { type Actor, requireRole, type Services } from "./context";

/** Keeps a changed text as the next version; the same text again is no version. */
export async function keepGuidelines(
  tx: Sql,
  actor: Actor,
  campaign: CampaignRow,
  text: string,
): Promise<void> {
  if (text === campaign.guidelines) return;
  const { id: campaignId, createdById, createdAt } = campaign;
  const version = await guidelinesVersion(tx, campaignId);
  // of a campaign from before versions were kept
  await insertGuideline(tx, {
    campaignId,
    version,
    text: campaign.guidelines,
    createdById,
    createdAt,
  });
  await insertGuideline(tx, { campaignId, version: version + 1, text, createdById: actor.id });
}

export const zGuidelinesRef = z.object({ campaignId: zCampaignId });

/** Every version of a campaign's guidelines, the newest first. */
export async function listGuidelines(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zGuidelinesRef>,
) {
  requireRole(actor, "researcher", campaignId);
  const campaign = await findCampaign(db.read, campaignId);
  if (!campaign)
    throw new AppError("not-found", "There is no such campaign: it may have been removed.");
  const kept = await guidelinesOf(db.read, campaignId);
  const { guidelines: text, createdAt } = campaign;
  return kept.length > 0 ? kept : [{ version: 1, text, by: null, createdAt }];
}

/** The guidelines' version, and what they said when this labeler last finished a task, where they changed since. */
export async function guidelinesFor(
  db: Reader,
  actor: Actor,
  about: { campaignId: CampaignId; but: AssignmentId },
): Promise<{ version: number; before: string | null }> {
  const version = await guidelinesVersion(db, about.campaignId);
  if (version === 1) return { version, before: null };
  const last = await lastVersionOf(db, { ...about, labelerId: actor.id });
  const changed = last !== null && last < version;
  return { version, before: changed ? await guidelinesText(db, about.campaignId, last) : null };
}
