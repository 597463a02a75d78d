import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  inArray,
  like,
  not,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { CampaignId, PromptId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { completion, demonstration, prompt } from "../schema";
import { countIf } from "./campaign";

const one = { one: sql<number>`1` };

const answered = (db: Reader): SQL =>
  exists(db.select(one).from(completion).where(eq(completion.promptId, prompt.id)));

/** Something stands on this prompt: a demonstration, or completions (and the tasks made of them). */
const used = (db: Reader): SQL =>
  or(
    answered(db),
    exists(db.select(one).from(demonstration).where(eq(demonstration.promptId, prompt.id))),
  )!;

/** @returns train prompts that no policy has answered yet as `unanswered` */
export async function promptCounts(db: Reader, campaignId: CampaignId) {
  const [row] = await db
    .select({
      total: count(),
      heldout: countIf(eq(prompt.split, "heldout")),
      unanswered: countIf(and(eq(prompt.split, "train"), not(answered(db)))),
    })
    .from(prompt)
    .where(eq(prompt.campaignId, campaignId));
  return row;
}

export interface PromptFilter {
  campaignId: CampaignId;
  search?: string;
  split?: "train" | "heldout";
  unused?: boolean;
}

const matching = (db: Reader, filter: PromptFilter) =>
  and(
    eq(prompt.campaignId, filter.campaignId),
    filter.split ? eq(prompt.split, filter.split) : undefined,
    filter.unused ? not(used(db)) : undefined,
    filter.search
      ? like(
          sql`lower(${prompt.text})`,
          `%${filter.search.toLowerCase().replaceAll(/[\\%_]/g, "")}%`,
        )
      : undefined,
  );

export async function promptsOf(
  db: Reader,
  filter: PromptFilter & { offset: number; limit: number },
) {
  const rows = await db
    .select({
      id: prompt.id,
      text: prompt.text,
      split: prompt.split,
      source: prompt.source,
      createdAt: prompt.createdAt,
      used: sql<boolean>`${used(db)}`.mapWith(Boolean),
    })
    .from(prompt)
    .where(matching(db, filter))
    .orderBy(desc(prompt.createdAt), asc(prompt.id))
    .limit(filter.limit)
    .offset(filter.offset);
  const [total] = await db.select({ total: count() }).from(prompt).where(matching(db, filter));
  return { rows, total: total.total };
}

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
          inArray(prompt.text, texts.slice(start, start + batch)),
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
    const rows = await tx
      .delete(prompt)
      .where(
        and(
          eq(prompt.campaignId, campaignId),
          inArray(prompt.id, ids.slice(start, start + batch)),
          not(used(tx)),
        ),
      )
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
      text: prompt.text,
      split: prompt.split,
      source: prompt.source,
      language: prompt.language,
      cluster: prompt.cluster,
      priority: prompt.priority,
    })
    .from(prompt)
    .where(eq(prompt.campaignId, from));
  const copies = rows.map((row) => Object.assign(row, { campaignId: to, createdById }));
  return (await insertPrompts(tx, copies)).length;
}
