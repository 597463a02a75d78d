import { and, asc, count, eq, gt, ne, type SQL, sql } from "drizzle-orm";
import type { PromptId, RoundId, TaskId, UserId } from "../../domain/ids";
import type { Reader } from "../client";
import { type Given, prepared, type Value } from "../prepared";
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
export const leasesOfTask = (
  db: Reader,
  labelerId: Value<UserId>,
  now: Value<Date>,
): SQL<number> => {
  const inForce = and(
    eq(assignment.taskId, task.id),
    eq(assignment.status, "active"),
    eq(assignment.purpose, "ordinary"),
    gt(assignment.leaseExpiresAt, now),
    ne(assignment.labelerId, labelerId),
  );
  return sql`(${db.select({ n: count() }).from(assignment).where(inForce)})`.mapWith(Number);
};

interface StateOf {
  id: TaskId;
  labelerId: UserId;
  now: Date;
}

const stateOf = prepared((db, { id, labelerId, now }: Given<StateOf>) =>
  db
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
    .where(eq(task.id, id)),
);

/** What a task has and wants, with all that a lease and a submission depend on. */
export async function taskState(db: Reader, id: TaskId, labelerId: UserId, now: Date) {
  const [row] = await stateOf(db, { id, labelerId, now });
  return row;
}

const headOf = prepared((db, { id }: Given<{ id: TaskId }>) =>
  db
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
    .where(eq(task.id, id)),
);

const textsOf = prepared((db, { promptId }: Given<{ promptId: PromptId }>) =>
  db
    .select({ id: completion.id, text: completion.text })
    .from(completion)
    .where(eq(completion.promptId, promptId)),
);

/** What a labeler reads: prompt, answers, campaign and round of a task. */
export async function taskTexts(db: Reader, id: TaskId) {
  const [head] = await headOf(db, { id });
  const texts = await textsOf(db, head);
  return { ...head, texts: new Map(texts.map((row) => [row.id, row.text])) };
}

const campaignOf = prepared((db, { id }: Given<{ id: TaskId }>) =>
  db
    .select({ id: campaign.id, membersOnly: campaign.membersOnly })
    .from(task)
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .where(eq(task.id, id)),
);

/** The campaign of a task, and whether only its members may label. */
export async function campaignOfTask(db: Reader, id: TaskId) {
  const [row] = await campaignOf(db, { id });
  return row;
}

const openOnes = prepared((db, _given: Given<object>, reach: Reach) =>
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
    .orderBy(asc(campaign.openedAt), asc(campaign.id)),
);

/** The open campaigns that a labeler reaches, with their current rounds, oldest first. */
export const openRounds = (db: Reader, reach: Reach) => openOnes(db, {}, reach);

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
