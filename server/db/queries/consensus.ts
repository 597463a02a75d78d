import { and, asc, count, desc, eq, exists, inArray, sql } from "drizzle-orm";
import type { CampaignId, TaskId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { campaign, completion, prompt, ranking, round, task, user } from "../schema";
import { adjudication, gold } from "../schema-quality";

export type TaskVote = Awaited<ReturnType<typeof recentVotes>>[number];

/** What labelers said of a campaign's tasks, or of all, the newest first. */
export const recentVotes = (db: Reader, campaignId: CampaignId | undefined, limit: number) => {
  // from the newest back until there are enough; a join would sort all that the campaign has
  const ofCampaign =
    campaignId &&
    db
      .select({ one: sql`1` })
      .from(task)
      .where(and(eq(task.id, ranking.taskId), eq(task.campaignId, campaignId)));
  const newest = db
    .select({ id: ranking.id })
    .from(ranking)
    .where(ofCampaign && exists(ofCampaign))
    .orderBy(desc(ranking.createdAt), desc(ranking.id))
    .limit(limit);
  return db
    .select({
      taskId: task.id,
      completionIds: task.completionIds,
      labelerId: ranking.labelerId,
      groups: ranking.groups,
      adjudicated: sql<boolean>`${adjudication.id} is not null`.mapWith(Boolean),
    })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .leftJoin(adjudication, eq(adjudication.taskId, task.id))
    .where(inArray(ranking.id, newest))
    .orderBy(desc(ranking.createdAt), desc(ranking.id));
};

/** One page of a campaign's tasks, those of the newest round first, and how many there are. */
export async function tasksOfCampaign(
  db: Reader,
  campaignId: CampaignId,
  page: { offset: number; limit: number },
) {
  const rounds = await db
    .select({ roundId: round.id, tasks: count() })
    .from(round)
    .innerJoin(task, eq(task.roundId, round.id))
    .where(eq(round.campaignId, campaignId))
    .groupBy(round.id, round.number)
    .orderBy(desc(round.number));
  const ids: TaskId[] = [];
  let { offset } = page;
  for (const { roundId, tasks } of rounds) {
    if (ids.length < page.limit && offset < tasks) {
      const rows = await db
        .select({ id: task.id })
        .from(task)
        .where(and(eq(task.campaignId, campaignId), eq(task.roundId, roundId)))
        .orderBy(asc(task.createdAt), asc(task.id))
        .offset(offset)
        .limit(page.limit - ids.length);
      ids.push(...rows.map(({ id }) => id));
    }
    offset = Math.max(0, offset - tasks);
  }
  return { total: rounds.reduce((sum, { tasks }) => sum + tasks, 0), ids };
}

/** One page of what somebody ranked, of one campaign or of all, the newest first, and how much there is. */
export async function tasksOfLabeler(
  db: Reader,
  { labelerId, campaignId }: { labelerId: UserId; campaignId?: CampaignId },
  { offset, limit }: { offset: number; limit: number },
) {
  const theirs = and(
    eq(ranking.labelerId, labelerId),
    campaignId && eq(task.campaignId, campaignId),
  );
  const [{ total }] = await db
    .select({ total: count() })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(theirs);
  const rows = await db
    .select({ id: ranking.taskId })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(theirs)
    .orderBy(desc(ranking.createdAt), desc(ranking.id))
    .offset(offset)
    .limit(limit);
  return { total, ids: rows.map(({ id }) => id) };
}

/** Tasks with prompt, round, what is expected of gold, and an expert's order where there is one. */
export async function tasksInFull(db: Reader, ids: readonly TaskId[]) {
  if (ids.length === 0) return [];
  const tasks = await db
    .select({
      task,
      prompt: prompt.text,
      campaign: campaign.name,
      round: round.number,
      gold,
      adjudication,
      reviewer: user.name,
    })
    .from(task)
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .innerJoin(round, eq(task.roundId, round.id))
    .leftJoin(gold, eq(gold.taskId, task.id))
    .leftJoin(adjudication, eq(adjudication.taskId, task.id))
    .leftJoin(user, eq(adjudication.reviewerId, user.id))
    .where(inArray(task.id, [...ids]));
  const votes = await db
    .select({
      id: ranking.id,
      taskId: ranking.taskId,
      labelerId: ranking.labelerId,
      labeler: user.name,
      simulated: ranking.simulated,
      groups: ranking.groups,
      notRankable: ranking.notRankable,
      comment: ranking.comment,
      seconds: ranking.seconds,
      createdAt: ranking.createdAt,
    })
    .from(ranking)
    .innerJoin(user, eq(ranking.labelerId, user.id))
    .where(inArray(ranking.taskId, [...ids]))
    .orderBy(asc(ranking.createdAt), asc(ranking.id));
  const completionIds = tasks.flatMap((row) => row.task.completionIds);
  const texts = await db
    .select({ id: completion.id, text: completion.text })
    .from(completion)
    .where(inArray(completion.id, completionIds));
  const textOf = new Map(texts.map((row) => [row.id, row.text]));
  return ids.flatMap((id) => {
    const found = tasks.find((row) => row.task.id === id);
    if (!found) return [];
    const completions = found.task.completionIds.map((one) => {
      return { id: one, text: textOf.get(one) ?? "" };
    });
    return [{ ...found, completions, votes: votes.filter((row) => row.taskId === id) }];
  });
}

export const findTask = async (db: Reader, id: TaskId) => {
  const [row] = await db.select().from(task).where(eq(task.id, id));
  return row ?? null;
};

export async function keepAdjudication(
  tx: Sql,
  values: typeof adjudication.$inferInsert,
): Promise<void> {
  const { taskId: _, ...changed } = values;
  await tx
    .insert(adjudication)
    .values(values)
    .onConflictDoUpdate({
      target: adjudication.taskId,
      set: { ...changed, createdAt: new Date() },
    });
}

export const removeAdjudication = async (tx: Sql, taskId: TaskId): Promise<void> => {
  await tx.delete(adjudication).where(eq(adjudication.taskId, taskId));
};

export const setOverlap = async (tx: Sql, id: TaskId, overlap: number): Promise<void> => {
  const open = sql`${task.calibration} or ${task.placed} < ${overlap}`;
  await tx
    .update(task)
    .set({ overlap, open: sql`(${open})` })
    .where(eq(task.id, id));
};

/** An expert's order of each of these tasks that has one. */
export async function adjudicationsOf(db: Reader, taskIds: readonly TaskId[]) {
  if (taskIds.length === 0) return [];
  return await db
    .select()
    .from(adjudication)
    .where(and(inArray(adjudication.taskId, [...taskIds])))
    .orderBy(asc(adjudication.taskId));
}
