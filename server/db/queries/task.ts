import {
  and,
  asc,
  count,
  eq,
  exists,
  gt,
  isNull,
  lt,
  ne,
  not,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { CampaignId, RoundId, TaskId, UserId } from "../../domain/ids";
import type { Reader } from "../client";
import {
  assignment,
  campaign,
  completion,
  demonstration,
  prompt,
  ranking,
  round,
  task,
} from "../schema";

import { isReached, type Reach } from "./member";

export type TaskRow = typeof task.$inferSelect;

const one = { one: sql<number>`1` };

/** How many rankings a task has. */
const rankingsOfTask = (db: Reader): SQL<number> =>
  sql`(${db.select({ n: count() }).from(ranking).where(eq(ranking.taskId, task.id))})`.mapWith(
    Number,
  );

/** How many leases of a task are in force, one labeler's own not counted. */
const leasesOfTask = (db: Reader, labelerId: UserId, now: Date): SQL<number> => {
  const inForce = and(
    eq(assignment.taskId, task.id),
    eq(assignment.status, "active"),
    gt(assignment.leaseExpiresAt, now),
    ne(assignment.labelerId, labelerId),
  );
  return sql`(${db.select({ n: count() }).from(assignment).where(inForce)})`.mapWith(Number);
};

/** True while a task wants one more ranking than it has and is lent out for. */
const hasPlaceFor = (db: Reader, labelerId: UserId, now: Date): SQL =>
  lt(sql`${rankingsOfTask(db)} + ${leasesOfTask(db, labelerId, now)}`, task.overlap);

/** A task's people are asked now: its campaign is open and its round collects. */
const isAsked = and(eq(campaign.status, "open"), eq(round.status, "collecting"));

/** Not had before by this labeler, and neither prompt nor any answer is their own. */
function isFreshTo(db: Reader, labelerId: UserId): SQL | undefined {
  const had = db
    .select(one)
    .from(assignment)
    .where(and(eq(assignment.taskId, task.id), eq(assignment.labelerId, labelerId)));
  const ownAnswer = db
    .select(one)
    .from(completion)
    .innerJoin(demonstration, eq(completion.demonstrationId, demonstration.id))
    .where(and(eq(completion.promptId, task.promptId), eq(demonstration.authorId, labelerId)));
  return and(
    not(exists(had)),
    not(exists(ownAnswer)),
    or(isNull(prompt.createdById), ne(prompt.createdById, labelerId)),
  );
}

interface Wanted {
  labelerId: UserId;
  campaignId?: CampaignId;
  /** Where this labeler may label. */
  reach: Reach;
  now: Date;
}

const openTo = (db: Reader, { labelerId, campaignId, reach, now }: Wanted): SQL | undefined =>
  and(
    isAsked,
    campaignId ? eq(task.campaignId, campaignId) : undefined,
    isReached(reach),
    hasPlaceFor(db, labelerId, now),
    isFreshTo(db, labelerId),
  );

/** One task that this labeler may be lent, every one equally likely; null when none is left. */
export async function drawTask(db: Reader, wanted: Wanted): Promise<TaskRow | null> {
  const [row] = await db
    .select({ task })
    .from(task)
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .innerJoin(round, eq(task.roundId, round.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(openTo(db, wanted))
    .orderBy(sql`random()`)
    .limit(1);
  return row?.task ?? null;
}

/** How many tasks are left for this labeler, by campaign. */
export async function tasksLeft(db: Reader, wanted: Wanted): Promise<Map<CampaignId, number>> {
  const rows = await db
    .select({ campaignId: task.campaignId, left: count() })
    .from(task)
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .innerJoin(round, eq(task.roundId, round.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(openTo(db, wanted))
    .groupBy(task.campaignId);
  return new Map(rows.map((row) => [row.campaignId, row.left]));
}

/** What a task has and wants, with all that a lease and a submission depend on. */
export async function taskState(db: Reader, id: TaskId, labelerId: UserId, now: Date) {
  const [row] = await db
    .select({
      task,
      campaign: { status: campaign.status },
      round: { status: round.status },
      rankings: rankingsOfTask(db),
      othersLeases: leasesOfTask(db, labelerId, now),
    })
    .from(task)
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .innerJoin(round, eq(task.roundId, round.id))
    .where(eq(task.id, id));
  return row;
}

/** What a labeler reads: prompt, answers, campaign and round of a task. */
export async function taskTexts(db: Reader, id: TaskId) {
  const [head] = await db
    .select({
      prompt: prompt.text,
      promptId: prompt.id,
      campaignId: campaign.id,
      campaignName: campaign.name,
      guidelines: campaign.guidelines,
      round: round.number,
    })
    .from(task)
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .innerJoin(round, eq(task.roundId, round.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(eq(task.id, id));
  const texts = await db
    .select({ id: completion.id, text: completion.text })
    .from(completion)
    .where(eq(completion.promptId, head.promptId));
  return { ...head, texts: new Map(texts.map((row) => [row.id, row.text])) };
}

/** The campaign of a task, and whether only its members may label. */
export async function campaignOfTask(db: Reader, id: TaskId) {
  const [row] = await db
    .select({ id: campaign.id, membersOnly: campaign.membersOnly })
    .from(task)
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .where(eq(task.id, id));
  return row;
}

/** The open campaigns that a labeler reaches, with their current rounds, oldest first. */
export const openRounds = (db: Reader, reach: Reach) =>
  db
    .select({
      campaignId: campaign.id,
      name: campaign.name,
      roundId: round.id,
      round: round.number,
      phase: round.status,
    })
    .from(campaign)
    .innerJoin(round, and(eq(round.campaignId, campaign.id), eq(round.number, campaign.round)))
    .where(and(eq(campaign.status, "open"), isReached(reach)))
    .orderBy(asc(campaign.openedAt), asc(campaign.id));

/** Rankings that a round has and wants, and how many of them are this labeler's. */
export async function roundProgress(db: Reader, roundId: RoundId, labelerId: UserId) {
  const [wanted] = await db
    .select({ n: sql`coalesce(sum(${task.overlap}), 0)`.mapWith(Number) })
    .from(task)
    .where(eq(task.roundId, roundId));
  const [done] = await db
    .select({
      all: count(),
      mine: sql`count(case when ${eq(ranking.labelerId, labelerId)} then 1 end)`.mapWith(Number),
    })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(eq(task.roundId, roundId));
  return { wanted: wanted.n, done: done.all, mine: done.mine };
}
