import { and, asc, count, eq, inArray } from "drizzle-orm";
import type { CampaignId, PromptId } from "../../domain/ids";
import type { GivenAnswer, GivenPair } from "../../domain/prompts/given-answers";
import type { Reader, Sql } from "../client";
import { prompt } from "../schema";
import { givenAnswer } from "../schema-given";
import { isCurrent } from "./prompt-archive";

/** So many rows a statement, well under both dialects' limits on bound values. */
const batch = 500;

interface Given {
  promptId: PromptId;
  answers: GivenPair;
}

export async function insertGiven(tx: Sql, given: readonly Given[]): Promise<void> {
  const rows = given.flatMap(({ promptId, answers }) =>
    answers.map(({ text, origin }, place) => ({ promptId, place, text, origin })),
  );
  for (let start = 0; start < rows.length; start += batch)
    await tx.insert(givenAnswer).values(rows.slice(start, start + batch));
}

export async function deleteGiven(tx: Sql, ids: readonly PromptId[]): Promise<void> {
  for (let start = 0; start < ids.length; start += batch)
    await tx
      .delete(givenAnswer)
      .where(inArray(givenAnswer.promptId, ids.slice(start, start + batch)));
}

/** The two answers that came with each of these prompts; prompts without any are not in it. */
export async function givenOf(
  db: Reader,
  ids: readonly PromptId[],
): Promise<Map<PromptId, GivenPair>> {
  const found = new Map<PromptId, GivenAnswer[]>();
  for (let start = 0; start < ids.length; start += batch) {
    const rows = await db
      .select()
      .from(givenAnswer)
      .where(inArray(givenAnswer.promptId, ids.slice(start, start + batch)))
      .orderBy(asc(givenAnswer.promptId), asc(givenAnswer.place));
    for (const { promptId, text, origin } of rows)
      found.set(promptId, [...(found.get(promptId) ?? []), { text, origin }]);
  }
  return new Map(
    [...found].flatMap(([id, [a, b]]): [PromptId, GivenPair][] => (a && b ? [[id, [a, b]]] : [])),
  );
}

/** How many current prompts of a campaign came with two answers. */
export async function countGiven(db: Reader, campaignId: CampaignId): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(givenAnswer)
    .innerJoin(prompt, eq(prompt.id, givenAnswer.promptId))
    .where(and(eq(prompt.campaignId, campaignId), eq(givenAnswer.place, 1), isCurrent(db)));
  return row.n;
}
