import { z } from "zod";
import type { Sql } from "../db/client";
import { findCampaign } from "../db/queries/campaign";
import { insertGiven } from "../db/queries/given";
import { deleteUnusedPrompts, insertPrompts, knownTexts } from "../db/queries/prompt";
import { promptCounts, promptFacets } from "../db/queries/prompt-counts";
import { promptsOf, promptStates } from "../db/queries/prompt-list";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { heldoutShare } from "../domain/campaign";
import { type CampaignId, newId, type PromptId, zCampaignId, zPromptId } from "../domain/ids";
import { parsePrompts, promptSplit, withoutRepeats } from "../domain/prompt-file";
import { promptFormatOf } from "../domain/prompts/reader";
import type { PromptLine } from "../domain/prompts/row";
import { recordChange } from "./audit";
import { type Actor, requireRole, type Services } from "./context";

export const zPromptContent = z.object({
  content: z.string().max(20_000_000, "Add at most 20 MB at a time."),
  /** Decides between lines and JSON lines, and is kept as where the prompts came from. */
  fileName: z.string().max(200).default(""),
});

export interface ReadPrompts {
  unique: PromptLine[];
  repeats: PromptLine[];
  source: string;
}

/** @throws AppError bad-input naming the line */
export function readPrompts({ content, fileName }: z.output<typeof zPromptContent>): ReadPrompts {
  const prompts = parsePrompts(content, promptFormatOf(content, fileName));
  if (prompts.length === 0) {
    throw new AppError("bad-input", "There is no prompt in it. Write one prompt a line.");
  }
  return { ...withoutRepeats(prompts), source: fileName || "pasted" };
}

/** What became of each prompt that was given. */
export interface AddedPrompts {
  added: number;
  heldout: number;
  /** Said twice in what was given: left out the second time. */
  repeats: PromptLine[];
  /** The campaign had them already. */
  known: PromptLine[];
}

/** Adds to a campaign inside a write; `server/services/campaigns-change.ts` does so too. */
export async function addTo(
  tx: Sql,
  actor: Actor,
  campaignId: CampaignId,
  { unique, repeats, source }: ReadPrompts,
): Promise<AddedPrompts> {
  const before = new Set(
    await knownTexts(
      tx,
      campaignId,
      unique.map((prompt) => prompt.text),
    ),
  );
  const fresh = unique.filter((prompt) => !before.has(prompt.text));
  const rows = fresh.map(({ text, language, cluster, label, priority, source: own, answers }) => ({
    id: newId<PromptId>(),
    campaignId,
    text,
    language,
    cluster,
    label,
    priority,
    // what came with answers is there for them to be compared
    split: answers ? ("train" as const) : promptSplit(text, heldoutShare),
    source: own ?? source,
    createdById: actor.id,
  }));
  const added = await insertPrompts(tx, rows);
  await insertGiven(
    tx,
    rows.flatMap(({ id }, i) => {
      const { answers } = fresh[i];
      return answers ? [{ promptId: id, answers }] : [];
    }),
  );
  if (added.length > 0)
    await recordChange(tx, actor, {
      action: "prompt.add",
      target: { id: campaignId, name: source },
      campaignId,
      after: { prompts: added.length, source },
    });
  return {
    added: added.length,
    heldout: rows.filter((row) => row.split === "heldout").length,
    repeats,
    known: unique.filter((prompt) => before.has(prompt.text)),
  };
}

export const zAddPrompts = zPromptContent.extend({ campaignId: zCampaignId });

export async function addPrompts(
  { db }: Services,
  actor: Actor,
  input: z.output<typeof zAddPrompts>,
): Promise<AddedPrompts> {
  requireRole(actor, "admin", input.campaignId);
  const read = readPrompts(input);
  return await write(db, async (tx) => {
    if (!(await findCampaign(tx, input.campaignId))) {
      throw new AppError("not-found", "There is no such campaign: choose another.");
    }
    return await addTo(tx, actor, input.campaignId, read);
  });
}

export const promptsPerPage = 50;
export const zListPrompts = z.object({
  campaignId: zCampaignId,
  search: z.string().max(200).optional(),
  split: z.enum(["train", "heldout"]).optional(),
  state: z.enum(promptStates).optional(),
  source: z.string().max(200).optional(),
  cluster: z.string().max(200).nullish(),
  language: z.string().max(40).nullish(),
  page: z.int().min(0).default(0),
});

/** One page of a campaign's prompts, newest first, with the campaign's totals. */
export async function listPrompts(
  { db }: Services,
  actor: Actor,
  { page, ...filter }: z.output<typeof zListPrompts>,
) {
  requireRole(actor, "researcher", filter.campaignId);
  const counts = await promptCounts(db.read, filter.campaignId);
  const at = { offset: page * promptsPerPage, limit: promptsPerPage };
  const { rows, total } = await promptsOf(db.read, { ...filter, ...at }, counts);
  return { rows, total, counts };
}

/** What a campaign's prompts can be told apart by. */
export async function facetsOfPrompts(
  { db }: Services,
  actor: Actor,
  { campaignId }: { campaignId: CampaignId },
) {
  requireRole(actor, "researcher", campaignId);
  return await promptFacets(db.read, campaignId);
}

export const zRemovePrompts = z.object({
  campaignId: zCampaignId,
  promptIds: z.array(zPromptId).min(1).max(5000),
});

/** Removes prompts that nothing stands on; those that were answered, ranked or written for stay. */
export async function removePrompts(
  { db }: Services,
  actor: Actor,
  { campaignId, promptIds }: z.output<typeof zRemovePrompts>,
): Promise<{ removed: number; kept: number }> {
  requireRole(actor, "admin", campaignId);
  const removed = await write(db, async (tx) => {
    const texts = await deleteUnusedPrompts(tx, campaignId, promptIds);
    if (texts.length > 0)
      await recordChange(tx, actor, {
        action: "prompt.remove",
        target: { id: campaignId, name: "" },
        campaignId,
        before: { prompts: texts },
      });
    return texts;
  });
  return { removed: removed.length, kept: promptIds.length - removed.length };
}
