import { z } from "zod";
import { findCampaign, insertCampaign } from "../db/queries/campaign";
import { latestCampaignConsent } from "../db/queries/campaign-consent";
import { insertGuideline } from "../db/queries/guideline";
import { copyPrompts } from "../db/queries/prompt";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { type CampaignId, zCampaignId } from "../domain/ids";
import { recordChange } from "./audit";
import { putInForce } from "./campaign-consent";
import { type Actor, requireRole, type Services } from "./context";

export const zCloneCampaign = z.object({
  campaignId: zCampaignId,
  name: z.string().trim().min(1, "Give the copy a name.").max(120),
  /** Its prompts too; never what was answered, ranked or written of them. */
  prompts: z.boolean().default(false),
});

/** A new draft with everything that was set, and nothing that people or models made. */
export async function cloneCampaign(
  { db }: Services,
  actor: Actor,
  { campaignId, name, prompts }: z.output<typeof zCloneCampaign>,
): Promise<{ id: CampaignId; prompts: number }> {
  requireRole(actor, "admin");
  return await write(db, async (tx) => {
    const from = await findCampaign(tx, campaignId);
    if (!from)
      throw new AppError("not-found", "There is no such campaign: it may have been removed.");
    // a quiz is made of gold, which is data
    const { entry, consentId, ...config } = from.config;
    const row = await insertCampaign(tx, {
      name,
      guidelines: from.guidelines,
      status: "draft",
      verifier: from.verifier,
      policyModelId: from.policyModelId,
      sftModelId: from.policyModelId,
      completionsPerTask: from.completionsPerTask,
      tasksPerRound: from.tasksPerRound,
      overlap: from.overlap,
      membersOnly: from.membersOnly,
      config: entry ? { ...config, entry: { ...entry, quiz: null } } : config,
      createdById: actor.id,
    });
    const { id, guidelines: text } = row;
    await insertGuideline(tx, { campaignId: id, version: 1, text, createdById: actor.id });
    // agreed to anew, since it is another campaign
    const consent = consentId && (await latestCampaignConsent(tx, campaignId));
    if (consent) await putInForce(tx, actor, row, consent.text);
    const copied = prompts ? await copyPrompts(tx, campaignId, id, actor.id) : 0;
    await recordChange(tx, actor, {
      action: "campaign.clone",
      target: row,
      campaignId: id,
      after: { from: from.name, fromId: campaignId, prompts: copied, ...row },
    });
    return { id, prompts: copied };
  });
}
