import path from "node:path";
import type { Db } from "../db/client";
import { openDatabase } from "../db/open";
import { AppError } from "../domain/app-error";
import type { CampaignId, SessionId, UserId } from "../domain/ids";
import { mayActAs, mayIn, maySomewhere, type Role, type Roles } from "../domain/roles";
import { foldersIn, type Folders } from "./folders";

/** What every service works on: its first argument. */
export interface Services {
  readonly db: Db;
  readonly folders: Folders;
}

/** Who asks: a service's second argument. */
export interface Actor extends Roles {
  readonly id: UserId;
  readonly name: string;
  readonly simulated: boolean;
  readonly locale: string | null;
  /** The session of this request, where a browser asks. */
  readonly sessionId?: SessionId;
}

/**
 * @param campaignId where a role in that campaign is enough; without it only a role in all campaigns is
 * @throws AppError forbidden unless the actor may do what is meant for `role`
 */
export function requireRole(actor: Actor, role: Role, campaignId?: CampaignId | null): void {
  if (campaignId ? mayIn(actor, role, campaignId) : mayActAs(actor.role, role)) return;
  const where = campaignId ? "this campaign's " : "";
  const here = (campaignId && actor.inCampaigns?.get(campaignId)) || actor.role;
  throw new AppError(
    "forbidden",
    `This is for ${where}${role === "admin" ? "admins" : `${role}s and admins`}, and you are signed in as ${here}: ask an admin.`,
  );
}

/** The first check of what has many campaigns: @throws AppError forbidden where the actor has the role in none */
export function requireSomewhere(actor: Actor, role: Role): void {
  if (!maySomewhere(actor, role)) requireRole(actor, role);
}

/** The database address and the folders that the environment names. */
export function settings(env: NodeJS.ProcessEnv = process.env): { url: string; folders: Folders } {
  const data = path.resolve(/* turbopackIgnore: true */ env.REVEALED_DATA || "data");
  return { url: env.DATABASE_URL || path.join(data, "revealed.sqlite"), folders: foldersIn(data) };
}

const shared = globalThis as { revealedServices?: Services };

/** The services of this process; one database connection however often the site's code is reloaded. */
export function services(): Services {
  if (!shared.revealedServices) {
    const { url, folders } = settings();
    shared.revealedServices = { db: openDatabase(url), folders };
  }
  return shared.revealedServices;
}
