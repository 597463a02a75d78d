import { fileURLToPath } from "node:url";
import { AppError } from "../domain/app-error";
import type { Db } from "./client";
import { dialect, type Dialect } from "./dialect";
import { openPostgres } from "./open-postgres";
import { openSqlite } from "./open-sqlite";

/** Which dialect an address speaks: `postgres://…`, or a path or `file:` address of SQLite. */
export const dialectOf = (url: string): Dialect =>
  /^postgres(ql)?:/.test(url) ? "postgresql" : "sqlite";

/** @throws AppError bad-input when this process was started for the other dialect */
export function openDatabase(url: string): Db {
  if (dialectOf(url) !== dialect) {
    throw new AppError(
      "bad-input",
      `The database address is of ${dialectOf(url)}, but this process speaks ${dialect}: give the address as DATABASE_URL before it starts.`,
    );
  }
  if (dialect === "postgresql") return openPostgres(url);
  const file = url.startsWith("file://") ? fileURLToPath(url) : url.replace(/^file:/, "");
  return openSqlite(file);
}
