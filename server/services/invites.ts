import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Sql } from "../db/client";
import { findCampaign } from "../db/queries/campaign";
import {
  findInvite,
  insertInvite,
  inviteByToken,
  type InviteRow,
  openInvitations,
  revokeInviteRow,
} from "../db/queries/invite";
import { deleteLinkRequest, findUser, firstAdmin, insertUser } from "../db/queries/user";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { type CampaignId, type InviteId, type UserId, zCampaignId, zInviteId } from "../domain/ids";
import { type Role, zRole } from "../domain/roles";
import { recordChange } from "./audit";
import { type Actor, requireRole, type Services } from "./context";
import type { zPersonRef } from "./sessions";

const minute = 60 * 1000;
const day = 24 * 60 * minute;

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
  campaignId?: CampaignId | null;
  userId: UserId | null;
  usesLeft: number;
  /** Milliseconds. */
  lasts: number;
  createdById: UserId | null;
}

async function makeLink(tx: Sql, { lasts, ...input }: LinkInput): Promise<Link> {
  const token = randomBytes(24).toString("base64url");
  const expires = new Date(Date.now() + lasts);
  const { id, expiresAt } = await insertInvite(tx, {
    ...input,
    expiresAt: expires,
    tokenHash: tokenHash(token),
  });
  return { id, path: `/sign-in/link?token=${token}`, expiresAt };
}

export const zNewInvite = z
  .object({
    role: zRole,
    /** The one campaign that the role is for; in all of them when absent. */
    campaignId: zCampaignId.nullable().default(null),
    uses: z.int().min(1).max(1000).default(1),
    days: z.int().min(1).max(90).default(7),
  })
  .refine(({ role, campaignId }) => role !== "guest" || campaignId === null, {
    message: "Choose what they may do in this campaign.",
    path: ["role"],
  });

const inviteFacts = ({ role, campaignId, usesLeft, expiresAt }: InviteRow) => ({
  role,
  campaignId,
  usesLeft,
  expiresAt,
});

/** An invitation: whoever opens the link makes an account of that role, or adds it to theirs. */
export async function createInvite(
  { db }: Services,
  actor: Actor,
  { role, campaignId, uses, days }: z.output<typeof zNewInvite>,
): Promise<Link> {
  requireRole(actor, "admin", campaignId);
  return await write(db, async (tx) => {
    if (campaignId && !(await findCampaign(tx, campaignId)))
      throw new AppError("not-found", "There is no such campaign: choose another.");
    const about = { role, campaignId, userId: null, usesLeft: uses, createdById: actor.id };
    const link = await makeLink(tx, { ...about, lasts: days * day });
    const { expiresAt } = link;
    await recordChange(tx, actor, {
      action: "invite.create",
      target: { id: link.id, name: role },
      campaignId,
      after: { role, campaignId, usesLeft: uses, expiresAt },
    });
    return link;
  });
}

/** A link that signs one person in, once, within a day. */
export async function createSignInLink(
  { db }: Services,
  actor: Actor,
  { userId }: z.output<typeof zPersonRef>,
): Promise<Link> {
  requireRole(actor, "admin");
  return await write(db, async (tx) => {
    const person = await findUser(tx, userId);
    if (!person || person.disabledAt || person.simulated)
      throw new AppError("conflict", "This person cannot sign in: enable the account first.");
    await deleteLinkRequest(tx, userId);
    const link = await signInLinkFor(tx, person, { lasts: day, createdById: actor.id });
    await recordChange(tx, actor, {
      action: "invite.link",
      target: person,
      after: { expiresAt: link.expiresAt },
    });
    return link;
  });
}

/** The same for a mail that the person asked for themselves. */
export const mailedLinkMinutes = 15;
export const signInLinkFor = (
  tx: Sql,
  person: { id: UserId; role: Role },
  { lasts = mailedLinkMinutes * minute, createdById }: { lasts?: number; createdById: UserId },
): Promise<Link> =>
  makeLink(tx, { role: person.role, userId: person.id, usesLeft: 1, lasts, createdById });

/** The link that `npm start` prints: signs the first admin in, who is made when there is none. */
export async function firstAdminLink({ db }: Services): Promise<Link> {
  return await write(db, async (tx) => {
    const { id } =
      (await firstAdmin(tx)) ?? (await insertUser(tx, { name: "Admin", role: "admin" }));
    const about = { role: "admin", userId: id, usesLeft: 1, createdById: null } as const;
    return await makeLink(tx, { ...about, lasts: day });
  });
}

/** Why a link lets nobody in; a link that was never made is "unknown". */
export type Unusable = "unknown" | "used-up" | "expired" | "revoked";

export function whyUnusable(row: InviteRow | null, now = new Date()): Unusable | null {
  if (!row) return "unknown";
  if (row.revokedAt) return "revoked";
  if (row.usesLeft <= 0) return "used-up";
  return row.expiresAt <= now ? "expired" : null;
}

export type Inspected =
  | { kind: "sign-in"; name: string }
  | { kind: "join"; role: Role; campaign: string | null }
  | { kind: "unusable"; why: Unusable };

/** What a link would do, using nothing up. */
export async function inspectLink({ db }: Services, token: string): Promise<Inspected> {
  const found = await inviteByToken(db.read, tokenHash(token));
  const why = whyUnusable(found?.invite ?? null);
  if (!found || why) return { kind: "unusable", why: why ?? "unknown" };
  const { invite, userName, campaignName } = found;
  return invite.userId
    ? { kind: "sign-in", name: userName ?? "" }
    : { kind: "join", role: invite.role, campaign: campaignName };
}

export const zListInvites = z.object({ campaignId: zCampaignId.optional() });

/** Invitations that can still be used, newest first; their links cannot be shown again. */
export async function listInvites(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zListInvites> = {},
) {
  requireRole(actor, "admin", campaignId);
  return await openInvitations(db.read, new Date(), campaignId);
}

export const zRevokeInvite = z.object({ inviteId: zInviteId });

export async function revokeInvite(
  { db }: Services,
  actor: Actor,
  { inviteId }: z.output<typeof zRevokeInvite>,
): Promise<void> {
  await write(db, async (tx) => {
    const row = await findInvite(tx, inviteId);
    requireRole(actor, "admin", row?.campaignId);
    if (!row || whyUnusable(row))
      throw new AppError("not-found", "This invitation is gone already: reload the page.");
    await revokeInviteRow(tx, inviteId, new Date());
    await recordChange(tx, actor, {
      action: "invite.revoke",
      target: { id: inviteId, name: row.role },
      campaignId: row.campaignId,
      before: inviteFacts(row),
    });
  });
}
