import { z } from "zod";
import type { Reader } from "../db/client";
import { findCampaign } from "../db/queries/campaign";
import {
  authorProgress,
  demonstrationsOf,
  demonstrationTexts,
  type DemonstrationRow,
  draftOf,
  drawPrompt,
  findDemonstration,
  insertDemonstration,
  updateDemonstration,
} from "../db/queries/demonstration";
import { guidelinesVersion } from "../db/queries/guideline";
import { write } from "../db/write";
import { skipText, zSkip } from "../domain/assignment";
import { AppError } from "../domain/app-error";
import {
  type CampaignId,
  type DemonstrationId,
  zCampaignId,
  zDemonstrationId,
} from "../domain/ids";
import { type Template, templatesOf } from "../domain/writing";
import { requireConsent } from "./consent";
import { type Actor, requireSomewhere, type Services } from "./context";
import { type Similar, similarTo } from "./demonstrations-similar";
import { yetToEnter } from "./entry";
import { reachOf, requireLabelerIn } from "./members";

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

async function own(db: Reader, actor: Actor, id: DemonstrationId): Promise<DemonstrationRow> {
  const row = await findDemonstration(db, id);
  if (row?.authorId === actor.id) {
    const campaign = await findCampaign(db, row.campaignId);
    if (campaign) requireLabelerIn(actor, campaign);
    return row;
  }
  throw new AppError("not-found", "This demonstration is not yours: go to the next prompt.");
}

export const zDemonstrationText = z.object({
  demonstrationId: zDemonstrationId,
  text: z.string().max(200_000, "Write at most 200,000 characters."),
});

/** Keeps what is written so far, and says whether it is in somebody else's words. */
export async function saveDemonstration(
  ctx: Services,
  actor: Actor,
  { demonstrationId, text }: z.output<typeof zDemonstrationText>,
): Promise<{ similar: Similar | null }> {
  requireSomewhere(actor, "labeler");
  const row = await write(ctx.db, async (tx) => {
    const row = await own(tx, actor, demonstrationId);
    // a draft that arrives after the text was sent is older than it
    if (row.status === "draft") await updateDemonstration(tx, row.id, { text });
    return row;
  });
  return { similar: await similarTo(ctx, row, text) };
}

/** Sends a demonstration to review. Sent again it changes nothing. */
export async function submitDemonstration(
  ctx: Services,
  actor: Actor,
  { demonstrationId, text }: z.output<typeof zDemonstrationText>,
): Promise<void> {
  requireSomewhere(actor, "labeler");
  const written = text.trim();
  if (written === "")
    throw new AppError("bad-input", "The answer is empty: write it first, or skip the prompt.");
  await write(ctx.db, async (tx) => {
    const row = await own(tx, actor, demonstrationId);
    if (row.status === "skipped")
      throw new AppError("conflict", "You skipped this prompt: go to the next one.");
    if (row.status === "draft")
      await updateDemonstration(tx, row.id, {
        text: written,
        status: "submitted",
        guidelinesVersion: await guidelinesVersion(tx, row.campaignId),
      });
  });
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
    const row = await own(tx, actor, demonstrationId);
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
