import { and, asc, count, eq, exists, gt, gte, ne, or, type SQL, sql } from "drizzle-orm";
import type { CampaignId, RoundId, TaskId, UserId } from "../../domain/ids";
import type { Reader } from "../client";
import { assignment, campaign, completion, prompt, ranking, round, task } from "../schema";
import { countIf } from "./campaign";

import { isReached, type Reach } from "./member";
import { type Span, within } from "./span";

export type TaskRow = typeof task.$inferSelect;

/** How many of a task's places are taken by rankings; gold and calibration take none. */
export const rankingsOfTask = (db: Reader): SQL<number> => {
  const placed = and(eq(ranking.taskId, task.id), eq(ranking.purpose, "ordinary"));
  return sql`(${db.select({ n: count() }).from(ranking).where(placed)})`.mapWith(Number);
};

/** How many of a task's places are lent, one labeler's own not counted. */
export const leasesOfTask = (db: Reader, labelerId: UserId, now: Date): SQL<number> => {
  const inForce = and(
    eq(assignment.taskId, task.id),
    eq(assignment.status, "active"),
    eq(assignment.purpose, "ordinary"),
    gt(assignment.leaseExpiresAt, now),
    ne(assignment.labelerId, labelerId),
  );
  return sql`(${db.select({ n: count() }).from(assignment).where(inForce)})`.mapWith(Number);
};

/** What a task has and wants, with all that a lease and a submission depend on. */
export async function taskState(db: Reader, id: TaskId, labelerId: UserId, now: Date) {
  const [row] = await db
    .select({
      task,
      campaign: { status: campaign.status, config: campaign.config },
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
      config: campaign.config,
      // of gold from an earlier round too: it must look like the others
      round: campaign.round,
    })
    .from(task)
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
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
      config: campaign.config,
      roundId: round.id,
      begun: round.createdAt,
      round: round.number,
      phase: round.status,
    })
    .from(campaign)
    .innerJoin(round, and(eq(round.campaignId, campaign.id), eq(round.number, campaign.round)))
    .where(and(eq(campaign.status, "open"), isReached(reach)))
    .orderBy(asc(campaign.openedAt), asc(campaign.id));

/** What a round's tasks want and have, and how many are open: an index alone tells. */
export async function taskCounts(db: Reader, roundId: RoundId) {
  const whole = (value: SQL) => sql`coalesce(${value}, 0)`.mapWith(Number);
  const isOpen = eq(task.open, true);
  const [row] = await db
    .select({
      tasks: count(),
      open: countIf(isOpen),
      wanted: whole(sql`sum(${task.overlap})`),
      done: whole(sql`sum(${task.placed})`),
    })
    .from(task)
    .where(eq(task.roundId, roundId));
  return row;
}

interface RoundSpan extends Span {
  campaignId: CampaignId;
  roundId: RoundId;
  begun: Date;
}

const beyondPlaces = ({ begun }: RoundSpan) =>
  and(sql`${ranking.purpose} <> 'ordinary'`, gte(ranking.createdAt, begun));

/** Rankings that a round has beyond its tasks' places since it began: gold and calibration. */
export async function rankingsBeyond(db: Reader, of: RoundSpan): Promise<number> {
  // not a join: of that the planner would begin with all tasks of the campaign
  const ofCampaign = db
    .select({ one: sql`1` })
    .from(task)
    .where(and(eq(task.id, ranking.taskId), eq(task.campaignId, of.campaignId)));
  const [row] = await db
    .select({ n: count() })
    .from(ranking)
    .where(and(beyondPlaces(of), within(ranking.createdAt, of), exists(ofCampaign)));
  return row.n;
}

/** How many of a round's rankings are this labeler's, on places or beyond them. */
export async function ownRankings(db: Reader, labelerId: UserId, of: RoundSpan): Promise<number> {
  const placed = and(eq(task.roundId, of.roundId), eq(ranking.purpose, "ordinary"));
  const [row] = await db
    .select({ n: count() })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(
      and(
        eq(ranking.labelerId, labelerId),
        within(ranking.createdAt, of),
        or(placed, and(eq(task.campaignId, of.campaignId), beyondPlaces(of))),
      ),
    );
  return row.n;
}
