import { and, asc, count, desc, eq, exists, gte, inArray, type SQL, sql } from "drizzle-orm";
import type { CampaignId, CompletionId, RoundId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { campaign, completion, model, prompt, ranking, round, task, user } from "../schema";

export type CampaignRow = typeof campaign.$inferSelect;
export type RoundRow = typeof round.$inferSelect;

/** `count(…)` of the rows that meet a condition, the same in both dialects. */
export const countIf = (condition: SQL | undefined) =>
  sql<number>`count(case when ${condition} then 1 end)`.mapWith(Number);

export async function findCampaign(db: Reader, id: CampaignId): Promise<CampaignRow | null> {
  const [row] = await db.select().from(campaign).where(eq(campaign.id, id));
  return row ?? null;
}

/** Every campaign with the status of its current round, newest first. */
export const campaignsWithRound = (db: Reader) =>
  db
    .select({ campaign, roundId: round.id, phase: round.status })
    .from(campaign)
    .leftJoin(round, and(eq(round.campaignId, campaign.id), eq(round.number, campaign.round)))
    .orderBy(desc(campaign.createdAt), asc(campaign.id));

export const insertCampaign = async (tx: Sql, values: typeof campaign.$inferInsert) => {
  const [row] = await tx.insert(campaign).values(values).returning();
  return row;
};

export const updateCampaign = async (
  tx: Sql,
  id: CampaignId,
  values: Partial<typeof campaign.$inferInsert>,
) => {
  const [row] = await tx.update(campaign).set(values).where(eq(campaign.id, id)).returning();
  return row ?? null;
};

/** Moves a campaign from one of the statuses `from`; null when it was in another by then. */
export async function moveCampaign(
  tx: Sql,
  id: CampaignId,
  from: CampaignRow["status"][],
  values: Partial<typeof campaign.$inferInsert>,
): Promise<CampaignRow | null> {
  const where = and(eq(campaign.id, id), inArray(campaign.status, from));
  const [row] = await tx.update(campaign).set(values).where(where).returning();
  return row ?? null;
}

export interface RoundTally {
  roundId: RoundId;
  tasks: number;
  wanted: number;
  done: number;
  simulated: number;
}

/** Tasks and rankings of each round of these campaigns: an index of the tasks tells, and a small one of rankings. */
export async function roundTallies(db: Reader, ids: CampaignId[]): Promise<RoundTally[]> {
  if (ids.length === 0) return [];
  const tasks = await db
    .select({
      roundId: round.id,
      tasks: count(),
      wanted: sql<number>`sum(${task.overlap})`.mapWith(Number),
      done: sql<number>`sum(${task.placed})`.mapWith(Number),
    })
    .from(round)
    .innerJoin(task, eq(task.roundId, round.id))
    .where(inArray(round.campaignId, ids))
    .groupBy(round.id);
  const bySimulated = await simulatedByRound(db, ids);
  return tasks.map((row) => Object.assign(row, { simulated: bySimulated.get(row.roundId) ?? 0 }));
}

/** Rankings on places that programs gave, by round. */
async function simulatedByRound(db: Reader, ids: CampaignId[]) {
  // not a join: of that the planner would begin with all tasks of the campaign
  const ofTask = db
    .select({ roundId: task.roundId })
    .from(task)
    .where(and(eq(task.id, ranking.taskId), inArray(task.campaignId, ids)));
  const found = db
    .select({ roundId: sql<RoundId | null>`(${ofTask})`.as("roundId") })
    .from(ranking)
    .where(and(sql`${ranking.simulated}`, eq(ranking.purpose, "ordinary")))
    .as("found");
  const rows = await db
    .select({ roundId: found.roundId, n: count() })
    .from(found)
    .groupBy(sql`${found.roundId}`);
  return new Map(rows.map((row) => [row.roundId, row.n]));
}

/** People's rankings of a round since two moments: what tells its pace. */
export async function recentRankings(db: Reader, roundId: RoundId, now: Date) {
  const since = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  // not a join: the day's rankings are fewer than the round's tasks
  const ofRound = db
    .select({ one: sql`1` })
    .from(task)
    .where(and(eq(task.id, ranking.taskId), eq(task.roundId, roundId)));
  const [row] = await db
    .select({ lastHour: countIf(gte(ranking.createdAt, since(1))), lastDay: count() })
    .from(ranking)
    .where(
      and(
        eq(ranking.purpose, "ordinary"),
        eq(ranking.simulated, false),
        gte(ranking.createdAt, since(24)),
        exists(ofRound),
      ),
    );
  return row;
}

/** Seconds that people's latest rankings of a campaign took. */
export async function latestSeconds(db: Reader, campaignId: CampaignId): Promise<number[]> {
  const ofCampaign = db
    .select({ one: sql`1` })
    .from(task)
    .where(and(eq(task.id, ranking.taskId), eq(task.campaignId, campaignId)));
  const rows = await db
    .select({ seconds: ranking.seconds })
    .from(ranking)
    .where(and(eq(ranking.simulated, false), exists(ofCampaign)))
    .orderBy(desc(ranking.createdAt))
    .limit(200);
  return rows.map(({ seconds }) => seconds);
}

export const roundsOf = (db: Reader, id: CampaignId) =>
  db.select().from(round).where(eq(round.campaignId, id)).orderBy(asc(round.number));

export const modelsById = async (db: Reader, ids: (string | null)[]) => {
  const wanted = ids.filter((id): id is (typeof model.$inferSelect)["id"] => id !== null);
  if (wanted.length === 0) return [];
  return db.select().from(model).where(inArray(model.id, wanted));
};

/** The models a campaign can start from, newest first. */
export const policyModels = (db: Reader) =>
  db.select().from(model).where(eq(model.kind, "policy")).orderBy(desc(model.createdAt));

/** Raw rankings, newest first: one labeler's order of one task each. */
export async function rankingsOf(
  db: Reader,
  filter: { campaignId: CampaignId; roundId?: RoundId; offset: number; limit: number },
) {
  // from the newest back until there are enough; a join would sort all that the campaign has
  const ofCampaign = db
    .select({ one: sql`1` })
    .from(task)
    .where(
      and(
        eq(task.id, ranking.taskId),
        eq(task.campaignId, filter.campaignId),
        filter.roundId ? eq(task.roundId, filter.roundId) : undefined,
      ),
    );
  const newest = db
    .select({ id: ranking.id })
    .from(ranking)
    .where(exists(ofCampaign))
    .orderBy(desc(ranking.createdAt), asc(ranking.id))
    .limit(filter.limit)
    .offset(filter.offset);
  return await db
    .select({
      id: ranking.id,
      groups: ranking.groups,
      notRankable: ranking.notRankable,
      noneAcceptable: ranking.noneAcceptable,
      comment: ranking.comment,
      ratings: ranking.ratings,
      seconds: ranking.seconds,
      simulated: ranking.simulated,
      createdAt: ranking.createdAt,
      labeler: user.name,
      roundNumber: round.number,
      prompt: prompt.text,
    })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .innerJoin(round, eq(task.roundId, round.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .innerJoin(user, eq(ranking.labelerId, user.id))
    .where(inArray(ranking.id, newest))
    .orderBy(desc(ranking.createdAt), asc(ranking.id));
}

/** Texts of completions, with the program's verdict where there is one. */
export const completionsById = async (db: Reader, ids: CompletionId[]) => {
  if (ids.length === 0) return [];
  return db
    .select({ id: completion.id, text: completion.text, correct: completion.correct })
    .from(completion)
    .where(inArray(completion.id, ids));
};

/** Tasks of a campaign's round with their prompts, in the order in which they were made. */
export const tasksOf = (
  db: Reader,
  filter: { campaignId: CampaignId; roundId: RoundId; offset: number; limit: number },
) => {
  const page = db
    .select({ id: task.id })
    .from(task)
    .where(and(eq(task.campaignId, filter.campaignId), eq(task.roundId, filter.roundId)))
    .orderBy(asc(task.createdAt), asc(task.id))
    .limit(filter.limit)
    .offset(filter.offset);
  return db
    .select({ id: task.id, prompt: prompt.text, completionIds: task.completionIds })
    .from(task)
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(inArray(task.id, page))
    .orderBy(asc(task.createdAt), asc(task.id));
};
