import { and, asc, count, desc, eq, gt, inArray, lte, ne } from "drizzle-orm";
import type { CampaignId, CompletionId, PromptId, SnapshotId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import {
  campaign,
  completion,
  model,
  prompt,
  ranking,
  round,
  snapshot,
  task,
  user,
} from "../schema";
import { comparison } from "../schema-comparison";
import { completionOrigin } from "../schema-given";
import { rankingTotals, teaching } from "./ranking-counts";

/** Gold measures labelers; what it would teach is known before. */
const teaches = ne(ranking.purpose, "gold");

interface RankingsUntil {
  readonly campaignId: CampaignId;
  readonly includeSimulated: boolean;
  readonly until: Date;
}

/** The campaign's prompts that have a ranking worth including, by id, a page at a time. */
export async function rankedPrompts(
  read: Reader,
  { campaignId, includeSimulated, until }: RankingsUntil,
  after: PromptId | null,
  limit: number,
) {
  return await read
    .selectDistinct({ id: prompt.id, text: prompt.text, split: prompt.split })
    .from(prompt)
    .innerJoin(task, eq(task.promptId, prompt.id))
    .innerJoin(ranking, eq(ranking.taskId, task.id))
    .where(
      and(
        eq(prompt.campaignId, campaignId),
        teaches,
        lte(ranking.createdAt, until),
        includeSimulated ? undefined : eq(ranking.simulated, false),
        after === null ? undefined : gt(prompt.id, after),
      ),
    )
    .orderBy(asc(prompt.id))
    .limit(limit);
}

/** Rankings of these prompts with what they ranked, in the order prompt, task, ranking. */
export async function rankingsOfPrompts(
  read: Reader,
  { includeSimulated, until }: RankingsUntil,
  promptIds: readonly PromptId[],
) {
  return await read
    .select({
      id: ranking.id,
      promptId: task.promptId,
      taskId: task.id,
      round: round.number,
      completionIds: task.completionIds,
      labelerId: ranking.labelerId,
      groups: ranking.groups,
      notRankable: ranking.notRankable,
      noneAcceptable: ranking.noneAcceptable,
      comment: ranking.comment,
      ratings: ranking.ratings,
      comparison: {
        leftId: comparison.leftId,
        rightId: comparison.rightId,
        steps: comparison.steps,
        preference: comparison.preference,
      },
      seconds: ranking.seconds,
      guidelinesVersion: ranking.guidelinesVersion,
      simulated: ranking.simulated,
      createdAt: ranking.createdAt,
    })
    .from(ranking)
    .leftJoin(comparison, eq(comparison.rankingId, ranking.id))
    .innerJoin(task, eq(task.id, ranking.taskId))
    .innerJoin(round, eq(round.id, task.roundId))
    .where(
      and(
        inArray(task.promptId, [...promptIds]),
        teaches,
        lte(ranking.createdAt, until),
        includeSimulated ? undefined : eq(ranking.simulated, false),
      ),
    )
    .orderBy(asc(task.promptId), asc(task.id), asc(ranking.id));
}

/** Texts and origin of completions, without the program's verdict. */
export async function completionTexts(read: Reader, ids: readonly CompletionId[]) {
  return await read
    .select({
      id: completion.id,
      text: completion.text,
      modelId: completion.modelId,
      demonstrationId: completion.demonstrationId,
      origin: completionOrigin.origin,
      seed: completion.seed,
      params: completion.params,
    })
    .from(completion)
    .leftJoin(completionOrigin, eq(completionOrigin.completionId, completion.id))
    .where(inArray(completion.id, [...ids]));
}

/** How many rankings a campaign has by people and by programs. */
export async function rankingCounts(read: Reader, campaignId: CampaignId, until: Date) {
  const rows = await read
    .select({ simulated: ranking.simulated, rankings: count() })
    .from(ranking)
    .innerJoin(task, eq(task.id, ranking.taskId))
    .where(and(eq(task.campaignId, campaignId), teaches, lte(ranking.createdAt, until)))
    .groupBy(ranking.simulated);
  const of = (simulated: boolean) => rows.find((row) => row.simulated === simulated)?.rankings ?? 0;
  return { people: of(false), simulated: of(true) };
}

/** Where a campaign's prompts came from. */
export async function promptSources(read: Reader, campaignId: CampaignId) {
  return await read
    .select({ source: prompt.source, prompts: count() })
    .from(prompt)
    .where(eq(prompt.campaignId, campaignId))
    .groupBy(prompt.source)
    .orderBy(desc(count()), asc(prompt.source));
}

/** The models whose answers a campaign's rounds showed. */
export async function answeringModels(read: Reader, campaignId: CampaignId) {
  return await read
    .select({ round: round.number, id: model.id, name: model.name, hash: model.hash })
    .from(round)
    .innerJoin(model, eq(model.id, round.policyModelId))
    .where(eq(round.campaignId, campaignId))
    .orderBy(asc(round.number));
}

export async function insertSnapshot(tx: Sql, row: typeof snapshot.$inferInsert) {
  const [inserted] = await tx.insert(snapshot).values(row).returning();
  return inserted;
}

/** A snapshot of this very content made for the same purpose before: making it again changes nothing. */
export async function sameSnapshot(
  read: Reader,
  row: Pick<typeof snapshot.$inferSelect, "campaignId" | "hash" | "includeSimulated" | "roundId">,
) {
  const found = await read
    .select()
    .from(snapshot)
    .where(
      and(
        eq(snapshot.campaignId, row.campaignId),
        eq(snapshot.hash, row.hash),
        eq(snapshot.includeSimulated, row.includeSimulated),
      ),
    );
  return found.find((one) => one.roundId === row.roundId) ?? null;
}

const listed = {
  id: snapshot.id,
  campaignId: snapshot.campaignId,
  campaignName: campaign.name,
  round: round.number,
  hash: snapshot.hash,
  includeSimulated: snapshot.includeSimulated,
  counts: snapshot.counts,
  createdBy: user.name,
  createdAt: snapshot.createdAt,
};

/** Snapshots with the names that a reader knows them by, newest first. */
export async function listSnapshots(read: Reader, campaignId: CampaignId | null) {
  return await read
    .select(listed)
    .from(snapshot)
    .innerJoin(campaign, eq(campaign.id, snapshot.campaignId))
    .leftJoin(round, eq(round.id, snapshot.roundId))
    .leftJoin(user, eq(user.id, snapshot.createdById))
    .where(campaignId === null ? undefined : eq(snapshot.campaignId, campaignId))
    .orderBy(desc(snapshot.createdAt), desc(snapshot.id));
}

export async function snapshotById(read: Reader, id: SnapshotId) {
  const [row] = await read
    .select({ ...listed, path: snapshot.path })
    .from(snapshot)
    .innerJoin(campaign, eq(campaign.id, snapshot.campaignId))
    .leftJoin(round, eq(round.id, snapshot.roundId))
    .leftJoin(user, eq(user.id, snapshot.createdById))
    .where(eq(snapshot.id, id));
  return row ?? null;
}

/** Every campaign with what a snapshot of it would hold, the newest first. */
export async function campaignsToFreeze(read: Reader) {
  const campaigns = await read
    .select({ id: campaign.id, name: campaign.name })
    .from(campaign)
    .orderBy(desc(campaign.createdAt), asc(campaign.id));
  const totals = await rankingTotals(
    read,
    campaigns.map(({ id }) => id),
  );
  return campaigns.map((row) => Object.assign(row, teaching(totals.get(row.id))));
}
