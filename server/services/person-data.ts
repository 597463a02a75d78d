import { z } from "zod";
import type { Sql } from "../db/client";
import { eraseEntry, quizAnswersBy, quizzesBy, screeningsBy } from "../db/queries/entry";
import { deleteIdentity, identitiesOf } from "../db/queries/identity";
import {
  allSessions,
  auditAbout,
  demonstrationsBy,
  erasedAt,
  erasePersonalRows,
  insertErasure,
  linksFor,
  membershipsOf,
  noticesAbout,
  participationsOf,
  rankingsBy,
  ratingsBy,
  unrankedBy,
  updateRatings,
} from "../db/queries/person-data";
import { deedsOf } from "../db/queries/person-deeds";
import { talliesOf } from "../db/queries/tally";
import {
  countActiveAdmins,
  deleteLinkRequest,
  findUser,
  isErased,
  updateUser,
} from "../db/queries/user";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { type CompletionId, type UserId, zUserId } from "../domain/ids";
import type { Answers, KeptRatings } from "../domain/ratings-schema";
import { recordChange } from "./audit";
import { agreementsIn } from "./consent";
import { type Actor, requireRole, type Services } from "./context";

export const zPersonData = z.object({ userId: zUserId });

const requireSelfOrAdmin = (actor: Actor, userId: UserId) =>
  userId === actor.id ? undefined : requireRole(actor, "admin");

/** One person as their page shows them. */
export async function getPerson(
  { db }: Services,
  actor: Actor,
  { userId }: z.output<typeof zPersonData>,
) {
  requireRole(actor, "admin");
  const row = await findUser(db.read, userId);
  if (!row) throw new AppError("not-found", "There is no such person: go back to the list.");
  const { id, name, email, role, simulated, disabledAt, createdAt, passwordHash } = row;
  const identities = await identitiesOf(db.read, userId);
  return {
    id,
    name,
    email,
    role,
    simulated,
    disabledAt,
    createdAt,
    hasPassword: passwordHash !== null,
    erased: await isErased(db.read, userId),
    identities: identities.map(({ provider, subject }) => ({ provider, subject })),
    memberships: await membershipsOf(db.read, userId),
    agreements: (await agreementsIn(db.read, userId)).map(({ campaign, version, at }) => ({
      campaign,
      version,
      at,
    })),
  };
}

/** Everything that the install keeps of a person, as JSON: for themselves, or by an admin for them. */
export async function exportPerson(
  { db }: Services,
  actor: Actor,
  { userId }: z.output<typeof zPersonData>,
): Promise<{ fileName: string; text: string }> {
  requireSelfOrAdmin(actor, userId);
  const row = await findUser(db.read, userId);
  if (!row) throw new AppError("not-found", "There is no such person: go back to the list.");
  // a program that plays a labeler has no data of its own, and a labeler is told of none
  const { passwordHash, simulated: _, ...account } = row;
  const { read } = db;
  const [sessions, identities, memberships, agreements, participations] = await Promise.all([
    allSessions(read, userId),
    identitiesOf(read, userId),
    membershipsOf(read, userId),
    agreementsIn(read, userId),
    participationsOf(read, userId),
  ]);
  const rankings = await rankingsBy(read, userId);
  const data = {
    exportedAt: new Date(),
    account: {
      ...account,
      hasPassword: passwordHash !== null,
      erasedAt: await erasedAt(read, userId),
    },
    sessions,
    links: await linksFor(read, userId),
    identities: identities.map(({ provider, subject, createdAt }) => ({
      provider,
      subject,
      createdAt,
    })),
    memberships,
    agreements,
    participations,
    rankings: rankings.map(({ shownOrder, groups, notRankable, preference, ratings, ...rest }) => {
      // which model wrote what stays hidden: completions are named by the place where they were shown
      const placeOf = (id: (typeof shownOrder)[number]) => shownOrder.indexOf(id) + 1;
      return Object.assign(rest, {
        groups: groups.map((group) => group.map(placeOf)),
        notRankable: notRankable.map(placeOf),
        ...(ratings && { ratings: { ...ratings, each: byPlace(ratings, placeOf) } }),
        ...(preference === null ? {} : { preference }),
      });
    }),
    unranked: await unrankedBy(read, userId),
    notices: await noticesAbout(read, userId),
    demonstrations: await demonstrationsBy(read, userId),
    screenings: await screeningsBy(read, userId),
    quizzes: await quizzesBy(read, userId),
    tallies: await talliesOf(read, userId),
    quizAnswers: (await quizAnswersBy(read, userId)).map(({ shownOrder, groups, ...rest }) =>
      Object.assign(rest, {
        groups: groups?.map((group) => group.map((id) => shownOrder.indexOf(id) + 1)) ?? null,
      }),
    ),
    deeds: await deedsOf(read, userId),
    changes: await auditAbout(read, userId),
  };
  await write(db, (tx) =>
    recordChange(tx, actor, { action: "user.export", target: row, after: {} }),
  );
  return {
    fileName: `person-${userId.slice(0, 8)}.json`,
    text: `${JSON.stringify(data, null, 2)}\n`,
  };
}

