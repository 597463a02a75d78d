import { z } from "zod";
import type { Sql } from "../db/client";
import { deleteIdentity, findIdentity, identitiesOf, insertIdentity } from "../db/queries/identity";
import { findUser, findUserByEmail, insertUser, type UserRow } from "../db/queries/user";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import type { Role } from "../domain/roles";
import { recordChange } from "./audit";
import type { Actor, Services } from "./context";
import { joinBy, useInvitation } from "./sign-in";
import { type SignedIn, startSession } from "./sessions";
import { accountFacts } from "./users";

/** What a provider says of an account. */
export interface Identity {
  provider: string;
  subject: string;
  name: string;
  email: string | null;
  /** The provider has made sure that the address is theirs. */
  emailVerified: boolean;
}

interface Arrival {
  device: string;
  /** The invitation whose link they came by. */
  inviteToken: string | null;
  /** Who is signed in already, and connects this account to theirs. */
  actor: Actor | null;
  /** What somebody unknown becomes; null: nobody unknown is let in without an invitation. */
  joinRole: Role | null;
}

/** Why a provider's account lets nobody in. */
export type Refusal = "no-account" | "disabled" | "taken" | "invitation";

/** Signs in by an account elsewhere: one that is known, that an invitation brings, or whose address is known. */
export async function signInWithIdentity(
  { db }: Services,
  identity: Identity,
  arrival: Arrival,
): Promise<SignedIn | { refused: Refusal }> {
  const { device, actor } = arrival;
  return await write(db, async (tx) => {
    const known = await findIdentity(tx, identity);
    if (known) {
      if (actor && actor.id !== known.userId) return { refused: "taken" };
      const person = await findUser(tx, known.userId);
      if (!person || person.disabledAt) return { refused: "disabled" };
      return await startSession(tx, person.id, { method: identity.provider, device });
    }
    const person = actor ? await findUser(tx, actor.id) : await personFor(tx, identity, arrival);
    if (!person) return { refused: "no-account" };
    if (person === "bad-invitation") return { refused: "invitation" };
    if (person.disabledAt) return { refused: "disabled" };
    await connect(tx, person, identity);
    return actor?.sessionId
      ? { id: actor.id, sessionId: actor.sessionId }
      : await startSession(tx, person.id, { method: identity.provider, device });
  });
}

async function personFor(
  tx: Sql,
  { name, email: given, emailVerified }: Identity,
  { inviteToken, joinRole }: Arrival,
): Promise<UserRow | "bad-invitation" | null> {
  const address = emailVerified && given ? given.toLowerCase() : null;
  const owner = address ? await findUserByEmail(tx, address) : null;
  const account = { name: name.slice(0, 80) || "?", email: owner ? null : address };
  if (inviteToken) {
    try {
      return await joinBy(tx, await useInvitation(tx, inviteToken), account);
    } catch (error) {
      if (error instanceof AppError && error.code === "forbidden") return "bad-invitation";
      throw error;
    }
  }
  // whoever has a password proves by it who they are before they connect: an address alone can be written by anyone
  if (owner && !owner.passwordHash) return owner;
  if (owner || !joinRole) return null;
  const row = await insertUser(tx, { ...account, role: joinRole });
  await recordChange(tx, row, { action: "user.join", target: row, after: accountFacts(row) });
  return row;
}

async function connect(tx: Sql, person: UserRow, { provider, subject }: Identity): Promise<void> {
  await insertIdentity(tx, { provider, subject, userId: person.id });
  await recordChange(tx, person, {
    action: "user.identity",
    target: person,
    before: { [provider]: null },
    after: { [provider]: subject },
  });
}

/** The accounts elsewhere that sign the actor in. */
export async function ownIdentities({ db }: Services, actor: Actor) {
  const rows = await identitiesOf(db.read, actor.id);
  return rows.map(({ provider, createdAt }) => ({ provider, createdAt }));
}

export const zDisconnect = z.object({ provider: z.string().max(40) });

/** Takes away the way in by a provider, unless it is the only one. */
export async function disconnect(
  { db }: Services,
  actor: Actor,
  { provider }: z.output<typeof zDisconnect>,
): Promise<void> {
  await write(db, async (tx) => {
    const person = await findUser(tx, actor.id);
    const others = (await identitiesOf(tx, actor.id)).filter((row) => row.provider !== provider);
    if (!person?.passwordHash && others.length === 0)
      throw new AppError(
        "conflict",
        "This is your only way to sign in: set a password first, then disconnect it.",
      );
    const gone = await deleteIdentity(tx, actor.id, provider);
    if (gone.length === 0)
      throw new AppError("not-found", "It is not connected any more: reload the page.");
    await recordChange(tx, actor, {
      action: "user.identity",
      target: actor,
      before: { [provider]: gone[0].subject },
      after: { [provider]: null },
    });
  });
}
