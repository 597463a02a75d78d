import { z } from "zod";
import type { CampaignId } from "./ids";

/** The roles that somebody can have in one campaign. */
export const zCampaignRole = z.enum(["labeler", "reviewer", "researcher", "admin"]);
export type CampaignRole = z.infer<typeof zCampaignRole>;

/** From the narrowest to the widest. */
export const roles = ["guest", ...zCampaignRole.options] as const;
export const zRole = z.enum(roles);
/**
 * What a person may do in all campaigns: a guest nothing (they work only where they were added), a labeler
 * labels, a reviewer also judges others' work, a researcher reads all and trains, an admin does everything.
 */
export type Role = z.infer<typeof zRole>;

/** The roles whose holders may do what `role` may. */
const holders: Record<Role, readonly Role[]> = {
  guest: roles,
  labeler: ["labeler", "reviewer", "admin"],
  reviewer: ["reviewer", "admin"],
  researcher: ["researcher", "admin"],
  admin: ["admin"],
};

/** Whether somebody with the role `actual` may do what is meant for `wanted`. */
export const mayActAs = (actual: Role, wanted: Role): boolean => holders[wanted].includes(actual);

/** A person's roles: one in all campaigns, and those they have in single ones besides. */
export interface Roles {
  readonly role: Role;
  readonly inCampaigns?: ReadonlyMap<CampaignId, CampaignRole>;
}

/** Whether they may act as `wanted` in this campaign. */
export function mayIn(person: Roles, wanted: Role, campaignId: CampaignId): boolean {
  const there = person.inCampaigns?.get(campaignId);
  return mayActAs(person.role, wanted) || (there !== undefined && mayActAs(there, wanted));
}

/** The campaigns where they may act as `wanted` by a role of that campaign. */
export const campaignsAs = (person: Roles, wanted: Role): CampaignId[] =>
  [...(person.inCampaigns ?? [])].filter(([, role]) => mayActAs(role, wanted)).map(([id]) => id);

/** Whether there is any campaign, or all of them, where they may act as `wanted`. */
export const maySomewhere = (person: Roles, wanted: Role): boolean =>
  mayActAs(person.role, wanted) || campaignsAs(person, wanted).length > 0;

/** The widest of their roles in this campaign. */
export function roleIn(person: Roles, campaignId: CampaignId): Role {
  const there = person.inCampaigns?.get(campaignId) ?? "guest";
  return roles.indexOf(there) > roles.indexOf(person.role) ? there : person.role;
}
