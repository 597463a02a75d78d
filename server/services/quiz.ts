import { z } from "zod";
import type { Reader, Sql } from "../db/client";
import { type CampaignRow, findCampaign } from "../db/queries/campaign";
import {
  answerItem,
  endQuiz,
  findQuiz,
  goldForQuiz,
  insertQuiz,
  type QuizRow,
  quizItemsOf,
  quizzesOf,
  screeningOf,
} from "../db/queries/entry";
import { findUser, updateUser } from "../db/queries/user";
import { write } from "../db/write";
import { drawOrder } from "../domain/assignment";
import { AppError } from "../domain/app-error";
import { distributionOf, isQualified } from "../domain/distribution";
import { entryOf, rightNeeded } from "../domain/entry";
import { type CompletionId, zQuizId } from "../domain/ids";
import { expectedPairs, goldAccuracy } from "../domain/quality/gold-accuracy";
import { checkOrder, type Letter, letters, unletter, zRanking } from "../domain/ranking";
import { recordChange } from "./audit";
import { requireCampaignConsent } from "./campaign-consent";
import { requireConsent } from "./consent";
import type { Actor, Services } from "./context";
import { openCampaignFor, type zEntryRef } from "./entry";

/** Goes on with an attempt that was begun, else begins one, of gold that this person has not met where there is some. */
export async function takeQuiz(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zEntryRef>,
) {
  await requireConsent(db.read, actor);
  const row = await write(db, async (tx) => {
    const campaign = await openCampaignFor(tx, actor, campaignId);
    await requireCampaignConsent(tx, actor, campaign);
    const { quiz, screening } = entryOf(campaign.config);
    if (!quiz) throw new AppError("not-found", "This campaign has no quiz: go back to your tasks.");
    if (screening.length > 0 && !(await screeningOf(tx, campaignId, actor.id))?.accepted)
      throw new AppError("conflict", "Answer the campaign's questions first.");
    const attempts = await quizzesOf(tx, campaignId, actor.id);
    const begun = attempts.find((one) => one.endedAt === null);
    if (begun) return begun;
    if (attempts.some((one) => one.passed))
      throw new AppError("conflict", "You passed this quiz: go on to your tasks.");
    if (attempts.length >= quiz.attempts)
      throw new AppError("conflict", "You have no attempt left: ask an admin of the campaign.");
    const gold = await goldForQuiz(tx, { campaignId, userId: actor.id, limit: quiz.items });
    if (gold.length === 0)
      throw new AppError("conflict", "The quiz has no tasks yet: come back later.");
    const { passMark } = quiz;
    return await insertQuiz(
      tx,
      { campaignId, userId: actor.id, items: gold.length, passMark },
      gold.map(({ taskId, completionIds }) => ({
        taskId,
        shownOrder: drawOrder(completionIds, Math.random),
      })),
    );
  });
  const { rows, textOf } = await quizItemsOf(db.read, row.id);
  const campaign = await findCampaign(db.read, campaignId);
  const comparing = campaign?.config.comparing;
  const open = rows.find((item) => item.groups === null);
  if (!open) throw new AppError("internal", `Quiz ${row.id} is open and has no open item.`);
  return {
    quizId: row.id,
    place: open.place,
    items: row.items,
    /** Where two answers are compared: the scale alone, as with a task. */
    comparing: comparing && open.shownOrder.length === 2 ? { steps: comparing.steps } : null,
    prompt: open.prompt,
    completions: open.shownOrder.map((id, index) => ({
      letter: letters[index],
      text: textOf.get(id) ?? "",
    })),
  };
}
export type QuizTask = Awaited<ReturnType<typeof takeQuiz>>;

const numbered = (shown: readonly CompletionId[], groups: readonly CompletionId[][]) =>
  groups.map((group) => group.map((id) => shown.indexOf(id)));

