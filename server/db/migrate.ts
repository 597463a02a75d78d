import { existsSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { drizzle as drizzleSqlite } from "drizzle-orm/better-sqlite3";
import { migrate as migrateSqlite } from "drizzle-orm/better-sqlite3/migrator";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { migrate as migratePostgres } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { AppError } from "../domain/app-error";
import { openDatabase, dialectOf } from "./open";
import type { Dialect } from "./dialect";

export function migrationsFolder(dialect: Dialect): string {
  const folder = path.join(process.cwd(), "server", "db", "migrations", dialect);
  if (existsSync(folder)) return folder;
  throw new AppError(
    "internal",
    `The migrations are not at ${folder}: start Revealed from its own folder.`,
  );
}

/**
 * Brings the database at `url` to this version's schema. One process runs it, before web and worker start:
 * drizzle's migrator races when several do.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const kind = dialectOf(url);
  const migrationsDir = { migrationsFolder: migrationsFolder(kind) };
  if (kind === "postgresql") {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await migratePostgres(drizzlePostgres(client), migrationsDir);
    } finally {
      await client.end();
    }
    return;
  }
  await openDatabase(url).close(); // makes the folder and turns WAL on
  const client = new Database(url.replace(/^file:(\/\/)?/, ""));
  try {
    // A migration that rebuilds a table must not set off its foreign keys
    client.pragma("foreign_keys = OFF");
    migrateSqlite(drizzleSqlite(client), migrationsDir);
  } finally {
    client.close();
  }
}
