import { z } from "zod";
import type { Reader } from "../db/client";
import { type CampaignRow, findCampaign, updateCampaign } from "../db/queries/campaign";
import {
  deleteMember,
  findMember,
  membersOf,
  type Reach,
  setMemberRow,
} from "../db/queries/member";
import { findUser, findUserByEmail, isErased } from "../db/queries/user";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { type CampaignId, zCampaignId, zUserId } from "../domain/ids";
import { campaignsAs, mayActAs, type Role, zCampaignRole } from "../domain/roles";
import { recordChange } from "./audit";
import { type Actor, requireRole, type Services } from "./context";
import { zEmail } from "./users";

/** Where somebody may act as `role`: what a list of things of many campaigns is cut to. */
export function reachOf(actor: Actor, role: Role): Reach {
  const everywhere = mayActAs(actor.role, role);
  return {
    // labeling in a campaign for members only is not for everybody who labels; an admin is not kept out
    everywhere: everywhere && (role !== "labeler" || actor.role === "admin" || actor.simulated),
    unlessMembersOnly: everywhere,
    campaignIds: campaignsAs(actor, role),
  };
}

/** @throws AppError forbidden unless the actor may label in this campaign now */
export function requireLabelerIn(
  actor: Actor,
  campaign: Pick<CampaignRow, "id" | "membersOnly">,
): void {
  const { everywhere, unlessMembersOnly, campaignIds } = reachOf(actor, "labeler");
  if (everywhere || campaignIds.includes(campaign.id)) return;
  if (unlessMembersOnly && !campaign.membersOnly) return;
  throw new AppError(
    "forbidden",
    "You do not label in this campaign any more: go home for what is left to do, or ask an admin.",
  );
}

async function existing(db: Reader, id: CampaignId): Promise<CampaignRow> {
  const row = await findCampaign(db, id);
  if (!row) throw new AppError("not-found", "There is no such campaign: it may have been removed.");
  return row;
}

export const zMembersOf = z.object({ campaignId: zCampaignId });

/** Who has a role of this campaign, and whether only they may label. */
export async function listMembers(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zMembersOf>,
) {
  requireRole(actor, "admin", campaignId);
  const { membersOnly } = await existing(db.read, campaignId);
  return { membersOnly, members: await membersOf(db.read, campaignId) };
}

export const zSetMember = z.object({
  campaignId: zCampaignId,
  /** Somebody who has an account, by id or by e-mail address. */
  person: z.union([z.object({ userId: zUserId }), z.object({ email: zEmail })]),
  role: zCampaignRole,
});

/** Gives a person a role in a campaign; takes effect at their next request. */
export async function setMember(
  { db }: Services,
  actor: Actor,
  { campaignId, person, role }: z.output<typeof zSetMember>,
): Promise<{ name: string }> {
  requireRole(actor, "admin", campaignId);
  return await write(db, async (tx) => {
    await existing(tx, campaignId);
    const found =
      "userId" in person
        ? await findUser(tx, person.userId)
        : await findUserByEmail(tx, person.email);
    if (!found || (await isErased(tx, found.id)))
      throw new AppError(
        "not-found",
        "Nobody here has this e-mail address: invite them by a link instead.",
      );
    const before = await findMember(tx, campaignId, found.id);
    await setMemberRow(tx, { campaignId, userId: found.id, role });
    await recordChange(tx, actor, {
      action: "member.set",
      target: found,
      campaignId,
      before: before && { role: before.role },
      after: { role },
    });
    return { name: found.name };
  });
}

export const zRemoveMember = z.object({ campaignId: zCampaignId, userId: zUserId });

/** Takes a person's role in a campaign away; what they did there stays. */
export async function removeMember(
  { db }: Services,
  actor: Actor,
  { campaignId, userId }: z.output<typeof zRemoveMember>,
): Promise<void> {
  requireRole(actor, "admin", campaignId);
  await write(db, async (tx) => {
    const before = await deleteMember(tx, campaignId, userId);
    if (!before)
      throw new AppError("not-found", "This person is no member any more: reload the page.");
    const person = await findUser(tx, userId);
    await recordChange(tx, actor, {
      action: "member.remove",
      target: { id: userId, name: person?.name ?? "" },
      campaignId,
      before: { role: before.role },
    });
  });
}

export const zSetAccess = z.object({ campaignId: zCampaignId, membersOnly: z.boolean() });

/** Whether everybody who labels may label here, or members only. */
export async function setAccess(
  { db }: Services,
  actor: Actor,
  { campaignId, membersOnly }: z.output<typeof zSetAccess>,
): Promise<void> {
  requireRole(actor, "admin", campaignId);
  await write(db, async (tx) => {
    const before = await existing(tx, campaignId);
    await updateCampaign(tx, campaignId, { membersOnly });
    await recordChange(tx, actor, {
      action: "campaign.access",
      target: before,
      campaignId,
      before: { membersOnly: before.membersOnly },
      after: { membersOnly },
    });
  });
}
