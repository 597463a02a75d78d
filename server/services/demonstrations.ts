import { z } from "zod";
import {
  authorProgress,
  demonstrationsOf,
  demonstrationTexts,
  draftOf,
  drawPrompt,
  insertDemonstration,
  updateDemonstration,
} from "../db/queries/demonstration";
import { write } from "../db/write";
import { skipText, zSkip } from "../domain/assignment";
import {
  type CampaignId,
  type DemonstrationId,
  zCampaignId,
  zDemonstrationId,
} from "../domain/ids";
import { type Template, templatesOf } from "../domain/writing";
import { requireConsent } from "./consent";
import { type Actor, requireSomewhere, type Services } from "./context";
import { ownDemonstration } from "./demonstrations-draft";
import { yetToEnter } from "./entry";
import { reachOf } from "./members";

/** A draft keeps its prompt from others for a day after it was last touched. */
const draftHours = 24;
const draftsSince = (now = new Date()) => new Date(now.getTime() - draftHours * 3_600_000);

export const zNextDemonstration = z.object({ campaignId: zCampaignId.optional() });

/** A prompt to answer, and what was written so far. */
export interface DemonstrationTask {
  demonstrationId: DemonstrationId;
  campaign: { id: CampaignId; name: string; guidelines: string };
  prompt: string;
  text: string;
  templates: Template[];
}

/** What this author began, else a prompt that nobody answers yet. Null when none is left. */
export async function nextDemonstration(
  ctx: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zNextDemonstration> = {},
): Promise<DemonstrationTask | null> {
  requireSomewhere(actor, "labeler");
  await requireConsent(ctx.db.read, actor);
  const except = (await yetToEnter(ctx, actor)).map((row) => row.campaignId);
  const row = await write(ctx.db, async (tx) => {
    const wanted = { authorId: actor.id, campaignId, reach: reachOf(actor, "labeler") };
    const begun = await draftOf(tx, wanted);
    if (begun) return begun;
    const drawn = await drawPrompt(tx, { ...wanted, except, draftsSince: draftsSince() });
    if (!drawn) return null;
    return await insertDemonstration(tx, {
      ...drawn,
      authorId: actor.id,
      text: "",
      status: "draft",
      simulated: actor.simulated,
    });
  });
  if (!row) return null;
  const { prompt, campaignName, guidelines, config, ...texts } = await demonstrationTexts(
    ctx.db.read,
    row.id,
  );
  return {
    demonstrationId: row.id,
    campaign: { id: texts.campaignId, name: campaignName, guidelines },
    prompt,
    text: row.text,
    templates: templatesOf(config.templates ?? ""),
  };
}

export const zSkipDemonstration = zSkip.extend({ demonstrationId: zDemonstrationId });

/** Leaves a prompt to others; it does not come to this author again. */
export async function skipDemonstration(
  ctx: Services,
  actor: Actor,
  { demonstrationId, ...skip }: z.output<typeof zSkipDemonstration>,
): Promise<void> {
  requireSomewhere(actor, "labeler");
  await write(ctx.db, async (tx) => {
    const row = await ownDemonstration(tx, actor, demonstrationId);
    if (row.status === "draft" || row.status === "skipped")
      await updateDemonstration(tx, row.id, { status: "skipped", reason: skipText(skip) });
  });
}

/** Of each open campaign: one's demonstrations by state, and the prompts left for one to answer. */
export async function demonstrationProgress(ctx: Services, actor: Actor) {
  requireSomewhere(actor, "labeler");
  const reach = reachOf(actor, "labeler");
  const except = (await yetToEnter(ctx, actor)).map((row) => row.campaignId);
  return await authorProgress(ctx.db.read, {
    except,
    authorId: actor.id,
    reach,
    draftsSince: draftsSince(),
  });
}

/** One's own demonstrations, newest first, with what became of them. */
export async function ownDemonstrations(ctx: Services, actor: Actor) {
  requireSomewhere(actor, "labeler");
  const filter = { authorId: actor.id, offset: 0, limit: 20 };
  const { rows } = await demonstrationsOf(ctx.db.read, filter);
  return rows.map(({ id, prompt, text, status, reason, updatedAt }) => ({
    id,
    prompt,
    text,
    status,
    reason,
    updatedAt,
  }));
}
