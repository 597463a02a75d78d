import { and, eq, inArray, not, sql } from "drizzle-orm";
import { type CampaignId, newId, type PromptId, type UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { digest, digestOf } from "../kit";
import { prompt } from "../schema";
import { deleteGiven, givenOf, insertGiven } from "./given";
import { forgetArchived } from "./prompt-archive";
import { used } from "./prompt-list";
import { deleteSketches } from "./prompt-near";

/** So many rows a statement, well under both dialects' limits on bound values. */
const batch = 500;

/** Adds those that the campaign does not have yet. @returns the texts that were added */
export async function insertPrompts(tx: Sql, rows: (typeof prompt.$inferInsert)[]) {
  const added: string[] = [];
  for (let start = 0; start < rows.length; start += batch) {
    const inserted = await tx
      .insert(prompt)
      .values(rows.slice(start, start + batch))
      .onConflictDoNothing()
      .returning({ text: prompt.text });
    added.push(...inserted.map((row) => row.text));
  }
  return added;
}

/** Which of these texts the campaign has already. */
export async function knownTexts(db: Reader, campaignId: CampaignId, texts: string[]) {
  const known: string[] = [];
  for (let start = 0; start < texts.length; start += batch) {
    const rows = await db
      .select({ text: prompt.text })
      .from(prompt)
      .where(
        and(
          eq(prompt.campaignId, campaignId),
          inArray(sql`${digest(prompt.text)}`, texts.slice(start, start + batch).map(digestOf)),
        ),
      );
    known.push(...rows.map((row) => row.text));
  }
  return known;
}

/** Removes those of these prompts that nothing stands on. @returns their texts */
export async function deleteUnusedPrompts(tx: Sql, campaignId: CampaignId, ids: PromptId[]) {
  const removed: string[] = [];
  for (let start = 0; start < ids.length; start += batch) {
    const unused = await tx
      .select({ id: prompt.id })
      .from(prompt)
      .where(
        and(
          eq(prompt.campaignId, campaignId),
          inArray(prompt.id, ids.slice(start, start + batch)),
          not(used(tx)),
        ),
      );
    const some = unused.map((row) => row.id);
    if (some.length === 0) continue;
    await forgetArchived(tx, some);
    await deleteSketches(tx, some);
    await deleteGiven(tx, some);
    const rows = await tx
      .delete(prompt)
      .where(inArray(prompt.id, some))
      .returning({ text: prompt.text });
    removed.push(...rows.map((row) => row.text));
  }
  return removed;
}

/** The words of a prompt; none where it is gone. */
export async function promptText(db: Reader, id: PromptId): Promise<string> {
  const [row] = await db.select({ text: prompt.text }).from(prompt).where(eq(prompt.id, id));
  return row?.text ?? "";
}

/** Gives a campaign the prompts of another, each on the side of the split that it stands on. @returns how many */
export async function copyPrompts(
  tx: Sql,
  from: CampaignId,
  to: CampaignId,
  createdById: UserId,
): Promise<number> {
  const rows = await tx
    .select({
      id: prompt.id,
      text: prompt.text,
      split: prompt.split,
      source: prompt.source,
      language: prompt.language,
      cluster: prompt.cluster,
      label: prompt.label,
      priority: prompt.priority,
    })
    .from(prompt)
    .where(eq(prompt.campaignId, from));
  const copies = rows.map((row) => ({
    ...row,
    id: newId<PromptId>(),
    campaignId: to,
    createdById,
  }));
  const added = new Set(await insertPrompts(tx, copies));
  const given = await givenOf(
    tx,
    rows.map(({ id }) => id),
  );
  await insertGiven(
    tx,
    copies.flatMap(({ id, text }, i) => {
      const answers = given.get(rows[i].id);
      return answers && added.has(text) ? [{ promptId: id, answers }] : [];
    }),
  );
  return added.size;
}
