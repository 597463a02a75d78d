import { and, asc, count, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { CampaignId, CompletionId, QuizId, TaskId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { type Given, prepared } from "../prepared";
import { campaign, completion, prompt, task } from "../schema";
import { quiz, quizItem, screening } from "../schema-entry";
import { gold } from "../schema-quality";
import { countIf } from "./campaign";
import { isReached, type Reach } from "./member";

export type QuizRow = typeof quiz.$inferSelect;

const screenedOf = prepared((db, { userId }: Given<{ userId: UserId }>) =>
  db
    .select({ id: screening.campaignId })
    .from(screening)
    .where(and(eq(screening.userId, userId), eq(screening.accepted, true))),
);
const passedOf = prepared((db, { userId }: Given<{ userId: UserId }>) =>
  db
    .select({ id: quiz.campaignId })
    .from(quiz)
    .where(and(eq(quiz.userId, userId), eq(quiz.passed, true))),
);

/** Where a person answered the screening well, and where they passed the quiz. */
export async function enteredOf(db: Reader, userId: UserId) {
  const screened = await screenedOf(db, { userId });
  const passed = await passedOf(db, { userId });
  return {
    screened: new Set(screened.map((row) => row.id)),
    passed: new Set(passed.map((row) => row.id)),
  };
}

/** The open campaigns of a person's reach, with what they ask. */
export const openCampaigns = (db: Reader, reach: Reach) =>
  db
    .select({ id: campaign.id, name: campaign.name, config: campaign.config })
    .from(campaign)
    .where(and(eq(campaign.status, "open"), isReached(reach)))
    .orderBy(asc(campaign.openedAt), asc(campaign.id));

export async function screeningOf(db: Reader, campaignId: CampaignId, userId: UserId) {
  const [row] = await db
    .select()
    .from(screening)
    .where(and(eq(screening.campaignId, campaignId), eq(screening.userId, userId)));
  return row ?? null;
}

export const insertScreening = async (tx: Sql, values: typeof screening.$inferInsert) => {
  await tx.insert(screening).values(values);
};

/** A person's attempts, the newest first. */
export const quizzesOf = (db: Reader, campaignId: CampaignId, userId: UserId): Promise<QuizRow[]> =>
  db
    .select()
    .from(quiz)
    .where(and(eq(quiz.campaignId, campaignId), eq(quiz.userId, userId)))
    .orderBy(desc(quiz.createdAt), desc(quiz.id));

/** Gold in use, what this person met in an earlier attempt last, else in an order of chance. */
export async function goldForQuiz(
  db: Reader,
  { campaignId, userId, limit }: { campaignId: CampaignId; userId: UserId; limit: number },
): Promise<{ taskId: TaskId; completionIds: CompletionId[] }[]> {
  const met = db
    .select({ n: count() })
    .from(quizItem)
    .where(and(eq(quizItem.taskId, task.id), eq(quizItem.userId, userId)));
  return await db
    .select({ taskId: task.id, completionIds: task.completionIds })
    .from(gold)
    .innerJoin(task, eq(gold.taskId, task.id))
    .where(and(eq(gold.campaignId, campaignId), isNull(gold.retiredAt)))
    .orderBy(sql`(${met})`, sql`random()`)
    .limit(limit);
}

export async function insertQuiz(
  tx: Sql,
  values: typeof quiz.$inferInsert,
  items: { taskId: TaskId; shownOrder: CompletionId[] }[],
): Promise<QuizRow> {
  const [row] = await tx.insert(quiz).values(values).returning();
  const { id: quizId, userId } = row;
  await tx
    .insert(quizItem)
    .values(items.map((item, place) => Object.assign({ quizId, place, userId }, item)));
  return row;
}

/** The items of an attempt in their order, with the words and what is expected. */
export async function quizItemsOf(db: Reader, quizId: QuizId) {
  const rows = await db
    .select({
      place: quizItem.place,
      taskId: quizItem.taskId,
      shownOrder: quizItem.shownOrder,
      groups: quizItem.groups,
      right: quizItem.right,
      prompt: prompt.text,
      promptId: prompt.id,
      expected: gold.expected,
      explanation: gold.explanation,
    })
    .from(quizItem)
    .innerJoin(task, eq(quizItem.taskId, task.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .innerJoin(gold, eq(gold.taskId, task.id))
    .where(eq(quizItem.quizId, quizId))
    .orderBy(asc(quizItem.place));
  const ids = [...new Set(rows.flatMap((row) => row.shownOrder))];
  const texts =
    ids.length === 0
      ? []
      : await db
          .select({ id: completion.id, text: completion.text })
          .from(completion)
          .where(inArray(completion.id, ids));
  return { rows, textOf: new Map(texts.map((row) => [row.id, row.text])) };
}

export const answerItem = async (
  tx: Sql,
  { quizId, place }: { quizId: QuizId; place: number },
  values: { groups: CompletionId[][]; right: boolean },
) => {
  await tx
    .update(quizItem)
    .set(values)
    .where(and(eq(quizItem.quizId, quizId), eq(quizItem.place, place)));
};

export async function findQuiz(db: Reader, id: QuizId): Promise<QuizRow | null> {
  const [row] = await db.select().from(quiz).where(eq(quiz.id, id));
  return row ?? null;
}

export const endQuiz = async (
  tx: Sql,
  id: QuizId,
  values: { right: number; passed: boolean; endedAt: Date },
) => {
  await tx.update(quiz).set(values).where(eq(quiz.id, id));
};

/** Of a campaign: how many were screened, and how many attempts were made and passed. */
export async function entryCounts(db: Reader, campaignId: CampaignId) {
  const [screened] = await db
    .select({ all: count(), accepted: countIf(eq(screening.accepted, true)) })
    .from(screening)
    .where(eq(screening.campaignId, campaignId));
  const [tried] = await db
    .select({
      people: sql`count(distinct ${quiz.userId})`.mapWith(Number),
      attempts: count(),
      passed: countIf(eq(quiz.passed, true)),
    })
    .from(quiz)
    .where(eq(quiz.campaignId, campaignId));
  const [usable] = await db
    .select({ gold: count() })
    .from(gold)
    .where(and(eq(gold.campaignId, campaignId), isNull(gold.retiredAt)));
  return { screened, tried, gold: usable.gold };
}

export const screeningsBy = (db: Reader, userId: UserId) =>
  db
    .select({
      campaign: campaign.name,
      answers: screening.answers,
      accepted: screening.accepted,
      createdAt: screening.createdAt,
    })
    .from(screening)
    .innerJoin(campaign, eq(screening.campaignId, campaign.id))
    .where(eq(screening.userId, userId))
    .orderBy(asc(screening.createdAt));

/** What a person was shown in quizzes, and how they ordered it. */
export const quizAnswersBy = (db: Reader, userId: UserId) =>
  db
    .select({
      prompt: prompt.text,
      place: quizItem.place,
      shownOrder: quizItem.shownOrder,
      groups: quizItem.groups,
    })
    .from(quizItem)
    .innerJoin(task, eq(quizItem.taskId, task.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(eq(quizItem.userId, userId))
    .orderBy(asc(quizItem.quizId), asc(quizItem.place));

export const quizzesBy = (db: Reader, userId: UserId) =>
  db
    .select({
      campaign: campaign.name,
      items: quiz.items,
      passMark: quiz.passMark,
      right: quiz.right,
      passed: quiz.passed,
      createdAt: quiz.createdAt,
      endedAt: quiz.endedAt,
    })
    .from(quiz)
    .innerJoin(campaign, eq(quiz.campaignId, campaign.id))
    .where(eq(quiz.userId, userId))
    .orderBy(asc(quiz.createdAt));

/** What somebody answered and how they did goes with them. */
export async function eraseEntry(tx: Sql, userId: UserId): Promise<void> {
  await tx.delete(screening).where(eq(screening.userId, userId));
  await tx.delete(quizItem).where(eq(quizItem.userId, userId));
  await tx.delete(quiz).where(eq(quiz.userId, userId));
}