async function ownQuiz(db: Reader, actor: Actor, id: QuizRow["id"]): Promise<QuizRow> {
  const row = await findQuiz(db, id);
  if (row?.userId === actor.id) return row;
  throw new AppError("not-found", "This quiz is not yours: go back to your tasks.");
}

export const zAnswerQuiz = z.object({
  quizId: zQuizId,
  place: z.int().min(0),
  ranking: zRanking,
});

/** Takes the order of one item; of the last one the quiz ends. The same item again changes nothing. */
export async function answerQuiz(
  { db }: Services,
  actor: Actor,
  { quizId, place, ranking }: z.output<typeof zAnswerQuiz>,
): Promise<{ ended: boolean }> {
  return await write(db, async (tx) => {
    const row = await ownQuiz(tx, actor, quizId);
    const campaign = await openCampaignFor(tx, actor, row.campaignId);
    const { rows } = await quizItemsOf(tx, quizId);
    const item = rows.find((one) => one.place === place);
    if (!item) throw new AppError("not-found", "The quiz has no such task: reload the page.");
    if (item.groups !== null) return { ended: row.endedAt !== null };
    checkOrder(letters.slice(0, item.shownOrder.length), ranking);
    const { groups } = unletter(item.shownOrder, ranking);
    const expected = expectedPairs(numbered(item.shownOrder, item.expected));
    const right =
      goldAccuracy([{ expected, groups: numbered(item.shownOrder, groups) }]).right === 1;
    await answerItem(tx, { quizId, place }, { groups, right });
    const others = rows.filter((one) => one.place !== place);
    if (others.some((one) => one.groups === null)) return { ended: false };
    const total = others.filter((one) => one.right).length + (right ? 1 : 0);
    const passed = total >= rightNeeded(row);
    await endQuiz(tx, quizId, { right: total, passed, endedAt: new Date() });
    await recordChange(tx, actor, {
      action: "user.quiz",
      target: actor,
      campaignId: campaign.id,
      after: { right: total, items: row.items, passed },
    });
    if (passed) await qualify(tx, actor, campaign);
    return { ended: true };
  });
}

/** Whoever passed has what the campaign asks its labelers to be good at: one way in, not two. */
async function qualify(tx: Sql, actor: Actor, campaign: CampaignRow): Promise<void> {
  const { qualification } = distributionOf(campaign.config);
  const person = await findUser(tx, actor.id);
  if (!person || isQualified({ qualification }, person.qualifications)) return;
  const qualifications = [...(person.qualifications ?? []), qualification];
  await updateUser(tx, actor.id, { qualifications });
  await recordChange(tx, actor, {
    action: "user.qualifications",
    target: actor,
    campaignId: campaign.id,
    before: { qualifications: person.qualifications },
    after: { qualifications },
  });
}

export const zQuizRef = z.object({ quizId: zQuizId });

/** What came of an attempt, item by item: one's own order, the expected one, and why. */
export async function quizResult(
  { db }: Services,
  actor: Actor,
  { quizId }: z.output<typeof zQuizRef>,
) {
  const row = await ownQuiz(db.read, actor, quizId);
  if (row.endedAt === null)
    throw new AppError("conflict", "This quiz is not finished: answer its last tasks first.");
  const { rows, textOf } = await quizItemsOf(db.read, quizId);
  return {
    right: row.right ?? 0,
    items: row.items,
    needed: rightNeeded(row),
    passed: row.passed ?? false,
    answers: rows.map(({ place, prompt, shownOrder, groups, expected, right, explanation }) => {
      const lettered = (order: readonly CompletionId[][]): Letter[][] =>
        numbered(shownOrder, order).map((group) => group.map((at) => letters[at]));
      return {
        place,
        prompt,
        right: right ?? false,
        own: lettered(groups ?? []),
        expected: lettered(expected),
        explanation,
        completions: shownOrder.map((id, at) => ({
          letter: letters[at],
          text: textOf.get(id) ?? "",
        })),
      };
    }),
  };
}
