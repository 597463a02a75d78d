import { z } from "zod";
import type { Reader, Sql } from "../db/client";
import type { CampaignConfig } from "../db/json-columns";
import {
  type CampaignRow,
  findCampaign,
  insertCampaign,
  modelsById,
  moveCampaign,
  updateCampaign,
} from "../db/queries/campaign";
import { insertGuideline } from "../db/queries/guideline";
import { copyPrompts } from "../db/queries/prompt";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { nothingAsked, zAsked } from "../domain/asked";
import { type CampaignSettings, fixedOnceOpen, zCampaignSettings } from "../domain/campaign";
import { type CampaignId, type ModelId, zCampaignId } from "../domain/ids";
import type { Comparing } from "../domain/preference";
import { sides } from "../domain/preference-scale";
import { zPay } from "../domain/pay";
import { recordChange } from "./audit";
import { type Actor, requireRole, type Services } from "./context";
import { keepGuidelines } from "./guidelines";
import { addTo, readPrompts, zPromptContent } from "./prompts";

export const zNewCampaign = zCampaignSettings.extend({
  /** Pasted text or a file's, with the file's name. */
  prompts: zPromptContent.optional(),
  /** The campaign whose prompts are taken too. */
  promptsFrom: zCampaignId.optional(),
  /** What accepted work earns. */
  pay: zPay.optional(),
});

/** A draft: nobody sees it until it is opened for labelers. */
export async function createCampaign(
  { db }: Services,
  actor: Actor,
  { prompts, promptsFrom, pay, ...settings }: z.output<typeof zNewCampaign>,
) {
  requireRole(actor, "admin");
  const read = prompts && prompts.content.trim() !== "" ? readPrompts(prompts) : null;
  await requirePolicy(db.read, settings.policyModelId);
  await requireOpponent(db.read, settings);
  return await write(db, async (tx) => {
    const row = await insertCampaign(tx, {
      ...columnsOf(settings, pay ? { pay } : {}),
      status: "draft",
      createdById: actor.id,
    });
    const { id: campaignId, guidelines: text } = row;
    await insertGuideline(tx, { campaignId, version: 1, text, createdById: actor.id });
    await recordChange(tx, actor, {
      action: "campaign.create",
      target: row,
      campaignId: row.id,
      after: row,
    });
    if (promptsFrom) await copyPrompts(tx, promptsFrom, campaignId, actor.id);
    const added = read ? await addTo(tx, actor, row.id, read) : null;
    return { id: row.id, prompts: added };
  });
}

const configOf = (before: CampaignConfig, settings: Partial<CampaignSettings>): CampaignConfig => ({
  ...before,
  ...(settings.sampling && { sampling: settings.sampling }),
  ...(settings.asked && { asked: settings.asked }),
  comparing: settings.comparing,
  ...(settings.demonstrations !== undefined && { demonstrations: settings.demonstrations }),
  ...(settings.includeSimulated !== undefined && { includeSimulated: settings.includeSimulated }),
});

/** The reference of the KL penalty is the policy that the campaign starts from. */
function columnsOf(settings: CampaignSettings, before: CampaignConfig) {
  const {
    sampling: _,
    comparing,
    asked: __,
    demonstrations: ___,
    includeSimulated: ____,
    ...columns
  } = settings;
  return {
    ...columns,
    completionsPerTask: comparing ? sides.length : columns.completionsPerTask,
    sftModelId: settings.policyModelId,
    config: configOf(before, settings),
  };
}

async function requirePolicy(db: Reader, id: ModelId | null): Promise<void> {
  if (id === null) return;
  const [found] = await modelsById(db, [id]);
  if (!found) throw new AppError("not-found", "The starting policy is gone: choose another model.");
  if (found.kind !== "policy") {
    throw new AppError("bad-input", `${found.name} is a reward model: choose one that answers.`);
  }
}

/** Two models that differ: answers of one and the same say nothing of either. */
async function requireOpponent(db: Reader, settings: CampaignSettings): Promise<void> {
  const { comparing, policyModelId } = settings;
  if (!comparing || comparing.againstModelId === null) return;
  await requirePolicy(db, comparing.againstModelId);
  if (comparing.againstModelId === policyModelId)
    throw new AppError("bad-input", "A model cannot be compared with itself: choose another one.");
}

