import { z } from "zod";
import type { Sql } from "../db/client";
import { deleteArchived, insertArchived, promptsIn } from "../db/queries/prompt-archive";
import { write } from "../db/write";
import { type CampaignId, type PromptId, zCampaignId, zPromptId } from "../domain/ids";
import { recordChange } from "./audit";
import { type Actor, requireRole, type Services } from "./context";

export const zSomePrompts = z.object({
  campaignId: zCampaignId,
  promptIds: z.array(zPromptId).min(1).max(500),
});
type SomePrompts = z.output<typeof zSomePrompts>;

/** Archives inside a write. @returns how many were not archived before */
export async function archive(
  tx: Sql,
  actor: Actor,
  campaignId: CampaignId,
  promptIds: readonly PromptId[],
  keptId: PromptId | null = null,
): Promise<number> {
  const rows = promptIds.map((promptId) => ({ promptId, keptId, archivedById: actor.id }));
  const archived = await insertArchived(tx, rows);
  if (archived > 0)
    await recordChange(tx, actor, {
      action: "prompt.archive",
      target: { id: campaignId, name: "" },
      campaignId,
      after: { prompts: promptIds, ...(keptId && { kept: keptId }) },
    });
  return archived;
}

/** Prompts that get no new tasks and nothing more to write; what was judged of them stays and teaches. */
export async function archivePrompts(
  { db }: Services,
  actor: Actor,
  { campaignId, promptIds }: SomePrompts,
): Promise<{ archived: number }> {
  requireRole(actor, "admin", campaignId);
  return await write(db, async (tx) => {
    const own = await promptsIn(tx, campaignId, promptIds);
    return { archived: await archive(tx, actor, campaignId, own) };
  });
}

/** Takes prompts out of the archive again. */
export async function restorePrompts(
  { db }: Services,
  actor: Actor,
  { campaignId, promptIds }: SomePrompts,
): Promise<{ restored: number }> {
  requireRole(actor, "admin", campaignId);
  return await write(db, async (tx) => {
    const own = await promptsIn(tx, campaignId, promptIds);
    const restored = own.length > 0 ? await deleteArchived(tx, own) : 0;
    if (restored > 0)
      await recordChange(tx, actor, {
        action: "prompt.restore",
        target: { id: campaignId, name: "" },
        campaignId,
        after: { prompts: own },
      });
    return { restored };
  });
}
