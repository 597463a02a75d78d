import { and, asc, count, desc, eq, inArray } from "drizzle-orm";
import type { CampaignId, CompletionId, PromptId, RoundId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { completion, demonstration, prompt, task } from "../schema";
import { completionOrigin } from "../schema-given";
import { isCurrent } from "./prompt-archive";

export type PromptRow = typeof prompt.$inferSelect;
export type CompletionRow = typeof completion.$inferSelect;

/** Archived prompts get nothing new. */
const inSplit = (db: Reader, campaignId: CampaignId, split: PromptRow["split"]) =>
  and(eq(prompt.campaignId, campaignId), eq(prompt.split, split), isCurrent(db));

export async function countTrainPrompts(db: Reader, campaignId: CampaignId): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(prompt)
    .where(inSplit(db, campaignId, "train"));
  return row.n;
}

export const promptsOfSplit = (
  db: Reader,
  campaignId: CampaignId,
  split: PromptRow["split"],
): Promise<PromptRow[]> =>
  db
    .select()
    .from(prompt)
    .where(inSplit(db, campaignId, split))
    .orderBy(asc(prompt.id));

/** Prompts that have a task already, with the rounds they have it in. */
export const taskPrompts = (
  db: Reader,
  campaignId: CampaignId,
): Promise<{ promptId: PromptId; roundId: RoundId }[]> =>
  db
    .select({ promptId: task.promptId, roundId: task.roundId })
    .from(task)
    .where(eq(task.campaignId, campaignId));

type NewCompletion = typeof completion.$inferInsert & { id: CompletionId };

/** Writes a task with its completions, unless the round has one for this prompt already. */
export async function insertTask(
  tx: Sql,
  values: typeof task.$inferInsert,
  completions: NewCompletion[],
  origins: (typeof completionOrigin.$inferInsert)[] = [],
): Promise<boolean> {
  const made = await tx.insert(task).values(values).onConflictDoNothing().returning();
  if (made.length === 0) return false;
  await tx.insert(completion).values(completions);
  if (origins.length > 0) await tx.insert(completionOrigin).values(origins);
  return true;
}

/** Demonstrations that were accepted, each with its prompt. */
export const acceptedDemonstrations = (db: Reader, campaignId: CampaignId) =>
  db
    .select({ demonstration, prompt: prompt.text, split: prompt.split })
    .from(demonstration)
    .innerJoin(prompt, eq(prompt.id, demonstration.promptId))
    .where(and(eq(demonstration.campaignId, campaignId), eq(demonstration.status, "accepted")))
    .orderBy(asc(demonstration.createdAt), asc(demonstration.id));

/** The first accepted demonstration of each of these prompts that has one. */
export async function demonstrationOf(db: Reader, promptIds: PromptId[]) {
  const rows = await db
    .select({
      id: demonstration.id,
      promptId: demonstration.promptId,
      text: demonstration.text,
    })
    .from(demonstration)
    .where(and(inArray(demonstration.promptId, promptIds), eq(demonstration.status, "accepted")))
    .orderBy(desc(demonstration.createdAt), desc(demonstration.id));
  return new Map(rows.map((row) => [row.promptId, row]));
}
