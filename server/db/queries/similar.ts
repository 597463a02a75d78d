import { and, desc, eq, inArray, isNotNull, ne, type SQL, sql } from "drizzle-orm";
import type { DemonstrationId, PromptId } from "../../domain/ids";
import type { Reader } from "../client";
import type { Column } from "../kit";
import { completion, demonstration } from "../schema";

/** The beginning of a text: whoever copies one copies that too, and the rest of hundreds of long ones would not be read in time. */
const beginning = (text: Column, characters: number): SQL<string> =>
  sql<string>`substr(${text}, 1, ${characters})`;

/** What is read of each. */
interface Most {
  texts: number;
  characters: number;
}

/** The latest demonstrations of the same campaign that were handed in, this one not among them. */
export async function otherDemonstrations(
  db: Reader,
  { id, campaignId }: Pick<typeof demonstration.$inferSelect, "id" | "campaignId">,
  most: Most,
): Promise<string[]> {
  const rows = await db
    .select({ text: beginning(demonstration.text, most.characters) })
    .from(demonstration)
    .where(
      and(
        eq(demonstration.campaignId, campaignId),
        ne(demonstration.id, id satisfies DemonstrationId),
        inArray(demonstration.status, ["submitted", "accepted"]),
      ),
    )
    .orderBy(desc(demonstration.updatedAt))
    .limit(most.texts);
  return rows.map((row) => row.text);
}

/** What models answered to a prompt, the latest first. */
export async function modelAnswers(db: Reader, promptId: PromptId, most: Most): Promise<string[]> {
  const rows = await db
    .select({ text: beginning(completion.text, most.characters) })
    .from(completion)
    .where(and(eq(completion.promptId, promptId), isNotNull(completion.modelId)))
    .orderBy(desc(completion.createdAt))
    .limit(most.texts);
  return rows.map((row) => row.text);
}
