import { z } from "zod";
import {
  countActiveAdmins,
  findUser,
  findUserByEmail,
  insertUser,
  isErased,
  updateUser,
  type UserRow,
} from "../db/queries/user";
import type { Sql } from "../db/client";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import type { AuditAction } from "../domain/audit";
import { zUserId, type UserId } from "../domain/ids";
import { zRole } from "../domain/roles";
import { recordChange } from "./audit";
import { requireRole, type Actor, type Services } from "./context";
import { hashPassword, verifyPassword, zPassword } from "./passwords";
import { endAndRecord } from "./sessions";

export const zEmail = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email("Give an e-mail address, for example ann@example.org."));
export const zName = z
  .string()
  .trim()
  .min(1, "Give a name.")
  .max(80, "Give a name of at most 80 characters.");

export async function requireFreeEmail(tx: Sql, email: string): Promise<void> {
  if (await findUserByEmail(tx, email))
    throw new AppError(
      "conflict",
      `${email} has an account already: sign in, or use another address.`,
    );
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
    const row = await insertUser(tx, { name, email, role, passwordHash });
    await recordChange(tx, actor, { action: "user.create", target: row, after: accountFacts(row) });
    return { id: row.id };
  });
}

/** What of an account is worth keeping in the log. */
export const accountFacts = ({ name, email, role, locale, passwordHash, disabledAt }: UserRow) => ({
  name,
  email,
  role,
  locale,
  passwordHash,
  disabledAt,
});

/** Changes an account and says so in the log. @throws AppError conflict when no admin would be left */
export async function changeUser(
  tx: Sql,
  actor: Pick<Actor, "id"> | null,
  { id, action }: { id: UserId; action: AuditAction },
  change: (row: UserRow) => Partial<UserRow>,
): Promise<UserRow> {
  const before = await findUser(tx, id);
  if (!before || (await isErased(tx, id)))
    throw new AppError("not-found", "This person is not here any more: reload the page.");
  const after = (await updateUser(tx, id, change(before))) ?? before;
  if ((await countActiveAdmins(tx)) === 0)
    throw new AppError("conflict", "Somebody must stay admin: make another person admin first.");
  await recordChange(tx, actor, {
    action,
    target: { id, name: before.name },
    before: accountFacts(before),
    after: accountFacts(after),
  });
  return after;
}

export const zSetRole = z.object({ userId: zUserId, role: zRole });

/** The role in all campaigns; takes effect at the person's next request. */
export async function setRole(
  { db }: Services,
  actor: Actor,
  { userId, role }: z.output<typeof zSetRole>,
) {
  requireRole(actor, "admin");
  const what = { id: userId, action: "user.role" } as const;
  await write(db, (tx) => changeUser(tx, actor, what, () => ({ role })));
}

export const zSetDisabled = z.object({ userId: zUserId, disabled: z.boolean() });

/** A disabled person is signed out everywhere and cannot sign in; what they did stays. */
export async function setDisabled(
  { db }: Services,
  actor: Actor,
  { userId, disabled }: z.output<typeof zSetDisabled>,
): Promise<void> {
  requireRole(actor, "admin");
  const what = { id: userId, action: disabled ? "user.disable" : "user.enable" } as const;
  await write(db, async (tx) => {
    await changeUser(tx, actor, what, (row) => ({
      disabledAt: disabled ? (row.disabledAt ?? new Date()) : null,
    }));
    if (disabled) await endAndRecord(tx, actor, { userId });
  });
}

export const zChangePassword = z.object({ current: z.string().nullable(), next: zPassword });

/** Ends every other session of the actor: who had the old password is out. */
export async function changePassword(
  { db }: Services,
  actor: Actor,
  input: z.output<typeof zChangePassword>,
): Promise<void> {
  const row = await findUser(db.read, actor.id);
  if (row?.passwordHash && !(await verifyPassword(row.passwordHash, input.current ?? "")))
    throw new AppError("forbidden", "The current password is not right: type it again.");
  const passwordHash = await hashPassword(input.next);
  await write(db, async (tx) => {
    const what = { id: actor.id, action: "user.password" } as const;
    await changeUser(tx, actor, what, () => ({ passwordHash }));
    await endAndRecord(tx, actor, { userId: actor.id, but: actor.sessionId });
  });
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
    if (Object.values(input).every((value) => value === undefined)) return;
    const what = { id: actor.id, action: "user.profile" } as const;
    await changeUser(tx, actor, what, () => input);
  });
}

/** The actor's own account, as its page shows it. */
export async function getAccount({ db }: Services, actor: Actor) {
  const row = await findUser(db.read, actor.id);
  if (!row) throw new AppError("unauthenticated", "Your account is gone: ask an admin.");
  const { id, name, email, role, locale, createdAt } = row;
  return { id, name, email, role, locale, createdAt, hasPassword: row.passwordHash !== null };
}
