import { setImmediate as breathe } from "node:timers/promises";
import {
  and,
  desc,
  eq,
  exists,
  inArray,
  isNull,
  like,
  lt,
  not,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { CampaignId, PromptId } from "../../domain/ids";
import type { Reader } from "../client";
import { completion, demonstration, prompt } from "../schema";
import { isArchived, isCurrent } from "./prompt-archive";
import type { promptCounts } from "./prompt-counts";

const one = { one: sql<number>`1` };

const answered = (db: Reader): SQL =>
  exists(db.select(one).from(completion).where(eq(completion.promptId, prompt.id)));

/** Something stands on this prompt: a demonstration, or completions (and the tasks made of them). */
export const used = (db: Reader): SQL =>
  or(
    answered(db),
    exists(db.select(one).from(demonstration).where(eq(demonstration.promptId, prompt.id))),
  )!;

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

const newestFirst = [desc(prompt.createdAt), desc(prompt.id)];

interface Page {
  offset: number;
  limit: number;
}

/**
 * One page of a campaign's prompts, the newest first.
 * @param counts of all of them: what no filter narrows down is not counted again
 * @param slice how many are looked at before others are served
 */
export async function promptsOf(
  db: Reader,
  { offset, limit, ...filter }: PromptFilter & Page,
  counts: Awaited<ReturnType<typeof promptCounts>>,
  slice = usualSlice,
) {
  const { search, state = "current", source, cluster, language, split } = filter;
  const isPlain =
    !search && state === "current" && [source, cluster, language].every((one) => one === undefined);
  const { ids, total } = isPlain
    ? {
        ids: await idsOf(db, matching(db, filter), { offset, limit }),
        total: { all: counts.total, heldout: counts.heldout, train: counts.total - counts.heldout }[
          split ?? "all"
        ],
      }
    : await lookThrough(db, filter, { offset, limit }, slice);
  const rows = await db
    .select({
      id: prompt.id,
      text: prompt.text,
      split: prompt.split,
      source: prompt.source,
      cluster: prompt.cluster,
      label: prompt.label,
      language: prompt.language,
      createdAt: prompt.createdAt,
      used: sql<boolean>`${used(db)}`.mapWith(Boolean),
    })
    .from(prompt)
    .where(inArray(prompt.id, ids))
    .orderBy(...newestFirst);
  return { rows, total };
}

/** Of an index alone: a page far down the list is as near as the first. */
async function idsOf(db: Reader, where: SQL | undefined, { offset, limit }: Page) {
  const rows = await db
    .select({ id: prompt.id })
    .from(prompt)
    .where(where)
    .orderBy(...newestFirst)
    .limit(limit)
    .offset(offset);
  return rows.map((row) => row.id);
}

/** So many are looked at before others are served. */
const usualSlice = 4000;

/** Looks at every prompt of the campaign, a slice at a time: no index can tell what is in a text, or stands on it. */
async function lookThrough(
  db: Reader,
  filter: PromptFilter,
  { offset, limit }: Page,
  slice: number,
) {
  const ids: PromptId[] = [];
  let total = 0;
  let after: Place | undefined;
  for (;;) {
    const last = await lastOfSlice(db, filter.campaignId, after, slice);
    const found = await db
      .select({ id: prompt.id })
      .from(prompt)
      .where(and(matching(db, filter), after && isBelow(after), last && not(isBelow(last))))
      .orderBy(...newestFirst);
    for (const { id } of found) {
      if (total >= offset && ids.length < limit) ids.push(id);
      total++;
    }
    if (!last) return { ids, total };
    after = last;
    await breathe();
  }
}

/** Where a prompt stands in the list. */
type Place = Pick<typeof prompt.$inferSelect, "createdAt" | "id">;

const isBelow = ({ createdAt, id }: Place): SQL =>
  or(lt(prompt.createdAt, createdAt), and(eq(prompt.createdAt, createdAt), lt(prompt.id, id)))!;

/** Where a slice ends; nowhere where it is the last. */
async function lastOfSlice(
  db: Reader,
  campaignId: CampaignId,
  after: Place | undefined,
  slice: number,
): Promise<Place | undefined> {
  const [last] = await db
    .select({ createdAt: prompt.createdAt, id: prompt.id })
    .from(prompt)
    .where(and(eq(prompt.campaignId, campaignId), after && isBelow(after)))
    .orderBy(...newestFirst)
    .limit(1)
    .offset(slice - 1);
  return last;
}
