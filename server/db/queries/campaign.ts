import { and, asc, count, desc, eq, gte, inArray, type SQL, sql } from "drizzle-orm";
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
  labelers: number;
}

/** Tasks and rankings of each round of these campaigns. */
export async function roundTallies(db: Reader, ids: CampaignId[]): Promise<RoundTally[]> {
  if (ids.length === 0) return [];
  const tasks = await db
    .select({
      roundId: task.roundId,
      tasks: count(),
      wanted: sql<number>`sum(${task.overlap})`.mapWith(Number),
    })
    .from(task)
    .where(inArray(task.campaignId, ids))
    .groupBy(task.roundId);
  const rankings = await db
    .select({
      roundId: task.roundId,
      done: count(),
      simulated: countIf(eq(ranking.simulated, true)),
      labelers: sql<number>`count(distinct ${ranking.labelerId})`.mapWith(Number),
    })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(and(inArray(task.campaignId, ids), eq(ranking.purpose, "ordinary")))
    .groupBy(task.roundId);
  const ranked = new Map(rankings.map((row) => [row.roundId, row]));
  return tasks.map(({ roundId, tasks, wanted }) => ({
    roundId,
    tasks,
    wanted,
    done: ranked.get(roundId)?.done ?? 0,
    simulated: ranked.get(roundId)?.simulated ?? 0,
    labelers: ranked.get(roundId)?.labelers ?? 0,
  }));
}

/** People's rankings of a round since two moments: what tells its pace. */
export async function recentRankings(db: Reader, roundId: RoundId, now: Date) {
  const since = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const [row] = await db
    .select({ lastHour: countIf(gte(ranking.createdAt, since(1))), lastDay: count() })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(
      and(
        eq(task.roundId, roundId),
        eq(ranking.purpose, "ordinary"),
        eq(ranking.simulated, false),
        gte(ranking.createdAt, since(24)),
      ),
    );
  return row;
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
export const rankingsOf = (
  db: Reader,
  filter: { campaignId: CampaignId; roundId?: RoundId; offset: number; limit: number },
) =>
  db
    .select({
      id: ranking.id,
      groups: ranking.groups,
      notRankable: ranking.notRankable,
      noneAcceptable: ranking.noneAcceptable,
      comment: ranking.comment,
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
    .where(
      and(
        eq(task.campaignId, filter.campaignId),
        filter.roundId ? eq(task.roundId, filter.roundId) : undefined,
      ),
    )
    .orderBy(desc(ranking.createdAt), asc(ranking.id))
    .limit(filter.limit)
    .offset(filter.offset);

/** Texts of completions, with the program's verdict where there is one. */
export const completionsById = async (db: Reader, ids: CompletionId[]) => {
  if (ids.length === 0) return [];
  return db
    .select({ id: completion.id, text: completion.text, correct: completion.correct })
    .from(completion)
    .where(inArray(completion.id, ids));
};

/** Tasks with their prompts, in the order in which they were made. */
export const tasksOf = (db: Reader, filter: { roundId: RoundId; offset: number; limit: number }) =>
  db
    .select({ id: task.id, prompt: prompt.text, completionIds: task.completionIds })
    .from(task)
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(eq(task.roundId, filter.roundId))
    .orderBy(asc(task.createdAt), asc(task.id))
    .limit(filter.limit)
    .offset(filter.offset);
