import { z } from "zod";
import type { Sql } from "../db/client";
import {
  endSessions,
  findSession,
  insertSession,
  rolesInCampaigns,
  type SessionRow,
  sessionsOf,
  touchSession,
} from "../db/queries/session";
import { findUser } from "../db/queries/user";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { type SessionId, type UserId, zSessionId, zUserId } from "../domain/ids";
import { recordChange } from "./audit";
import { type Actor, requireRole, type Services } from "./context";

/** How long somebody stays signed in, in seconds. */
export const sessionSeconds = 30 * 24 * 60 * 60;
/** How exact "last seen" is: a request within it writes nothing. */
const seenMs = 5 * 60 * 1000;

/** Who has signed in, and by which session: all that the cookie carries. */
export interface SignedIn {
  id: UserId;
  sessionId: SessionId;
}

/** Begins a session in the transaction that lets the person in. */
export async function startSession(
  tx: Sql,
  userId: UserId,
  { method, device }: { method: string; device: string },
): Promise<SignedIn> {
  const now = Date.now();
  const row = await insertSession(tx, {
    userId,
    method,
    device,
    seenAt: new Date(now),
    expiresAt: new Date(now + sessionSeconds * 1000),
  });
  return { id: userId, sessionId: row.id };
}

/** Checked at every request: null when the person is gone or disabled, or the session was ended or is over. */
export async function actorOf({ db }: Services, signedIn: SignedIn): Promise<Actor | null> {
  const now = new Date();
  const found = await findSession(db.read, signedIn.sessionId, now);
  if (!found || found.user.id !== signedIn.id || found.user.disabledAt) return null;
  if (now.getTime() - found.session.seenAt.getTime() > seenMs)
    await write(db, (tx) => touchSession(tx, found.session.id, now));
  const { id, name, role, simulated, locale } = found.user;
  const inCampaigns = await rolesInCampaigns(db.read, id);
  return { id, name, role, simulated, locale, inCampaigns, sessionId: found.session.id };
}

const shown = ({ id, method, device, seenAt, createdAt }: SessionRow, actor: Actor) => ({
  id,
  method,
  device,
  seenAt,
  createdAt,
  current: id === actor.sessionId,
});

/** Where one is signed in oneself. */
export async function ownSessions({ db }: Services, actor: Actor) {
  const rows = await sessionsOf(db.read, actor.id, new Date());
  return rows.map((row) => shown(row, actor));
}

export const zPersonRef = z.object({ userId: zUserId });

/** Where a person is signed in. */
export async function sessionsOfPerson(
  { db }: Services,
  actor: Actor,
  { userId }: z.output<typeof zPersonRef>,
) {
  requireRole(actor, "admin");
  const rows = await sessionsOf(db.read, userId, new Date());
  return rows.map((row) => shown(row, actor));
}

/** Ends sessions and says so in the log. @returns how many were ended */
export async function endAndRecord(
  tx: Sql,
  actor: Pick<Actor, "id"> | null,
  which: { userId: UserId; only?: SessionId; but?: SessionId },
): Promise<number> {
  const ended = await endSessions(tx, which, new Date());
  const person = ended.length > 0 ? await findUser(tx, which.userId) : null;
  for (const { device, method } of ended)
    await recordChange(tx, actor, {
      action: "session.end",
      target: { id: which.userId, name: person?.name ?? "" },
      before: { device, method },
    });
  return ended.length;
}

export const zEndSession = z.object({ sessionId: zSessionId });

/** Signs oneself out of one browser. */
export async function endOwnSession(
  { db }: Services,
  actor: Actor,
  { sessionId }: z.output<typeof zEndSession>,
): Promise<void> {
  const which = { userId: actor.id, only: sessionId };
  if ((await write(db, (tx) => endAndRecord(tx, actor, which))) === 0)
    throw new AppError("not-found", "This session has ended already: reload the page.");
}

/** Signs oneself out everywhere but here. */
export async function endOtherSessions({ db }: Services, actor: Actor): Promise<number> {
  return await write(db, (tx) =>
    endAndRecord(tx, actor, { userId: actor.id, but: actor.sessionId }),
  );
}

export const zEndSessionOf = z.object({ userId: zUserId, sessionId: zSessionId.optional() });

/** Signs a person out of one browser, or of all. */
export async function endSessionsOf(
  { db }: Services,
  actor: Actor,
  { userId, sessionId }: z.output<typeof zEndSessionOf>,
): Promise<number> {
  requireRole(actor, "admin");
  return await write(db, (tx) => endAndRecord(tx, actor, { userId, only: sessionId }));
}

/** What the way out does: the cookie of this session is worth nothing any more. */
export async function signOut({ db }: Services, { id, sessionId }: SignedIn): Promise<void> {
  await write(db, (tx) => endSessions(tx, { userId: id, only: sessionId }, new Date()));
}