const byPlace = ({ each }: KeptRatings, placeOf: (id: CompletionId) => number) =>
  Object.fromEntries(
    Object.entries(each).map(([id, rating]) => [placeOf(id as CompletionId), rating]),
  );

/** Takes answers in a labeler's own words out of their rankings: steps of a scale and choices stay. */
async function eraseAnswers(tx: Sql, userId: UserId): Promise<void> {
  for (const { id, ratings, config } of await ratingsBy(tx, userId)) {
    if (!ratings) continue;
    const questions = config.asked?.questions ?? [];
    const options = new Set(questions.flatMap((one) => (one.kind === "choice" ? one.options : [])));
    const chosen = (answers: Answers = {}): Answers =>
      Object.fromEntries(
        Object.entries(answers).filter(
          ([, answer]) => typeof answer !== "string" || options.has(answer),
        ),
      );
    const each = Object.entries(ratings.each).map(([of, { answers, ...rating }]) => [
      of,
      answers ? { ...rating, answers: chosen(answers) } : rating,
    ]);
    await updateRatings(tx, id, {
      each: Object.fromEntries(each) as KeptRatings["each"],
      answers: chosen(ratings.answers),
    });
  }
}

/**
 * Deletes a person's data: name, address, ways in, sessions, drafts, comments, and what the log says of them. Their
 * rankings and the demonstrations that they sent stay, under no name: models may have learnt from them, and frozen
 * snapshots hold them.
 */
export async function erasePerson(
  { db }: Services,
  actor: Actor,
  { userId }: z.output<typeof zPersonData>,
): Promise<void> {
  requireSelfOrAdmin(actor, userId);
  await write(db, async (tx) => {
    const row = await findUser(tx, userId);
    if (!row || (await isErased(tx, userId)))
      throw new AppError("not-found", "This person's data are deleted already: reload the page.");
    await eraseAnswers(tx, userId);
    await erasePersonalRows(tx, userId);
    await eraseEntry(tx, userId);
    await deleteIdentity(tx, userId);
    await deleteLinkRequest(tx, userId);
    const name = `Person ${userId.slice(0, 6)}`;
    await updateUser(tx, userId, {
      name,
      email: null,
      passwordHash: null,
      locale: null,
      languages: null,
      qualifications: null,
      role: "guest",
      disabledAt: row.disabledAt ?? new Date(),
    });
    if ((await countActiveAdmins(tx)) === 0)
      throw new AppError("conflict", "Somebody must stay admin: make another person admin first.");
    await insertErasure(tx, userId, actor.id);
    await recordChange(tx, actor, {
      action: "user.delete",
      target: { id: userId, name },
      after: {},
    });
  });
}
