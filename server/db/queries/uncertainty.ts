import { and, asc, desc, eq, isNull } from "drizzle-orm";
import type { CampaignId, ModelId, RoundId, TaskId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { completion, model, prompt, task } from "../schema";

export async function newestRewardModels(
  db: Reader,
  campaignId: CampaignId,
  limit: number,
): Promise<ModelId[]> {
  const rows = await db
    .select({ id: model.id })
    .from(model)
    .where(and(eq(model.campaignId, campaignId), eq(model.kind, "reward")))
    .orderBy(desc(model.createdAt), desc(model.id))
    .limit(limit);
  return rows.map((row) => row.id);
}

export const unratedTasks = (db: Reader, roundId: RoundId) =>
  db
    .select({ id: task.id, prompt: prompt.text, completionIds: task.completionIds })
    .from(task)
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(and(eq(task.roundId, roundId), isNull(task.uncertainty)))
    .orderBy(asc(task.id));

export async function completionsOfTasks(db: Reader, roundId: RoundId) {
  const rows = await db
    .select({ id: completion.id, text: completion.text })
    .from(completion)
    .where(eq(completion.roundId, roundId));
  return new Map(rows.map((row) => [row.id, row.text]));
}

export async function setUncertainties(tx: Sql, found: ReadonlyMap<TaskId, number>): Promise<void> {
  for (const [id, uncertainty] of found)
    await tx.update(task).set({ uncertainty }).where(eq(task.id, id));
}
