import { readdirSync } from "node:fs";
import path from "node:path";
import { eq, getTableColumns, getTableName, is, Table } from "drizzle-orm";
import { getTableConfig as pgConfig, type PgTable } from "drizzle-orm/pg-core";
import { getTableConfig as liteConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Sql } from "../db/client";
import { dialect } from "../db/dialect";
import type { Column } from "../db/kit";
import { user } from "../db/schema";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import { type UserId, zUserId } from "../domain/ids";
import type { Actor, Services } from "./context";
import { erasePerson, exportPerson } from "./person-data";
import { testActor, testServices } from "./testing";

/** Texts that stay when their writer's data are deleted, and why; of every other column they must go. */
const stays: Record<string, string> = {
  "audit.actorId": "that something was changed, when and by whom: what it says of them goes",
  "adjudication.reviewerId": "an expert's order and its reason teach in the labelers' stead",
  "campaign.createdById": "the campaign's own",
  "campaign_consent.createdById": "what others agreed to",
  "consent.createdById": "what others agreed to",
  "demonstration.reviewerId": "another's text",
  "gold.createdById": "the campaign's own",
  "guideline.createdById": "what others worked by",
  "invite.createdById": "a way in of somebody else's",
  "job.createdById": "work of the install",
  "notice.createdById": "what a labeler was told",
  "notice.resolvedById": "what a labeler was told",
  "prompt.createdById": "what others answered and ranked",
  "prompt_import.createdById": "the campaign's own",
  "run.createdById": "how models came to be",
  "snapshot.createdById": "how models came to be",
  "study.createdById": "the campaign's own",
};
/** Of a few words that the program writes, or a hash: nothing that a person said. */
const programWords = new Set([
  "assignment.purpose",
  "assignment.servedBecause",
  "demonstration.status",
  "invite.role",
  "invite.tokenHash",
  "notice.action",
  "notice.measure",
  "ranking.purpose",
]);
/** A status, in which a row's text is its person's own and nobody else's yet. */
const statuses: Record<string, string> = {
  "assignment.status": "skipped",
  "demonstration.status": "draft",
};

interface Pointer {
  table: SQLiteTable;
  column: Column;
  /** "table.column" */
  name: string;
}

/** The foreign keys of a table: its own column, and the table that it points at. */
function keysOf(table: SQLiteTable): { column: Column; to: SQLiteTable }[] {
  const config = dialect === "sqlite" ? liteConfig(table) : pgConfig(table as unknown as PgTable);
  return config.foreignKeys.map((key) => {
    const { columns, foreignTable } = key.reference();
    return { column: columns[0] as Column, to: foreignTable };
  });
}

