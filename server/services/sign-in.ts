import { z } from "zod";
import type { Sql } from "../db/client";
import { inviteByToken, type InviteRow, takeInvite } from "../db/queries/invite";
import { findMember, setMemberRow } from "../db/queries/member";
import { findUser, findUserByEmail, insertUser, type UserRow } from "../db/queries/user";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { type Role, roles, zCampaignRole } from "../domain/roles";
import { recordChange } from "./audit";
import type { Actor, Services } from "./context";
import { tokenHash, type Unusable, whyUnusable } from "./invites";
import { hashPassword, verifyPassword, zPassword } from "./passwords";
import { type SignedIn, startSession } from "./sessions";
import { accountFacts, changeUser, requireFreeEmail, zEmail, zName } from "./users";

/** Null when the e-mail is unknown, the password wrong, or the person disabled: which of them is not told. */
export async function signInWithPassword(
  { db }: Services,
  input: { email: string; password: string },
  device = "",
): Promise<SignedIn | null> {
  const email = zEmail.safeParse(input.email);
  const row = email.success ? await findUserByEmail(db.read, email.data) : null;
  const right = await verifyPassword(row?.passwordHash ?? null, input.password);
  if (!row || !right || row.disabledAt) return null;
  return await write(db, (tx) => startSession(tx, row.id, { method: "password", device }));
}

/** Uses up a one-time sign-in link. Null when it is used, expired, unknown, or its person disabled. */
export async function signInWithLink(
  { db }: Services,
  token: string,
  device = "",
): Promise<SignedIn | null> {
  return await write(db, async (tx) => {
    const taken = await takeInvite(tx, tokenHash(token), new Date());
    const row = taken?.userId ? await findUser(tx, taken.userId) : null;
    return row && !row.disabledAt ? startSession(tx, row.id, { method: "link", device }) : null;
  });
}

const sentences: Record<Unusable, string> = {
  unknown:
    "This invitation does not exist: the link may be cut off or mistyped. Copy it whole, or ask for a new one.",
  "used-up": "This invitation is used up: ask whoever sent it for a new one.",
  expired: "This invitation has expired: ask whoever sent it for a new one.",
  revoked: "This invitation was revoked: ask whoever sent it for a new one.",
};

/** Takes one use of an invitation. @throws AppError forbidden, saying why it lets nobody in */
export async function useInvitation(tx: Sql, token: string): Promise<InviteRow> {
  const taken = await takeInvite(tx, tokenHash(token), new Date());
  if (taken && !taken.userId) return taken;
  const there = await inviteByToken(tx, tokenHash(token));
  const why = taken ? "unknown" : whyUnusable(there?.invite ?? null);
  throw new AppError("forbidden", sentences[why ?? "unknown"]);
}

/** Makes the account that an invitation is for; a guest with a role in its campaign where it names one. */
export async function joinBy(
  tx: Sql,
  invite: InviteRow,
  account: { name: string; email: string | null; passwordHash?: string },
): Promise<UserRow> {
  const role = invite.campaignId ? "guest" : invite.role;
  const row = await insertUser(tx, { ...account, role });
  const after = { ...accountFacts(row), inviteId: invite.id };
  await recordChange(tx, row, { action: "user.join", target: row, after });
  await giveMembership(tx, row, row, invite);
  return row;
}

/** Adds the invitation's role in its campaign, unless the person has a wider one there. */
async function giveMembership(
  tx: Sql,
  actor: Pick<Actor, "id">,
  person: { id: Actor["id"]; name: string },
  { campaignId, role: invited }: InviteRow,
): Promise<void> {
  const role = zCampaignRole.safeParse(invited);
  if (!campaignId || !role.success) return;
  const before = await findMember(tx, campaignId, person.id);
  if (before && !isWider(role.data, before.role)) return;
  await setMemberRow(tx, { campaignId, userId: person.id, role: role.data });
  await recordChange(tx, actor, {
    action: "member.set",
    target: person,
    campaignId,
    before: before && { role: before.role },
    after: { role: role.data },
  });
}

const isWider = (role: Role, than: Role): boolean => roles.indexOf(role) > roles.indexOf(than);

export const zJoin = z.object({
  token: z.string(),
  name: zName,
  email: zEmail,
  password: zPassword,
});

/** Makes the account of somebody who was invited; they sign in with the password afterwards. */
export async function join(
  { db }: Services,
  { token, name, email, password }: z.output<typeof zJoin>,
): Promise<{ email: string }> {
  const passwordHash = await hashPassword(password);
  return await write(db, async (tx) => {
    const invite = await useInvitation(tx, token);
    await requireFreeEmail(tx, email);
    await joinBy(tx, invite, { name, email, passwordHash });
    return { email };
  });
}

export const zAcceptInvite = z.object({ token: z.string() });

/** Somebody who has an account accepts an invitation: they keep what they may do, and gain what it gives. */
export async function acceptInvite(
  { db }: Services,
  actor: Actor,
  { token }: z.output<typeof zAcceptInvite>,
): Promise<void> {
  await write(db, async (tx) => {
    const invite = await useInvitation(tx, token);
    if (invite.campaignId) return await giveMembership(tx, actor, actor, invite);
    if (!isWider(invite.role, actor.role)) return;
    const what = { id: actor.id, action: "user.role" } as const;
    await changeUser(tx, actor, what, () => ({ role: invite.role }));
  });
}
