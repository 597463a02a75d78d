import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import type { Db, Sql } from "./client";

/** Serialisation failure, deadlock: the transaction did nothing and may be tried again. */
const retriable = new Set(["40001", "40P01"]);

const codeOf = (error: unknown): unknown =>
  error instanceof Error ? ((error as { code?: unknown }).code ?? codeOf(error.cause)) : undefined;

/** The part of drizzle's PostgreSQL databases that `Db` is made of; node-postgres and PGlite both have it. */
export type PostgresDatabase = Pick<NodePgDatabase, "transaction">;

/** A `Db` over PostgreSQL: serialisable transactions, tried again when they collide. */
export function postgresDb(database: PostgresDatabase, close: () => Promise<void>): Db {
  return {
    dialect: "postgresql",
    read: database as unknown as Sql,
    transact: async (change) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await database.transaction((tx) => change(tx as unknown as Sql), {
            isolationLevel: "serializable",
          });
        } catch (error) {
          if (attempt >= 20 || !retriable.has(String(codeOf(error)))) throw error;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
        }
      }
    },
    close,
  };
}

export function openPostgres(url: string): Db {
  const pool = new Pool({ connectionString: url, max: 10 });
  pool.on("error", () => {}); // an idle connection that drops is replaced at the next query
  return postgresDb(drizzle(pool), () => pool.end());
}
