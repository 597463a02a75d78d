import { and, count, eq, exists, not, sql } from "drizzle-orm";
import type { CampaignId } from "../../domain/ids";
import type { Reader } from "../client";
import { prompt, round, task } from "../schema";
import { promptArchive } from "../schema-prompts";
import { countIf } from "./campaign";

const whole = sql<number>`count(*)`.mapWith(Number);

/**
 * @returns archived ones apart; `unanswered` are train prompts that have no task yet. Counted from indexes alone, and
 * from what is archived: no prompt is read.
 */
export async function promptCounts(db: Reader, campaignId: CampaignId) {
  const isTrain = eq(prompt.split, "train");
  const asked = exists(
    db
      .select({ one: sql`1` })
      .from(task)
      .where(and(eq(task.campaignId, campaignId), eq(task.promptId, prompt.id))),
  );
  const [all] = await db
    .select({ total: whole, train: countIf(isTrain) })
    .from(prompt)
    .where(eq(prompt.campaignId, campaignId));
  const [archived] = await db
    .select({
      total: whole,
      train: countIf(isTrain),
      unasked: countIf(and(isTrain, not(asked))),
    })
    .from(promptArchive)
    .innerJoin(prompt, eq(prompt.id, promptArchive.promptId))
    .where(eq(prompt.campaignId, campaignId));
  const askedPrompts = db
    .selectDistinct({ id: task.promptId })
    .from(round)
    .innerJoin(task, eq(task.roundId, round.id))
    .where(eq(round.campaignId, campaignId))
    .as("asked");
  const [{ n: trainAsked }] = await db.select({ n: whole }).from(askedPrompts);
  return {
    total: all.total - archived.total,
    heldout: all.total - all.train - (archived.total - archived.train),
    unanswered: all.train - trainAsked - archived.unasked,
    archived: archived.total,
  };
}

/** More than this nobody chooses from a list. */
const facetLimit = 200;

type Told = Pick<typeof prompt.$inferSelect, "source" | "cluster" | "language">;

/** How many current prompts a campaign has by what is told of them: one pass over an index, less what is archived. */
async function promptsToldAlike(db: Reader, campaignId: CampaignId) {
  const told = { source: prompt.source, cluster: prompt.cluster, language: prompt.language };
  const by = [prompt.source, prompt.cluster, prompt.language] as const;
  const all = await db
    .select({ ...told, n: count() })
    .from(prompt)
    .where(eq(prompt.campaignId, campaignId))
    .groupBy(...by);
  const archived = await db
    .select({ ...told, n: count() })
    .from(promptArchive)
    .innerJoin(prompt, eq(prompt.id, promptArchive.promptId))
    .where(eq(prompt.campaignId, campaignId))
    .groupBy(...by);
  return [...all, ...archived.map((row) => Object.assign(row, { n: -row.n }))];
}

function byTrait(rows: readonly (Told & { n: number })[], trait: keyof Told) {
  const counts = new Map<string | null, number>();
  for (const row of rows) counts.set(row[trait], (counts.get(row[trait]) ?? 0) + row.n);
  return [...counts]
    .filter(([, n]) => n > 0)
    .map(([value, n]) => ({ value, n }))
    .sort((a, b) => b.n - a.n || order(a.value, b.value));
}

/** As the database sorts: nothing said first, then by code points. */
const order = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null || (b !== null && a < b) ? -1 : 1;

/** Where a campaign's prompts come from, what they are about and in what language, each with how many there are. */
export async function promptFacets(db: Reader, campaignId: CampaignId) {
  const rows = await promptsToldAlike(db, campaignId);
  const of = (trait: keyof Told) => byTrait(rows, trait).slice(0, facetLimit);
  return { sources: of("source"), clusters: of("cluster"), languages: of("language") };
}

/** How many prompts each cluster has, the largest first. */
export async function clusterSizes(db: Reader, campaignId: CampaignId) {
  const rows = byTrait(await promptsToldAlike(db, campaignId), "cluster");
  return rows.map(({ value, n }) => ({ name: value, prompts: n }));
}