const sameComparing = (a: Comparing | undefined, b: Comparing | undefined): boolean =>
  a?.againstModelId === b?.againstModelId && a?.steps === b?.steps;

export const zCampaignUpdate = zCampaignSettings.extend({ campaignId: zCampaignId });

/** Changes a campaign's settings; those that give rankings their meaning stay once it was opened. */
export async function changeSettings(
  { db }: Services,
  actor: Actor,
  { campaignId, ...settings }: z.output<typeof zCampaignUpdate>,
): Promise<void> {
  requireRole(actor, "admin", campaignId);
  await requirePolicy(db.read, settings.policyModelId);
  await requireOpponent(db.read, settings);
  await write(db, async (tx) => {
    const before = await existing(tx, campaignId);
    const values: Partial<CampaignRow> = columnsOf(settings, before.config);
    if (before.status !== "draft") {
      for (const name of fixedOnceOpen) {
        if (values[name] === before[name]) continue;
        throw new AppError(
          "conflict",
          "This campaign was opened: its starting policy, its check and the number of completions stay. Make a new campaign to change them.",
        );
      }
      if (!sameComparing(settings.comparing, before.config.comparing))
        throw new AppError(
          "conflict",
          "This campaign was opened: what it compares and on which scale stays. Make a new campaign to compare something else.",
        );
      // in one order of keys on both sides, as PostgreSQL keeps json in its own
      const asked = zAsked.parse(before.config.asked ?? nothingAsked);
      if (JSON.stringify(settings.asked) !== JSON.stringify(asked))
        throw new AppError(
          "conflict",
          "This campaign was opened: what it asks stays, so that all its rankings answer the same. Make a new campaign to ask something else.",
        );
      // the reference may have moved on with the rounds
      delete values.sftModelId;
    }
    await keepGuidelines(tx, actor, before, settings.guidelines);
    const after = await updateCampaign(tx, campaignId, values);
    await recordChange(tx, actor, {
      action: "campaign.settings",
      target: before,
      campaignId,
      before,
      after,
    });
  });
}

async function existing(db: Reader, id: CampaignId): Promise<CampaignRow> {
  const row = await findCampaign(db, id);
  if (!row) throw new AppError("not-found", "There is no such campaign: it may have been removed.");
  return row;
}

export const zCampaignRef = z.object({ campaignId: zCampaignId });
type CampaignRef = z.output<typeof zCampaignRef>;

const moves = {
  pause: { from: ["open"], to: "paused", wrong: "Only an open campaign can be paused." },
  resume: { from: ["paused"], to: "open", wrong: "Only a paused campaign can go on." },
  close: {
    from: ["open", "paused"],
    to: "closed",
    wrong: "Only an open or paused campaign can be closed.",
  },
  reopen: { from: ["closed"], to: "open", wrong: "Only a closed campaign can be opened again." },
} as const;

async function move({ db }: Services, actor: Actor, id: CampaignId, name: keyof typeof moves) {
  requireRole(actor, "admin", id);
  const { from, to, wrong } = moves[name];
  await write(db, async (tx: Sql) => {
    const before = await existing(tx, id);
    const { status } = before;
    if (await moveCampaign(tx, id, [...from], { status: to })) {
      const about = { target: before, campaignId: id, before: { status }, after: { status: to } };
      return await recordChange(tx, actor, { action: "campaign.status", ...about });
    }
    throw new AppError("conflict", `${wrong} This one is ${status}: reload the page.`);
  });
}

/** Labelers get no more tasks; what they have begun they may hand in. */
export const pauseCampaign = (ctx: Services, actor: Actor, { campaignId }: CampaignRef) =>
  move(ctx, actor, campaignId, "pause");
export const resumeCampaign = (ctx: Services, actor: Actor, { campaignId }: CampaignRef) =>
  move(ctx, actor, campaignId, "resume");
/** The end of collecting; its data stays, and it can be opened again. */
export const closeCampaign = (ctx: Services, actor: Actor, { campaignId }: CampaignRef) =>
  move(ctx, actor, campaignId, "close");
export const reopenCampaign = (ctx: Services, actor: Actor, { campaignId }: CampaignRef) =>
  move(ctx, actor, campaignId, "reopen");
