import { z } from "zod";
import { completionsById } from "../db/queries/campaign";
import { findTask } from "../db/queries/consensus";
import {
  findGold,
  goldCounts,
  goldOf,
  goldRankings,
  goldSeenOf,
  keepGold,
  setRetired,
} from "../db/queries/gold";
import { promptText } from "../db/queries/prompt";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zCampaignId, zCompletionId, zGoldId, zTaskId } from "../domain/ids";
import { expectedPairs, goldAccuracy } from "../domain/quality/gold-accuracy";
import { maxCompletions } from "../domain/ranking";
import { recordChange } from "./audit";
import { type Actor, requireRole, requireSomewhere, type Services } from "./context";

export const goldPerPage = 50;
export const zListGold = z.object({
  campaignId: zCampaignId,
  page: z.int().min(0).default(0),
});

/** One page of a campaign's gold: what is expected, how many saw it, how many ordered it so. */
export async function listGold(
  { db }: Services,
  actor: Actor,
  { campaignId, page }: z.output<typeof zListGold>,
) {
  requireRole(actor, "researcher", campaignId);
  const at = { offset: page * goldPerPage, limit: goldPerPage };
  const rows = await goldOf(db.read, { campaignId, ...at });
  const ids = rows.map(({ gold }) => gold.taskId);
  const seen = await goldSeenOf(db.read, ids);
  const rankings = await goldRankings(db.read, ids);
  const texts = await completionsById(
    db.read,
    rows.flatMap((row) => row.completionIds),
  );
  const textOf = new Map(texts.map((row) => [row.id, row.text]));
  const shown = rows.map(({ gold, prompt, completionIds }) => {
    const number = new Map(completionIds.map((id, i) => [id, i]));
    const numbers = (groups: typeof gold.expected) =>
      groups.map((group) => group.flatMap((id) => number.get(id) ?? []));
    const expected = expectedPairs(numbers(gold.expected));
    const answers = rankings.filter((row) => row.taskId === gold.taskId);
    const { accuracy, interval, tasks } = goldAccuracy(
      answers.map(({ groups }) => ({ expected, groups: numbers(groups) })),
    );
    return {
      id: gold.id,
      taskId: gold.taskId,
      prompt,
      expected: gold.expected.map((group) => group.map((id) => textOf.get(id) ?? "")),
      retiredAt: gold.retiredAt,
      seen: seen.get(gold.taskId) ?? 0,
      accuracy,
      interval,
      answers: tasks,
    };
  });
  return { ...(await goldCounts(db.read, campaignId)), rows: shown };
}

export const zMakeGold = z.object({
  taskId: zTaskId,
  /** Tie groups, best first; what is tied or left out expects nothing. */
  expected: z.array(z.array(zCompletionId).min(1)).min(1).max(maxCompletions),
  /** Why so: whoever takes the quiz reads it afterwards. */
  explanation: z.string().trim().max(2000).optional(),
});

/** Makes a task gold: labelers who have not had it are given it to see how they do. */
export async function makeGold(
  { db }: Services,
  actor: Actor,
  { taskId, expected, explanation }: z.output<typeof zMakeGold>,
): Promise<void> {
  requireSomewhere(actor, "admin");
  await write(db, async (tx) => {
    const task = await findTask(tx, taskId);
    if (!task) throw new AppError("not-found", "This task is not here any more: reload the page.");
    requireRole(actor, "admin", task.campaignId);
    const named = expected.flat();
    const unknown = named.filter((id) => !task.completionIds.includes(id));
    if (unknown.length > 0 || new Set(named).size < named.length)
      throw new AppError(
        "bad-input",
        "The expected order names a completion twice, or one that the task does not have.",
      );
    if (expected.length < 2)
      throw new AppError(
        "bad-input",
        "An order that ties everything expects nothing: put at least one completion below another.",
      );
    const { campaignId } = task;
    await keepGold(tx, {
      taskId,
      campaignId,
      expected,
      explanation: explanation || null,
      createdById: actor.id,
    });
    const name = await promptText(tx, task.promptId);
    const target = { id: taskId, name };
    await recordChange(tx, actor, {
      action: "gold.make",
      target,
      campaignId,
      after: { expected, explanation: explanation || null },
    });
  });
}

export const zRetireGold = z.object({ goldId: zGoldId, retired: z.boolean() });

/** Takes gold out of use, or into use again; what was ranked of it still counts. */
export async function retireGold(
  { db }: Services,
  actor: Actor,
  { goldId, retired }: z.output<typeof zRetireGold>,
): Promise<void> {
  requireSomewhere(actor, "admin");
  await write(db, async (tx) => {
    const row = await findGold(tx, goldId);
    if (!row) throw new AppError("not-found", "This gold is not here any more: reload the page.");
    const { campaignId, taskId, retiredAt } = row;
    requireRole(actor, "admin", campaignId);
    await setRetired(tx, goldId, retired ? new Date() : null);
    const task = await findTask(tx, taskId);
    const name = task ? await promptText(tx, task.promptId) : "";
    await recordChange(tx, actor, {
      action: "gold.retire",
      target: { id: taskId, name },
      campaignId,
      before: { retired: retiredAt !== null },
      after: { retired },
    });
  });
}
