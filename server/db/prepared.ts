import { type Param, sql } from "drizzle-orm";
import type { Reader, Sql } from "./client";
import { dialect } from "./dialect";

/** Stands in a query's text for a value that comes at each call. */
export type Given<Values> = { readonly [Name in keyof Values]: Param<Values[Name], unknown> };
/** A value, or what stands for one: conditions that a query takes from elsewhere are written for both. */
export type Value<T> = T | Param<T, unknown>;

interface Buildable<Rows> {
  prepare: () => { execute: (values: Record<string, unknown>) => Promise<Rows> };
}
type Query<Rows> = ReturnType<Buildable<Rows>["prepare"]>;

const sqlite = dialect === "sqlite";
/** Compared with a column: what its own encoder would make of it. */
const encoder = {
  mapToDriverValue: (value: unknown): unknown => {
    if (value instanceof Date) return sqlite ? value.getTime() : value.toISOString();
    return sqlite && typeof value === "boolean" ? Number(value) : value;
  },
};
const given = new Proxy<Record<string, Param>>(
  {},
  {
    get: (known, name: string) => (known[name] ??= sql.param(sql.placeholder(name), encoder)),
    ownKeys: () => {
      throw new Error(
        "What is given has no list of names: name each value, instead of `...given`.",
      );
    },
  },
);

/** Shapes of one query that are kept for a connection: of people who differ in what they may see. */
const kept = 50;

/**
 * A query that is built once for each connection and shape, and then only given its values: drizzle takes longer to
 * build a small query than SQLite to answer it, and a labeler's call asks a dozen. What is written is given whole: a
 * default that a column draws would be drawn once. A transaction of PostgreSQL's is a connection of its own here.
 * @param build `given.name` stands for the value of that name; what changes the text itself is its shape
 */
export function prepared<Values extends object, Rows, Shape = undefined>(
  build: (db: Sql, given: Given<Values>, shape: Shape) => Buildable<Rows>,
): (
  db: Reader,
  values: Values,
  ...shape: Shape extends undefined ? [] : [shape: Shape]
) => Promise<Rows> {
  const built = new WeakMap<Reader, Map<string, Query<Rows>>>();
  return async (db, values, ...rest) => {
    const [shape] = rest as [Shape];
    const key = shape === undefined ? "" : JSON.stringify(shape);
    let queries = built.get(db);
    if (!queries) built.set(db, (queries = new Map()));
    let query = queries.get(key);
    if (!query) {
      query = build(db as Sql, given as Given<Values>, shape).prepare();
      if (queries.size >= kept) queries.clear();
      queries.set(key, query);
    }
    return await query.execute(values as Record<string, unknown>);
  };
}
