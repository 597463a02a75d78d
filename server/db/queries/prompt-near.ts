import { and, count, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { CampaignId, ImportId, PromptId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { prompt } from "../schema";
import { promptArchive, promptBand, promptDraft, promptLikeness } from "../schema-prompts";

/** So many rows or bound values a statement, well under both dialects' limits. */
const batch = 500;

function batches<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / batch) }, (_, i) =>
    all.slice(i * batch, (i + 1) * batch),
  );
}

/**
 * Who has one of these bands, of a campaign's prompts and drafts. Two queries: in one, a planner may begin with all
 * prompts of the campaign.
 */
export async function inBands(db: Reader, campaignId: CampaignId, keys: readonly number[]) {
  const found: (typeof promptBand.$inferSelect)[] = [];
  for (const some of batches(keys))
    found.push(...(await db.select().from(promptBand).where(inArray(promptBand.key, some))));
  const groups = new Map<PromptId, PromptId>();
  for (const some of batches([...new Set(found.map((row) => row.promptId))])) {
    const rows = await db
      .select()
      .from(promptLikeness)
      .where(inArray(promptLikeness.promptId, some));
    for (const row of rows)
      if (row.campaignId === campaignId) groups.set(row.promptId, row.groupId);
  }
  return found.flatMap(({ key, promptId }) => {
    const groupId = groups.get(promptId);
    return groupId === undefined ? [] : [{ key, promptId, groupId }];
  });
}

/** The texts of these, be they prompts or drafts of the import. */
export async function textsOf(
  db: Reader,
  ids: readonly PromptId[],
  importId?: ImportId,
): Promise<Map<PromptId, string>> {
  const found = new Map<PromptId, string>();
  for (const some of batches(ids)) {
    const stored = await db
      .select({ id: prompt.id, text: prompt.text })
      .from(prompt)
      .where(inArray(prompt.id, some));
    for (const row of stored) found.set(row.id, row.text);
    if (!importId) continue;
    const drafts = await db
      .select({ id: promptDraft.id, text: promptDraft.text })
      .from(promptDraft)
      .where(and(eq(promptDraft.importId, importId), inArray(promptDraft.id, some)));
    for (const row of drafts) found.set(row.id, row.text);
  }
  return found;
}

export interface Sketch {
  promptId: PromptId;
  groupId: PromptId;
  resemblance: number;
  bands: readonly number[];
}

export async function insertSketches(tx: Sql, campaignId: CampaignId, sketches: readonly Sketch[]) {
  for (const some of batches(sketches))
    await tx
      .insert(promptLikeness)
      .values(
        some.map(({ promptId, groupId, resemblance }) => {
          return { promptId, groupId, resemblance, campaignId };
        }),
      )
      .onConflictDoNothing();
  const bands = sketches.flatMap((one) =>
    one.bands.map((key) => ({ key, promptId: one.promptId })),
  );
  for (const some of batches(bands)) await tx.insert(promptBand).values(some).onConflictDoNothing();
}

export async function deleteSketches(tx: Sql, ids: readonly PromptId[]): Promise<void> {
  for (const some of batches(ids)) {
    await tx.delete(promptBand).where(inArray(promptBand.promptId, some));
    await tx.delete(promptLikeness).where(inArray(promptLikeness.promptId, some));
  }
}

const isUnsketched = (campaignId: CampaignId) =>
  and(eq(prompt.campaignId, campaignId), isNull(promptLikeness.promptId));

/** Prompts that were stored before likeness was kept, or by another way than an import. */
export const unsketched = (db: Reader, campaignId: CampaignId, limit: number) =>
  db
    .select({ id: prompt.id, text: prompt.text })
    .from(prompt)
    .leftJoin(promptLikeness, eq(promptLikeness.promptId, prompt.id))
    .where(isUnsketched(campaignId))
    .orderBy(prompt.createdAt, prompt.id)
    .limit(limit);

export async function countUnsketched(db: Reader, campaignId: CampaignId): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(prompt)
    .leftJoin(promptLikeness, eq(promptLikeness.promptId, prompt.id))
    .where(isUnsketched(campaignId));
  return row.n;
}

/** Prompts that are neither archived nor less like their group than asked for. */
const inGroups = (campaignId: CampaignId, atLeast: number) =>
  and(
    eq(promptLikeness.campaignId, campaignId),
    sql`${promptLikeness.resemblance} >= ${atLeast}`,
    isNull(promptArchive.promptId),
  );

/** Groups of at least two prompts, the largest first. */
export async function nearGroups(
  db: Reader,
  { campaignId, atLeast }: { campaignId: CampaignId; atLeast: number },
  { offset, limit }: { offset: number; limit: number },
) {
  const grouped = db
    .select({ groupId: promptLikeness.groupId, n: count().as("n") })
    .from(promptLikeness)
    .innerJoin(prompt, eq(prompt.id, promptLikeness.promptId))
    .leftJoin(promptArchive, eq(promptArchive.promptId, promptLikeness.promptId))
    .where(inGroups(campaignId, atLeast))
    .groupBy(promptLikeness.groupId)
    .having(sql`count(*) > 1`)
    .as("grouped");
  const groups = await db
    .select({ groupId: grouped.groupId, n: sql`${grouped.n}`.mapWith(Number) })
    .from(grouped)
    .orderBy(desc(grouped.n), grouped.groupId)
    .offset(offset)
    .limit(limit);
  const [total] = await db
    .select({ groups: count(), prompts: sql`coalesce(sum(${grouped.n}), 0)`.mapWith(Number) })
    .from(grouped);
  return { groups, total: total.groups, extra: total.prompts - total.groups };
}

interface Group {
  campaignId: CampaignId;
  groupId: PromptId;
  atLeast: number;
}

const inGroup = ({ campaignId, groupId, atLeast }: Group) =>
  and(inGroups(campaignId, atLeast), eq(promptLikeness.groupId, groupId));

/** The first prompts of a group, the oldest first. */
export const promptsOfGroup = (db: Reader, group: Group, limit: number) =>
  db
    .select({
      id: prompt.id,
      text: prompt.text,
      source: prompt.source,
      createdAt: prompt.createdAt,
      resemblance: promptLikeness.resemblance,
    })
    .from(promptLikeness)
    .innerJoin(prompt, eq(prompt.id, promptLikeness.promptId))
    .leftJoin(promptArchive, eq(promptArchive.promptId, promptLikeness.promptId))
    .where(inGroup(group))
    .orderBy(prompt.createdAt, prompt.id)
    .limit(limit);

/** All of a group. */
export async function idsOfGroup(db: Reader, group: Group): Promise<PromptId[]> {
  const rows = await db
    .select({ id: prompt.id })
    .from(promptLikeness)
    .innerJoin(prompt, eq(prompt.id, promptLikeness.promptId))
    .leftJoin(promptArchive, eq(promptArchive.promptId, promptLikeness.promptId))
    .where(inGroup(group));
  return rows.map((row) => row.id);
}
