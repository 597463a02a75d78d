import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { deleteInvite, insertInvite, openInvitations, usableInvite } from "../db/queries/invite";
import { findUser, firstAdmin, insertUser } from "../db/queries/user";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zInviteId, zUserId, type InviteId, type UserId } from "../domain/ids";
import { zRole, type Role } from "../domain/roles";
import { requireRole, type Actor, type Services } from "./context";

const day = 24 * 60 * 60 * 1000;
const inDays = (days: number): Date => new Date(Date.now() + days * day);

/** Only the hash of a token is kept: who reads the database cannot sign in with it. */
export const tokenHash = (token: string): string =>
  createHash("sha256").update(token).digest("hex");

/** A link that was just made; the token in it cannot be seen again. */
export interface Link {
  id: InviteId;
  /** `/sign-in/link?token=…`: opening it uses nothing up, its button does. */
  path: string;
  expiresAt: Date;
}

interface LinkInput {
  role: Role;
  userId: UserId | null;
  usesLeft: number;
  expiresAt: Date;
  createdById: UserId | null;
}

async function makeLink({ db }: Services, input: LinkInput): Promise<Link> {
  const token = randomBytes(24).toString("base64url");
  const { id, expiresAt } = await write(db, (tx) =>
    insertInvite(tx, { ...input, tokenHash: tokenHash(token) }),
  );
  return { id, path: `/sign-in/link?token=${token}`, expiresAt };
}

export const zNewInvite = z.object({
  role: zRole,
  uses: z.int().min(1).max(1000).default(1),
  days: z.int().min(1).max(90).default(7),
});

/** An invitation: whoever opens the link makes an account of that role. */
export async function createInvite(
  ctx: Services,
  actor: Actor,
  { role, uses, days }: z.output<typeof zNewInvite>,
): Promise<Link> {
  requireRole(actor, "admin");
  return await makeLink(ctx, {
    role,
    userId: null,
    usesLeft: uses,
    expiresAt: inDays(days),
    createdById: actor.id,
  });
}

export const zSignInLink = z.object({ userId: zUserId });

/** A link that signs one person in, once, within a day. */
export async function createSignInLink(
  ctx: Services,
  actor: Actor,
  { userId }: z.output<typeof zSignInLink>,
): Promise<Link> {
  requireRole(actor, "admin");
  const person = await findUser(ctx.db.read, userId);
  if (!person || person.disabledAt || person.simulated)
    throw new AppError("conflict", "This person cannot sign in: enable the account first.");
  return await makeLink(ctx, {
    role: person.role,
    userId,
    usesLeft: 1,
    expiresAt: inDays(1),
    createdById: actor.id,
  });
}

/** The link that `npm start` prints: signs the first admin in, who is made when there is none. */
export async function firstAdminLink(ctx: Services): Promise<Link> {
  const admin = await write(
    ctx.db,
    async (tx) =>
      (await firstAdmin(tx)) ?? (await insertUser(tx, { name: "Admin", role: "admin" })),
  );
  return await makeLink(ctx, {
    role: "admin",
    userId: admin.id,
    usesLeft: 1,
    expiresAt: inDays(1),
    createdById: null,
  });
}

/** What a link would do, using nothing up; null when it is used up, expired or unknown. */
export async function inspectLink(
  { db }: Services,
  token: string,
): Promise<{ kind: "sign-in"; name: string } | { kind: "join"; role: Role } | null> {
  const found = await usableInvite(db.read, tokenHash(token), new Date());
  if (!found) return null;
  return found.invite.userId
    ? { kind: "sign-in", name: found.userName ?? "" }
    : { kind: "join", role: found.invite.role };
}

/** Invitations that can still be used, newest first; their links cannot be shown again. */
export async function listInvites({ db }: Services, actor: Actor) {
  requireRole(actor, "admin");
  const rows = await openInvitations(db.read, new Date());
  return rows.map(({ id, role, usesLeft, expiresAt, createdAt }) => ({
    id,
    role,
    usesLeft,
    expiresAt,
    createdAt,
  }));
}

export const zRevokeInvite = z.object({ inviteId: zInviteId });

export async function revokeInvite(
  { db }: Services,
  actor: Actor,
  { inviteId }: z.output<typeof zRevokeInvite>,
): Promise<void> {
  requireRole(actor, "admin");
  if (!(await write(db, (tx) => deleteInvite(tx, inviteId))))
    throw new AppError("not-found", "This invitation is gone already: reload the page.");
}
