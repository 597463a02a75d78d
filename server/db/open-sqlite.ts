import { mkdirSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { Db, Sql } from "./client";

/** Statements that a connection keeps compiled: more than the site's queries are. */
const kept = 500;

/** Compiles each text once: compiling takes longer than most of what is then run. The longest unused goes first. */
function keepStatements(client: Database.Database): void {
  const statements = new Map<string, Database.Statement>();
  const compile = client.prepare.bind(client);
  const prepare = (text: string) => {
    const found = statements.get(text);
    // drizzle asks for rows as arrays or as objects: whoever had it last may have left it the other way
    if (found?.reader) found.raw(false);
    const statement = found ?? compile(text);
    statements.delete(text);
    statements.set(text, statement);
    if (statements.size > kept) statements.delete(statements.keys().next().value ?? "");
    return statement;
  };
  Object.assign(client, { prepare });
}

function connect(file: string): Database.Database {
  const client = new Database(file, { timeout: 10_000 });
  keepStatements(client);
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
