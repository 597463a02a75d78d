import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  inArray,
  isNull,
  like,
  not,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { CampaignId, PromptId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { digest, digestOf } from "../kit";
import { completion, demonstration, prompt } from "../schema";
import { countIf } from "./campaign";
import { forgetArchived, isArchived, isCurrent } from "./prompt-archive";
import { deleteSketches } from "./prompt-near";

const one = { one: sql<number>`1` };

const answered = (db: Reader): SQL =>
  exists(db.select(one).from(completion).where(eq(completion.promptId, prompt.id)));

/** Something stands on this prompt: a demonstration, or completions (and the tasks made of them). */
const used = (db: Reader): SQL =>
  or(
    answered(db),
    exists(db.select(one).from(demonstration).where(eq(demonstration.promptId, prompt.id))),
  )!;

/** @returns archived ones apart; `unanswered` are train prompts that no policy has answered yet */
export async function promptCounts(db: Reader, campaignId: CampaignId) {
  const [row] = await db
    .select({
      total: countIf(isCurrent(db)),
      heldout: countIf(and(eq(prompt.split, "heldout"), isCurrent(db))),
      unanswered: countIf(and(eq(prompt.split, "train"), not(answered(db)), isCurrent(db))),
      archived: countIf(isArchived(db)),
    })
    .from(prompt)
    .where(eq(prompt.campaignId, campaignId));
  return row;
}

export const promptStates = ["current", "unused", "used", "archived"] as const;

export interface PromptFilter {
  campaignId: CampaignId;
  search?: string;
  split?: "train" | "heldout";
  /** Everything but what is archived, where none is asked for. */
  state?: (typeof promptStates)[number];
  source?: string;
  /** Null: those in no cluster; so with the language. */
  cluster?: string | null;
  language?: string | null;
}

const stateIs = (db: Reader, state: PromptFilter["state"] = "current"): SQL | undefined =>
  ({
    current: () => isCurrent(db),
    unused: () => and(not(used(db)), isCurrent(db)),
    used: () => and(used(db), isCurrent(db)),
    archived: () => isArchived(db),
  })[state]();

type Trait = typeof prompt.cluster | typeof prompt.language | typeof prompt.source;

const saidTo = (column: Trait, value: string | null | undefined) =>
  value === undefined ? undefined : value === null ? isNull(column) : eq(column, value);

const matching = (db: Reader, filter: PromptFilter) =>
  and(
    eq(prompt.campaignId, filter.campaignId),
    filter.split ? eq(prompt.split, filter.split) : undefined,
    stateIs(db, filter.state),
    filter.source === undefined ? undefined : eq(prompt.source, filter.source),
    saidTo(prompt.cluster, filter.cluster),
    saidTo(prompt.language, filter.language),
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
      cluster: prompt.cluster,
      language: prompt.language,
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

/** Where a campaign's prompts come from, what they are about and in what language, each with how many there are. */
export async function promptFacets(db: Reader, campaignId: CampaignId) {
  const by = (column: Trait) =>
    db
      .select({ value: column, n: count() })
      .from(prompt)
      .where(and(eq(prompt.campaignId, campaignId), isCurrent(db)))
      .groupBy(column)
      .orderBy(desc(count()), asc(column))
      .limit(facetLimit);
  const [sources, clusters, languages] = await Promise.all([
    by(prompt.source),
    by(prompt.cluster),
    by(prompt.language),
  ]);
  return { sources, clusters, languages };
}
/** More than this nobody chooses from a list. */
const facetLimit = 200;

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
