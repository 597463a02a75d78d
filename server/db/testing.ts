import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { afterAll, beforeAll, describe } from "vitest";
import type { Db } from "./client";
import { dialect } from "./dialect";
import { migrateDatabase, migrationsFolder } from "./migrate";
import { openDatabase } from "./open";
import { postgresDb, type PostgresDatabase } from "./open-postgres";

const pgliteManifest = path.resolve("node_modules/@electric-sql/pglite/package.json");

/** An empty, migrated database of this process's dialect. */
export type MakeDb = () => Promise<Db>;

/**
 * Tests that hold in both dialects. The test runner loads the file once per dialect (project `unit` is SQLite in
 * a file, `unit-postgresql` is PGlite); `body` gets a maker of empty databases, closed when its tests are over.
 * On PGlite a database made later empties the one made before: make one per test.
 */
export function forEachDialect(body: (makeDb: MakeDb) => void): void {
  describe(`on ${dialect}`, () => (dialect === "sqlite" ? onSqlite(body) : onPglite(body)));
}

function onSqlite(body: (makeDb: MakeDb) => void): void {
  let folder = "";
  let made = 0;
  const open: Db[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "revealed-test-"));
    await migrateDatabase(path.join(folder, "template.sqlite"));
  });
  afterAll(async () => {
    for (const db of open) await db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  body(async () => {
    const file = path.join(folder, `${made++}.sqlite`);
    copyFileSync(path.join(folder, "template.sqlite"), file);
    const db = openDatabase(file);
    open.push(db);
    return db;
  });
}

/** Deletes, which is faster than truncating for a handful of rows; as a replica, so in any order of the tables. */
const emptyAllTables = `SET session_replication_role = replica;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'DELETE FROM ' || quote_ident(name);
  END LOOP;
END $$;
SET session_replication_role = DEFAULT`;

const started = globalThis as { pglite?: Promise<PGlite> };

/** PGlite with our schema, from a dump when one was made of these migrations: eight times faster than anew. */
async function startPglite(): Promise<PGlite> {
  const folder = migrationsFolder("postgresql");
  const hash = createHash("sha256").update(readFileSync(pgliteManifest));
  for (const name of readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort())
    hash.update(readFileSync(path.join(folder, name)));
  const dump = path.resolve("node_modules/.cache", `pglite-${hash.digest("hex").slice(0, 16)}.tar`);
  if (existsSync(dump)) {
    return await PGlite.create({ loadDataDir: new Blob([readFileSync(dump)]) });
  }
  const client = await PGlite.create();
  await migrate(drizzle(client), { migrationsFolder: folder });
  const tar = await client.dumpDataDir("none");
  mkdirSync(path.dirname(dump), { recursive: true });
  writeFileSync(`${dump}.${process.pid}`, Buffer.from(await tar.arrayBuffer()));
  renameSync(`${dump}.${process.pid}`, dump); // whole or not there, however many test files start at once
  return client;
}

function onPglite(body: (makeDb: MakeDb) => void): void {
  let client: PGlite;
  beforeAll(async () => {
    // One for all files of the process: starting it takes longer than most of their tests
    started.pglite ??= startPglite();
    client = await started.pglite;
  });
  body(async () => {
    await client.exec(emptyAllTables);
    return postgresDb(drizzle(client) as unknown as PostgresDatabase, async () => {});
  });
}
