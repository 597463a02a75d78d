import { z } from "zod";
import type { Reader, Sql } from "../db/client";
import { type CampaignRow, findCampaign, updateCampaign } from "../db/queries/campaign";
import {
  campaignConsentVersions,
  hasAgreedTo,
  insertCampaignAgreement,
  insertCampaignConsent,
  latestCampaignConsent,
} from "../db/queries/campaign-consent";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { type CampaignId, zCampaignId, zConsentId } from "../domain/ids";
import { recordChange } from "./audit";
import { zPublishConsent } from "./consent";
import { type Actor, requireRole, type Services } from "./context";
import { requireLabelerIn } from "./members";

export const zCampaignConsents = z.object({ campaignId: zCampaignId });
export const zPublishCampaignConsent = zPublishConsent.extend({ campaignId: zCampaignId });

async function existing(db: Reader, id: CampaignId): Promise<CampaignRow> {
  const found = await findCampaign(db, id);
  if (!found)
    throw new AppError("not-found", "There is no such campaign: it may have been removed.");
  return found;
}

/** Puts a campaign's next version in force; its labelers are asked before their next new task. */
export async function publishCampaignConsent(
  { db }: Services,
  actor: Actor,
  { campaignId, text }: z.output<typeof zPublishCampaignConsent>,
): Promise<{ version: number }> {
  requireRole(actor, "admin", campaignId);
  return await write(db, async (tx) => {
    const campaign = await existing(tx, campaignId);
    const before = await latestCampaignConsent(tx, campaignId);
    if ((before?.text ?? "") === text)
      throw new AppError("conflict", "This is the text in force already: change it first.");
    return await putInForce(tx, actor, campaign, text);
  });
}

/** Adds a version, in the transaction of whatever asks for it. */
export async function putInForce(
  tx: Sql,
  actor: Actor,
  { id: campaignId, name, config }: Pick<CampaignRow, "id" | "name" | "config">,
  text: string,
): Promise<{ version: number }> {
  const before = await latestCampaignConsent(tx, campaignId);
  const version = (before?.version ?? 0) + 1;
  const values = { campaignId, version, text, createdById: actor.id };
  const { id } = await insertCampaignConsent(tx, values);
  const { consentId: _, ...rest } = config;
  await updateCampaign(tx, campaignId, {
    config: text === "" ? rest : { ...rest, consentId: id },
  });
  await recordChange(tx, actor, {
    action: "campaign.consent",
    target: { id: campaignId, name },
    campaignId,
    before: before && { version: before.version, text: before.text },
    after: { version, text },
  });
  return { version };
}

/** Every version of a campaign's text with how many agreed, newest first. */
export async function listCampaignConsents(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zCampaignConsents>,
) {
  requireRole(actor, "researcher", campaignId);
  return await campaignConsentVersions(db.read, campaignId);
}

/** What a campaign asks somebody to agree to, and whether they did; null where it asks nothing. */
export async function campaignConsentOf(
  db: Reader,
  actor: Actor,
  { id, config }: Pick<CampaignRow, "id" | "config">,
) {
  if (!config.consentId || actor.simulated) return null;
  const latest = await latestCampaignConsent(db, id);
  if (!latest) return null;
  const agreed = await hasAgreedTo(db, latest.id, actor.id);
  return { id: latest.id, version: latest.version, text: latest.text, agreed };
}

/** @throws AppError forbidden while the actor has not agreed to the campaign's text in force */
export async function requireCampaignConsent(
  db: Reader,
  actor: Actor,
  campaign: Pick<CampaignRow, "id" | "config">,
): Promise<void> {
  const asked = await campaignConsentOf(db, actor, campaign);
  if (asked?.agreed === false)
    throw new AppError(
      "forbidden",
      "The campaign's consent text is new or has changed: reload the page, read it, and agree to it to go on.",
    );
}

export const zAgreeToCampaign = z.object({ campaignId: zCampaignId, consentId: zConsentId });

/** @throws AppError conflict on an old version */
export async function agreeToCampaign(
  { db }: Services,
  actor: Actor,
  { campaignId, consentId }: z.output<typeof zAgreeToCampaign>,
): Promise<void> {
  await write(db, async (tx) => {
    const campaign = await existing(tx, campaignId);
    requireLabelerIn(actor, campaign);
    if (campaign.config.consentId !== consentId)
      throw new AppError(
        "conflict",
        "The text has changed meanwhile: reload the page and read it.",
      );
    await insertCampaignAgreement(tx, consentId, actor.id);
  });
}
