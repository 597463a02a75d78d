import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { Dialect } from "./dialect";

/**
 * What queries are written with: the part of drizzle that is the same in both dialects. Every call is awaited.
 * `db.read` is one, and so is the `tx` of a write.
 */
export type Sql = Pick<
  BaseSQLiteDatabase<"async", unknown>,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "with" | "$with" | "$count"
>;
export type Reader = Pick<Sql, "select" | "selectDistinct" | "with" | "$with" | "$count">;

/** An open database. Read with `db.read`; change it with `write(db, async (tx) => …)`, no other way. */
export interface Db {
  readonly dialect: Dialect;
  readonly read: Reader;
  /** For `write` alone. */
  readonly transact: <T>(change: (tx: Sql) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}
