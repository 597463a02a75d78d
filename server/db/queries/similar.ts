import { and, desc, eq, inArray, isNotNull, ne } from "drizzle-orm";
import type { DemonstrationId, PromptId } from "../../domain/ids";
import type { Reader } from "../client";
import { completion, demonstration } from "../schema";

/** The latest demonstrations of the same campaign that were handed in, this one not among them. */
export async function otherDemonstrations(
  db: Reader,
  { id, campaignId }: Pick<typeof demonstration.$inferSelect, "id" | "campaignId">,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ text: demonstration.text })
    .from(demonstration)
    .where(
      and(
        eq(demonstration.campaignId, campaignId),
        ne(demonstration.id, id satisfies DemonstrationId),
        inArray(demonstration.status, ["submitted", "accepted"]),
      ),
    )
    .orderBy(desc(demonstration.updatedAt))
    .limit(limit);
  return rows.map((row) => row.text);
}

/** What models answered to a prompt, the latest first. */
export async function modelAnswers(
  db: Reader,
  promptId: PromptId,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ text: completion.text })
    .from(completion)
    .where(and(eq(completion.promptId, promptId), isNotNull(completion.modelId)))
    .orderBy(desc(completion.createdAt))
    .limit(limit);
  return rows.map((row) => row.text);
}
