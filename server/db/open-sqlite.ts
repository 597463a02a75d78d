import { mkdirSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { Db, Sql } from "./client";

function connect(file: string): Database.Database {
  const client = new Database(file, { timeout: 10_000 });
  client.pragma("journal_mode = WAL");
  client.pragma("synchronous = NORMAL");
  client.pragma("foreign_keys = ON");
  client.pragma("cache_size = -32000"); // kB; with the default of 2 MB a large database is read again and again
  return client;
}

/**
 * One connection writes, one transaction at a time (BEGIN IMMEDIATE waits for other processes, the chain for
 * this one); another reads beside it, so that no reader waits or sees half a change.
 */
export function openSqlite(file: string): Db {
  mkdirSync(path.dirname(file), { recursive: true });
  const writer = connect(file);
  const reader = connect(file);
  reader.pragma("query_only = ON");
  const tx = drizzle(writer) as unknown as Sql;
  let last: Promise<unknown> = Promise.resolve();

  const transaction = async <T>(change: (tx: Sql) => Promise<T>): Promise<T> => {
    writer.exec("BEGIN IMMEDIATE");
    try {
      const result = await change(tx);
      writer.exec("COMMIT");
      return result;
    } catch (error) {
      if (writer.inTransaction) writer.exec("ROLLBACK");
      throw error;
    }
  };

  return {
    dialect: "sqlite",
    read: drizzle(reader) as unknown as Sql,
    transact: (change) => {
      const done = last.then(() => transaction(change));
      last = done.catch(() => undefined);
      return done;
    },
    close: async () => {
      await last;
      reader.close();
      writer.close();
    },
  };
}
