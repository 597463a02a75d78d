import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
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

function onPglite(body: (makeDb: MakeDb) => void): void {
  let client: PGlite;
  beforeAll(async () => {
    client = await PGlite.create();
    await migrate(drizzle(client), { migrationsFolder: migrationsFolder("postgresql") });
  });
  afterAll(() => client.close());
  body(async () => {
    await client.exec(`DO $$ DECLARE names text; BEGIN
      SELECT string_agg(quote_ident(tablename), ', ') INTO names FROM pg_tables WHERE schemaname = 'public';
      EXECUTE 'TRUNCATE TABLE ' || names || ' CASCADE';
    END $$`);
    return postgresDb(drizzle(client) as unknown as PostgresDatabase, async () => {});
  });
}
