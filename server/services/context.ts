import path from "node:path";
import type { Db } from "../db/client";
import { openDatabase } from "../db/open";
import { AppError } from "../domain/app-error";
import type { UserId } from "../domain/ids";
import { mayActAs, type Role } from "../domain/roles";
import { foldersIn, type Folders } from "./folders";

/** What every service works on: its first argument. */
export interface Services {
  readonly db: Db;
  readonly folders: Folders;
}

/** Who asks: a service's second argument. */
export interface Actor {
  readonly id: UserId;
  readonly name: string;
  readonly role: Role;
  readonly simulated: boolean;
  readonly locale: string | null;
}

/** @throws AppError forbidden unless the actor may do what is meant for `role` */
export function requireRole(actor: Actor, role: Role): void {
  if (mayActAs(actor.role, role)) return;
  throw new AppError(
    "forbidden",
    `This is for ${role === "admin" ? "admins" : `${role}s and admins`}, and you are signed in as ${actor.role}: ask an admin.`,
  );
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
