/* oxlint-disable typescript/no-unnecessary-type-parameters -- the caller says what a column holds */
import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import * as pg from "drizzle-orm/pg-core";
import * as lite from "drizzle-orm/sqlite-core";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import { newId } from "../domain/ids";
import { storable, storableText } from "../domain/storable";
import { dialect } from "./dialect";

/**
 * Columns that exist in both dialects. Each function builds the column of this process's dialect and is typed
 * as the SQLite one, so that one schema and one set of queries serve both. Columns are NOT NULL; those under
 * `optional` may be null.
 */
const postgres = dialect === "postgresql";
const as = <T>(column: unknown): T => column as T;

/** Whatever text is written, by a person or a model: PostgreSQL refuses what SQLite would take. */
const kept = { dataType: () => "text", toDriver: storableText };
const liteText = lite.customType<{ data: string; driverData: string }>(kept);
const pgText = pg.customType<{ data: string; driverData: string }>(kept);
const parse = (text: unknown): unknown => (typeof text === "string" ? JSON.parse(text) : text);
const stringify = (value: unknown): string => {
  const text = JSON.stringify(value);
  return /\\u0000|\\ud[89a-f]/.test(text) ? JSON.stringify(storable(value)) : text;
};
const liteJson = lite.customType<{ data: unknown; driverData: string }>({
  dataType: () => "text",
  toDriver: stringify,
  fromDriver: parse,
});
const pgJson = pg.customType<{ data: unknown; driverData: string }>({
  dataType: () => "jsonb",
  toDriver: stringify,
  fromDriver: parse,
});

const makeText = <T extends string>() => {
  const sqlite = () => lite.text().$type<T>();
  return as<ReturnType<typeof sqlite>>(postgres ? pgText() : liteText());
};
const makeInteger = () => {
  const sqlite = () => lite.integer({ mode: "number" });
  return postgres ? as<ReturnType<typeof sqlite>>(pg.integer()) : sqlite();
};
const makeBigint = () => {
  const sqlite = () => lite.integer({ mode: "number" });
  return postgres ? as<ReturnType<typeof sqlite>>(pg.bigint({ mode: "number" })) : sqlite();
};
const makeReal = () => {
  const sqlite = () => lite.real();
  return postgres ? as<ReturnType<typeof sqlite>>(pg.doublePrecision()) : sqlite();
};
const makeBoolean = () => {
  const sqlite = () => lite.integer({ mode: "boolean" });
  return postgres ? as<ReturnType<typeof sqlite>>(pg.boolean()) : sqlite();
};
const makeTimestamp = () => {
  const sqlite = () => lite.integer({ mode: "timestamp_ms" });
  return postgres
    ? as<ReturnType<typeof sqlite>>(
        pg.timestamp({ withTimezone: true, precision: 3, mode: "date" }),
      )
    : sqlite();
};
const makeJson = <T>() => {
  const sqlite = () => lite.text({ mode: "json" }).$type<T>();
  return as<ReturnType<typeof sqlite>>(postgres ? pgJson() : liteJson());
};

/** Text, or one of a few words: `text<"draft" | "open">()`. */
export const text = <T extends string = string>() => makeText<T>().notNull();
export const integer = () => makeInteger().notNull();
/** A whole number up to 2^53. */
export const bigint = () => makeBigint().notNull();
export const real = () => makeReal().notNull();
export const boolean = () => makeBoolean().notNull();
/** A moment to the millisecond, read as a Date. */
export const timestamp = () => makeTimestamp().notNull();
/** The moment the row was written. */
export const createdAt = () => timestamp().$defaultFn(() => new Date());
/** The moment the row was last written. */
export const updatedAt = () =>
  timestamp()
    .$defaultFn(() => new Date())
    .$onUpdateFn(() => new Date());
export const json = <T>() => makeJson<T>().notNull();

/** The primary key, drawn at random when the row is written without one. */
export const id = <T extends string>() =>
  makeText<T>()
    .primaryKey()
    .$defaultFn(() => newId<T>());
/** Points at another table's id. In a circle of tables annotate the arrow: `(): Column => run.id`. */
export const ref = <T extends string>(target: () => Column) =>
  makeText<T>().notNull().references(target);

export const optional = {
  text: makeText,
  integer: makeInteger,
  bigint: makeBigint,
  real: makeReal,
  boolean: makeBoolean,
  timestamp: makeTimestamp,
  json: makeJson,
  ref: <T extends string>(target: () => Column) => makeText<T>().references(target),
};

export type Column = AnySQLiteColumn;

export const table: typeof lite.sqliteTable = postgres ? as(pg.pgTable) : lite.sqliteTable;
export const index: typeof lite.index = postgres ? as(pg.index) : lite.index;
/** A unique index; a null differs from every other null in both dialects. */
export const unique: typeof lite.uniqueIndex = postgres ? as(pg.uniqueIndex) : lite.uniqueIndex;
export const primaryKey: typeof lite.primaryKey = postgres ? as(pg.primaryKey) : lite.primaryKey;

/**
 * A text of any length as an index holds it. PostgreSQL takes no more than 8 kB in an index: there it is the text's MD5,
 * whose collisions nobody meets by chance. Look it up by `digestOf`.
 */
export const digest = (column: Column): Column | SQL => (postgres ? sql`md5(${column})` : column);
export const digestOf = (text: string): string =>
  postgres ? createHash("md5").update(text).digest("hex") : text;
