import { and, asc, count, eq, gt, gte, ne, type SQL, sql } from "drizzle-orm";
import type { CampaignId, RoundId, TaskId, UserId } from "../../domain/ids";
import type { Reader } from "../client";
import { assignment, campaign, completion, prompt, ranking, round, task } from "../schema";
import { countIf } from "./campaign";

import { isReached, type Reach } from "./member";

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

/**
 * Rankings that a round wants and has on its places, those given beyond them since it began (gold and
 * calibration), and how many of all are this labeler's.
 */
export async function roundProgress(
  db: Reader,
  { campaignId, roundId, begun }: { campaignId: CampaignId; roundId: RoundId; begun: Date },
  labelerId: UserId,
) {
  const [wanted] = await db
    .select({ n: sql`coalesce(sum(${task.overlap}), 0)`.mapWith(Number) })
    .from(task)
    .where(eq(task.roundId, roundId));
  const mine = countIf(eq(ranking.labelerId, labelerId));
  const [done] = await db
    .select({ all: count(), mine })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(and(eq(task.roundId, roundId), eq(ranking.purpose, "ordinary")));
  const [beyond] = await db
    .select({ all: count(), mine })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(
      and(
        eq(task.campaignId, campaignId),
        ne(ranking.purpose, "ordinary"),
        gte(ranking.createdAt, begun),
      ),
    );
  return {
    wanted: wanted.n,
    done: done.all,
    beyond: beyond.all,
    mine: done.mine + beyond.mine,
  };
}
