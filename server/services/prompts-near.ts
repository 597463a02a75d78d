import { z } from "zod";
import { rankingsOfPrompts } from "../db/queries/prompt-archive";
import {
  countUnsketched,
  inBands,
  insertSketches,
  idsOfGroup,
  nearGroups,
  promptsOfGroup,
  textsOf,
  unsketched,
} from "../db/queries/prompt-near";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zCampaignId, zPromptId } from "../domain/ids";
import { bandsOf } from "../domain/prompts/bands";
import { nearLevels } from "../domain/prompts/import";
import { promptLimit } from "../domain/prompts/limit";
import { resemblance, shinglesOf } from "../domain/prompts/shingles";
import { type Actor, requireRole, type Services } from "./context";
import { archive } from "./prompts-archive";
import { likenessOf } from "./prompts-likeness";

export const zOfCampaign = z.object({ campaignId: zCampaignId });

/** So many prompts a step: nobody waits for long. */
const step = 200;

/** Looks at prompts whose likeness is not kept yet. @returns how many are left */
export async function compareMore(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zOfCampaign>,
): Promise<{ left: number }> {
  requireRole(actor, "researcher", campaignId);
  const some = await unsketched(db.read, campaignId, step);
  if (some.length === 0) return { left: 0 };
  await write(db, async (tx) => {
    const likeness = await likenessOf(tx, campaignId, some);
    await insertSketches(
      tx,
      campaignId,
      likeness.map(({ sketch }) => sketch),
    );
  });
  return { left: await countUnsketched(db.read, campaignId) };
}

export const zSearchNear = zOfCampaign.extend({
  text: z.string().trim().min(1).max(promptLimit),
});

/** Less likeness than this says nothing, and most of it is not found. */
const worthSaying = 0.3;

/** The stored prompts that a text is most like, archived ones too. */
export async function searchNear(
  { db }: Services,
  actor: Actor,
  { campaignId, text }: z.output<typeof zSearchNear>,
) {
  requireRole(actor, "researcher", campaignId);
  const shingles = shinglesOf(text);
  const found = await inBands(db.read, campaignId, bandsOf(shingles));
  const texts = await textsOf(db.read, [...new Set(found.map((row) => row.promptId))]);
  return [...texts]
    .map(([id, text]) => ({ id, text, resemblance: resemblance(shingles, shinglesOf(text)) }))
    .filter((row) => row.resemblance >= worthSaying)
    .sort((a, b) => b.resemblance - a.resemblance)
    .slice(0, 20);
}

export const groupsPerPage = 10;
/** Of one group are shown. */
const shownOfGroup = 20;
export const zListNear = zOfCampaign.extend({
  atLeast: z.number().min(nearLevels[0]).max(1).default(nearLevels[0]),
  page: z.int().min(0).default(0),
});

/** Groups of near-duplicates, the largest first; of each the prompt that most was done for first. */
export async function listNear(
  { db }: Services,
  actor: Actor,
  { page, ...filter }: z.output<typeof zListNear>,
) {
  requireRole(actor, "researcher", filter.campaignId);
  const at = { offset: page * groupsPerPage, limit: groupsPerPage };
  const { groups, total, extra } = await nearGroups(db.read, filter, at);
  const shown = await Promise.all(
    groups.map(async ({ groupId, n }) => {
      const prompts = await promptsOfGroup(db.read, { ...filter, groupId }, shownOfGroup);
      return { groupId, count: n, prompts };
    }),
  );
  const ids = shown.flatMap((group) => group.prompts.map((row) => row.id));
  const rankings = ids.length > 0 ? await rankingsOfPrompts(db.read, filter.campaignId, ids) : null;
  return {
    total,
    /** Prompts beyond the first of each group. */
    extra,
    /** Prompts that were not compared yet. */
    left: await countUnsketched(db.read, filter.campaignId),
    groups: shown.map(({ groupId, count, prompts }) => ({
      groupId,
      count,
      prompts: prompts
        .map((row) => Object.assign(row, { rankings: rankings?.get(row.id) ?? 0 }))
        .sort((a, b) => b.rankings - a.rankings || b.resemblance - a.resemblance),
    })),
  };
}

export const zKeepOne = zOfCampaign.extend({
  groupId: zPromptId,
  keptId: zPromptId,
  atLeast: zListNear.shape.atLeast,
});

/** Archives the near-duplicates of a prompt: they get no more work, and what was done of them stays. */
export async function keepOne(
  { db }: Services,
  actor: Actor,
  { keptId, ...group }: z.output<typeof zKeepOne>,
): Promise<{ archived: number }> {
  requireRole(actor, "admin", group.campaignId);
  return await write(db, async (tx) => {
    const members = await idsOfGroup(tx, group);
    if (!members.includes(keptId))
      throw new AppError("conflict", "This group has changed meanwhile: reload the page.");
    const others = members.filter((id) => id !== keptId);
    return { archived: await archive(tx, actor, group.campaignId, others, keptId) };
  });
}
