import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  lt,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { CampaignId, ImportId, PromptId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { promptDraft, promptImport } from "../schema-prompts";

export type ImportRow = typeof promptImport.$inferSelect;

export async function insertImport(tx: Sql, values: typeof promptImport.$inferInsert) {
  const [row] = await tx.insert(promptImport).values(values).returning();
  return row;
}

export async function findImport(db: Reader, id: ImportId): Promise<ImportRow | null> {
  const [row] = await db.select().from(promptImport).where(eq(promptImport.id, id));
  return row ?? null;
}

export const updateImport = (
  tx: Sql,
  id: ImportId,
  values: Partial<typeof promptImport.$inferInsert>,
) => tx.update(promptImport).set(values).where(eq(promptImport.id, id));

/** The latest file that this person read into the campaign and has not decided on. */
export async function waitingImport(
  db: Reader,
  campaignId: CampaignId,
  userId: UserId,
): Promise<ImportRow | null> {
  const [row] = await db
    .select()
    .from(promptImport)
    .where(
      and(
        eq(promptImport.campaignId, campaignId),
        eq(promptImport.createdById, userId),
        eq(promptImport.status, "read"),
      ),
    )
    .orderBy(desc(promptImport.createdAt))
    .limit(1);
  return row ?? null;
}

/** Imports of a campaign that are done, or were forgotten. */
export const oldImports = (db: Reader, campaignId: CampaignId, before: Date) =>
  db
    .select()
    .from(promptImport)
    .where(
      and(
        eq(promptImport.campaignId, campaignId),
        or(eq(promptImport.status, "done"), lt(promptImport.createdAt, before)),
      ),
    );

export const deleteImport = (tx: Sql, id: ImportId) =>
  tx.delete(promptImport).where(eq(promptImport.id, id));

/** So many rows a statement, well under both dialects' limits on bound values. */
const batch = 500;

export async function insertDrafts(tx: Sql, rows: (typeof promptDraft.$inferInsert)[]) {
  for (let start = 0; start < rows.length; start += batch)
    await tx.insert(promptDraft).values(rows.slice(start, start + batch));
}

/** The first lines that have one of these texts, by their hashes. */
export const draftsByHash = (db: Reader, importId: ImportId, hashes: number[]) =>
  db
    .select({ id: promptDraft.id, text: promptDraft.text, textHash: promptDraft.textHash })
    .from(promptDraft)
    .where(
      and(
        eq(promptDraft.importId, importId),
        inArray(promptDraft.textHash, hashes),
        inArray(promptDraft.state, ["fresh", "known"]),
      ),
    );

/** Some of an import's fresh lines after a line, in order. */
export const freshDrafts = (db: Reader, importId: ImportId, after: number, limit: number) =>
  db
    .select()
    .from(promptDraft)
    .where(
      and(
        eq(promptDraft.importId, importId),
        eq(promptDraft.state, "fresh"),
        gt(promptDraft.line, after),
      ),
    )
    .orderBy(asc(promptDraft.line))
    .limit(limit);

export const anyDrafts = (db: Reader, importId: ImportId, limit: number) =>
  db
    .select({ id: promptDraft.id })
    .from(promptDraft)
    .where(eq(promptDraft.importId, importId))
    .limit(limit);

export const deleteDrafts = (tx: Sql, ids: PromptId[]) =>
  tx.delete(promptDraft).where(inArray(promptDraft.id, ids));

export const shownDrafts = ["fresh", "near", "personal", "repeat", "known", "bad"] as const;
export type ShownDrafts = (typeof shownDrafts)[number];

const isShown = (importId: ImportId, shown: ShownDrafts, atLeast: number): SQL | undefined =>
  and(
    eq(promptDraft.importId, importId),
    eq(promptDraft.state, shown === "near" || shown === "personal" ? "fresh" : shown),
    shown === "near" ? sql`${promptDraft.resemblance} >= ${atLeast}` : undefined,
    shown === "personal" ? isNotNull(promptDraft.personal) : undefined,
  );

/** One kind of an import's lines, in the order of the file; near-duplicates the most alike first. */
export async function draftsOf(
  db: Reader,
  { importId, shown, atLeast }: { importId: ImportId; shown: ShownDrafts; atLeast: number },
  { offset, limit }: { offset: number; limit: number },
) {
  const where = isShown(importId, shown, atLeast);
  const rows = await db
    .select()
    .from(promptDraft)
    .where(where)
    .orderBy(...(shown === "near" ? [desc(promptDraft.resemblance)] : []), asc(promptDraft.line))
    .offset(offset)
    .limit(limit);
  const [total] = await db.select({ n: count() }).from(promptDraft).where(where);
  return { rows, total: total.n };
}

/** On which lines of an import these stand. */
export async function linesOfDrafts(db: Reader, importId: ImportId, ids: PromptId[]) {
  const rows = await db
    .select({ id: promptDraft.id, line: promptDraft.line })
    .from(promptDraft)
    .where(and(eq(promptDraft.importId, importId), inArray(promptDraft.id, ids)));
  return new Map(rows.map((row) => [row.id, row.line]));
}
