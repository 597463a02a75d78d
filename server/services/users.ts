import { z } from "zod";
import {
  countActiveAdmins,
  findUser,
  findUserByEmail,
  insertUser,
  updateUser,
  type UserRow,
} from "../db/queries/user";
import { takeInvite } from "../db/queries/invite";
import type { Sql } from "../db/client";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zUserId, type UserId } from "../domain/ids";
import { zRole } from "../domain/roles";
import { requireRole, type Actor, type Services } from "./context";
import { tokenHash } from "./invites";
import { hashPassword, verifyPassword, zPassword } from "./passwords";

export const zEmail = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email("Give an e-mail address, for example ann@example.org."));
const zName = z
  .string()
  .trim()
  .min(1, "Give a name.")
  .max(80, "Give a name of at most 80 characters.");

/** Who has signed in, and the version of their sessions that was valid then. */
export interface SignedIn {
  id: UserId;
  sessionVersion: number;
}

const signedIn = (row: UserRow): SignedIn => ({ id: row.id, sessionVersion: row.sessionVersion });
const actorFrom = ({ id, name, role, simulated, locale }: UserRow): Actor => ({
  id,
  name,
  role,
  simulated,
  locale,
});

/** Null when the e-mail is unknown, the password wrong, or the person disabled: which of them is not told. */
export async function signInWithPassword(
  { db }: Services,
  input: { email: string; password: string },
): Promise<SignedIn | null> {
  const email = zEmail.safeParse(input.email);
  const row = email.success ? await findUserByEmail(db.read, email.data) : null;
  const right = await verifyPassword(row?.passwordHash ?? null, input.password);
  return row && right && !row.disabledAt ? signedIn(row) : null;
}

/** Uses up a one-time sign-in link. Null when it is used, expired, unknown, or its person disabled. */
export async function signInWithLink({ db }: Services, token: string): Promise<SignedIn | null> {
  return await write(db, async (tx) => {
    const taken = await takeInvite(tx, tokenHash(token), new Date());
    const row = taken?.userId ? await findUser(tx, taken.userId) : null;
    return row && !row.disabledAt ? signedIn(row) : null;
  });
}

/** Checked at every request: null when the person is gone or disabled, or the session was ended. */
export async function actorOf({ db }: Services, session: SignedIn): Promise<Actor | null> {
  const row = await findUser(db.read, session.id);
  const valid = row && !row.disabledAt && row.sessionVersion === session.sessionVersion;
  return valid ? actorFrom(row) : null;
}

async function requireFreeEmail(tx: Sql, email: string): Promise<void> {
  if (await findUserByEmail(tx, email))
    throw new AppError(
      "conflict",
      `${email} has an account already: sign in, or use another address.`,
    );
}

export const zJoin = z.object({
  token: z.string(),
  name: zName,
  email: zEmail,
  password: zPassword,
});

/** Makes the account of somebody who was invited; they sign in with the password afterwards. */
export async function join(
  { db }: Services,
  input: z.output<typeof zJoin>,
): Promise<{ email: string }> {
  const passwordHash = await hashPassword(input.password);
  return await write(db, async (tx) => {
    const taken = await takeInvite(tx, tokenHash(input.token), new Date());
    if (!taken || taken.userId)
      throw new AppError(
        "forbidden",
        "This invitation is used up or has expired: ask an admin for a new one.",
      );
    await requireFreeEmail(tx, input.email);
    const { name, email } = input;
    await insertUser(tx, { name, email, passwordHash, role: taken.role });
    return { email };
  });
}

export const zNewUser = z.object({
  name: zName,
  email: zEmail.nullable().default(null),
  role: zRole,
  password: zPassword.nullable().default(null),
});

/** Makes an account; without a password its person gets in by a sign-in link. */
export async function createUser(
  { db }: Services,
  actor: Actor,
  input: z.output<typeof zNewUser>,
): Promise<{ id: UserId }> {
  requireRole(actor, "admin");
  const { name, email, role } = input;
  const passwordHash = input.password === null ? null : await hashPassword(input.password);
  return await write(db, async (tx) => {
    if (email) await requireFreeEmail(tx, email);
    const { id } = await insertUser(tx, { name, email, role, passwordHash });
    return { id };
  });
}

async function changeUser(
  tx: Sql,
  id: UserId,
  change: (row: UserRow) => Partial<UserRow>,
): Promise<void> {
  const row = await findUser(tx, id);
  if (!row) throw new AppError("not-found", "This person is not here any more: reload the page.");
  await updateUser(tx, id, change(row));
  if ((await countActiveAdmins(tx)) === 0)
    throw new AppError("conflict", "Somebody must stay admin: make another person admin first.");
}

export const zSetRole = z.object({ userId: zUserId, role: zRole });

/** Takes effect at the person's next request. */
export async function setRole({ db }: Services, actor: Actor, input: z.output<typeof zSetRole>) {
  requireRole(actor, "admin");
  await write(db, (tx) => changeUser(tx, input.userId, () => ({ role: input.role })));
}

export const zSetDisabled = z.object({ userId: zUserId, disabled: z.boolean() });

/** A disabled person is signed out everywhere and cannot sign in; what they did stays. */
export async function setDisabled(
  { db }: Services,
  actor: Actor,
  input: z.output<typeof zSetDisabled>,
): Promise<void> {
  requireRole(actor, "admin");
  await write(db, (tx) =>
    changeUser(tx, input.userId, (row) => ({
      disabledAt: input.disabled ? (row.disabledAt ?? new Date()) : null,
      sessionVersion: row.sessionVersion + 1,
    })),
  );
}

export const zChangePassword = z.object({ current: z.string().nullable(), next: zPassword });

/** Ends every session of the actor, this one too: sign in again with the new password. */
export async function changePassword(
  { db }: Services,
  actor: Actor,
  input: z.output<typeof zChangePassword>,
): Promise<void> {
  const row = await findUser(db.read, actor.id);
  if (row?.passwordHash && !(await verifyPassword(row.passwordHash, input.current ?? "")))
    throw new AppError("forbidden", "The current password is not right: type it again.");
  const passwordHash = await hashPassword(input.next);
  await write(db, (tx) =>
    changeUser(tx, actor.id, (row) => ({ passwordHash, sessionVersion: row.sessionVersion + 1 })),
  );
}

export const zProfile = z.object({
  name: zName.optional(),
  email: zEmail.optional(),
  locale: z.enum(["en", "ko"]).nullable().optional(),
});

export async function updateProfile(
  { db }: Services,
  actor: Actor,
  input: z.output<typeof zProfile>,
): Promise<void> {
  await write(db, async (tx) => {
    const owner = input.email ? await findUserByEmail(tx, input.email) : null;
    if (owner && owner.id !== actor.id)
      throw new AppError(
        "conflict",
        `${input.email} belongs to another account: use another address.`,
      );
    await changeUser(tx, actor.id, () => input);
  });
}

/** The actor's own account, as its page shows it. */
export async function getAccount({ db }: Services, actor: Actor) {
  const row = await findUser(db.read, actor.id);
  if (!row) throw new AppError("unauthenticated", "Your account is gone: ask an admin.");
  const { id, name, email, role, locale, createdAt } = row;
  return { id, name, email, role, locale, createdAt, hasPassword: row.passwordHash !== null };
}
