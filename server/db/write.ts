import { AsyncLocalStorage } from "node:async_hooks";
import { AppError } from "../domain/app-error";
import type { Db, Sql } from "./client";

const writing = new AsyncLocalStorage<Db>();

/**
 * Changes the database in one transaction, serialised against every other: all of it happens or none.
 * Read through `tx` inside. `change` may run again after a conflict (PostgreSQL), so it touches nothing else.
 */
export async function write<T>(db: Db, change: (tx: Sql) => Promise<T>): Promise<T> {
  if (writing.getStore() === db) {
    throw new AppError(
      "internal",
      "A write was begun inside a write of the same database, which would wait for itself: pass its tx on.",
    );
  }
  return await db.transact((tx) => writing.run(db, () => change(tx)));
}