/** Every table of every file of the schema, whoever has added it. */
async function allTables(): Promise<SQLiteTable[]> {
  const folder = path.resolve("server/db");
  const files = readdirSync(folder).filter((name) => /^schema.*\.ts$/.test(name));
  const modules = await Promise.all(
    files.map((name) => import(path.join(folder, name)) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((one) =>
    Object.values(one).filter((value): value is SQLiteTable => is(value, Table)),
  );
}

/** Both are kept as text; only one takes what is no text. */
function isJson(column: Column): boolean {
  try {
    return column.mapToDriverValue([]) === "[]";
  } catch {
    return false;
  }
}

/** Fills rows with texts, numbers and moments that nothing else has, and the rows that they point at. */
let made = 0;
class Filler {
  constructor(private readonly tx: Sql) {}

  async row(table: SQLiteTable, given: Record<string, unknown>, mark: string) {
    const values: Record<string, unknown> = {};
    const keys = keysOf(table);
    const columns = Object.entries(getTableColumns(table)) as [string, Column][];
    for (const [key, column] of columns) {
      const name = `${getTableName(table)}.${column.name}`;
      const to = keys.find((one) => one.column === column)?.to;
      if (key in given) values[key] = given[key];
      else if (column.primary && column.hasDefault) continue; // an id is drawn
      else if (to && column.notNull) values[key] = await this.parent(to);
      else if (!to) values[key] = statuses[name] ?? this.valueOf(column, mark);
    }
    const [row] = await this.tx.insert(table).values(values).returning();
    return row as Record<string, unknown>;
  }

  private async parent(table: SQLiteTable): Promise<unknown> {
    const { id } = await this.row(table, {}, "of nobody here");
    return id;
  }

  private valueOf(column: Column, mark: string): unknown {
    const n = 700_000 + made++;
    if (column.name === "ratings") return { each: {}, answers: { q: `${mark} ${n}` } };
    if (column.name === "draft") return { comment: `${mark} ${n}` };
    if (column.dataType === "custom") return isJson(column) ? [] : `${mark} ${n}`;
    switch (column.dataType) {
      case "boolean":
        return false;
      case "date":
        return new Date(Date.UTC(2031, 0, 1) + n * 1000);
      default:
        return n;
    }
  }
}

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let pointers: Pointer[];
  beforeAll(async () => {
    const tables = await allTables();
    pointers = tables.flatMap((table) =>
      keysOf(table)
        .filter(({ to }) => getTableName(to) === getTableName(user))
        .map(({ column }) => ({ table, column, name: `${getTableName(table)}.${column.name}` })),
    );
  });
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
  });

  /** One person, and one row that points at them in this column. */
  async function personIn({ table, column }: Pointer) {
    const person = await testActor(ctx, "labeler", `P ${column.name}`);
    const mark = `mark-${person.id}`;
    const key = Object.entries(getTableColumns(table)).find(([, one]) => one === column)![0];
    const row = await write(ctx.db, (tx) => new Filler(tx).row(table, { [key]: person.id }, mark));
    return { userId: zUserId.parse(person.id), mark, row };
  }

  const exported = async (userId: UserId) => (await exportPerson(ctx, admin, { userId })).text;

  test("the walk finds the columns that are known to point at a person", () => {
    const names = pointers.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["ranking.labelerId", "session.userId", "quiz_item.userId"]),
    );
    expect(names.length).toBeGreaterThan(30);
    expect(Object.keys(stays).filter((name) => !names.includes(name))).toEqual([]);
  });

  test("every column that points at a person is in what they can take along", async () => {
    const missing: string[] = [];
    for (const pointer of pointers) {
      const { userId, mark, row } = await personIn(pointer);
      const text = await exported(userId);
      const traces = Object.values(row).flatMap((value) => {
        if (value instanceof Date) return [value.toISOString()];
        if (typeof value === "number" && value >= 700_000) return [String(value)];
        return typeof value === "string" && value.includes(mark) ? [value] : [];
      });
      if ("id" in row) traces.push(String(row.id));
      if (!traces.some((trace) => text.includes(trace))) missing.push(pointer.name);
    }
    expect(missing).toEqual([]);
  });

  test("after deletion no column that points at a person has their words, but where it must stay", async () => {
    const left: string[] = [];
    for (const pointer of pointers) {
      const { userId, mark } = await personIn(pointer);
      if (pointer.name === "erasure.userId") continue; // it is what deletion leaves
      await erasePerson(ctx, admin, { userId });
      const rows = await ctx.db.read.select().from(pointer.table).where(eq(pointer.column, userId));
      const words = Object.entries(rows[0] ?? {})
        .filter(([name]) => !programWords.has(`${getTableName(pointer.table)}.${name}`))
        .filter(([, value]) => JSON.stringify(value)?.includes(mark))
        .map(([name]) => name);
      if (pointer.name in stays) {
        if (rows.length === 0) left.push(`${pointer.name} is gone: it need not be let stay`);
      } else if (words.length > 0) left.push(`${pointer.name}: ${words.join()}`);
    }
    expect(left).toEqual([]);
  });
});
