import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { MakeDb } from "../db/testing";
import { insertUser } from "../db/queries/user";
import { write } from "../db/write";
import type { Role } from "../domain/roles";
import type { Actor, Services } from "./context";
import { foldersIn } from "./folders";

/** Services over an empty database and an empty data folder. */
export async function testServices(makeDb: MakeDb): Promise<Services> {
  const data = mkdtempSync(path.join(tmpdir(), "revealed-data-"));
  return { db: await makeDb(), folders: foldersIn(data, path.join(data, "shipped")) };
}

/** A person of the role, written to the database. */
export async function testActor(
  { db }: Services,
  role: Role,
  name: string = role,
  simulated = false,
): Promise<Actor> {
  const row = await write(db, (tx) => insertUser(tx, { name, role, simulated }));
  return { id: row.id, name, role, simulated, locale: null };
}
