import * as fc from "fast-check";
import { TRPCError } from "@trpc/server";
import { is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { beforeEach, expect, test, vi } from "vitest";
import type { z } from "zod";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import * as peopleSchema from "../db/schema-people";
import * as qualitySchema from "../db/schema-quality";
import { write } from "../db/write";
import type { Actor, Services } from "../services/context";
import { nextTask } from "../services/labeling";
import { submitRanking } from "../services/labeling-submit";
import { testCampaign, testTask } from "../services/snapshots-testing";
import { testActor, testServices } from "../services/testing";
import { inputsNear } from "./fuzz-inputs";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

/** More of both by FUZZ_RUNS and FUZZ_SEED; as it is the fuzz finds the same each time. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 25);
const seed = Number(process.env.FUZZ_SEED ?? 1);

const createCaller = createCallerFactory(appRouter);
/* oxlint-disable no-underscore-dangle -- the one way to a router's procedures and their schemas */
// by their full names, which the type does not tell
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: object }>;

const inputOf = (name: string): z.core.$ZodType | undefined => {
  const { inputs = [] } = procedures[name]._def as { inputs?: z.core.$ZodType[] };
  return inputs[0];
};
/* oxlint-enable no-underscore-dangle */

/** A site in the middle of its work: something of most nouns, so that ids lead somewhere. */
async function world(ctx: Services) {
  const campaign = await testCampaign(ctx, "sorting");
  const people: Record<string, Actor> = {};
  for (const role of ["guest", "labeler", "reviewer", "researcher", "admin"] as const)
    people[role] = await testActor(ctx, role, role);
  const { campaignId } = campaign;
  for (let i = 0; i < 4; i++) {
    const made = await testTask(
      ctx,
      campaign,
      `p${i}`,
      ["1", "2", "3", "4"].map((n) => `${i}${n}`),
    );
    if (i > 0) continue;
    await write(ctx.db, (tx) =>
      tx.insert(qualitySchema.gold).values({
        taskId: made.taskId,
        campaignId,
        expected: made.completionIds.map((id) => [id]),
      }),
    );
  }
  for (let i = 0; i < 2; i++) {
    const task = (await nextTask(ctx, people.labeler))!;
    if (i === 0)
      await submitRanking(ctx, people.labeler, {
        assignmentId: task.assignmentId,
        ranking: {
          groups: [task.completions.map(({ letter }) => letter)],
          notRankable: [],
          noneAcceptable: false,
          seconds: 1,
        },
      });
  }
  await write(ctx.db, async (tx) => {
    const [{ id: promptId }] = await tx.select().from(schema.prompt);
    const authorId = people.reviewer.id;
    await tx.insert(schema.demonstration).values({
      campaignId,
      promptId,
      authorId,
      text: "an answer",
      status: "submitted",
    });
    await tx.insert(schema.run).values({ kind: "sft", config: {}, seed: 1, status: "running" });
    await tx.insert(schema.job).values({ name: "train", input: {}, status: "running" });
    await tx.insert(peopleSchema.study).values({
      campaignId,
      name: "study",
      market: "mturk",
      tasks: 3,
      status: "open",
    });
    await tx.insert(qualitySchema.notice).values({
      campaignId,
      labelerId: people.labeler.id,
      measure: "person",
      action: "warn",
      rankings: 3,
    });
  });
  return people;
}

/** The ids of all rows, and a few words that they hold. */
async function knownWords({ db }: Services): Promise<string[]> {
  const known = ["sorting", "typed in", "a sentence that is easy to keep", "ada@example.org", "en"];
  const tables = Object.values({ ...schema, ...peopleSchema, ...qualitySchema });
  for (const table of tables) {
    if (!is(table, SQLiteTable) && !is(table, PgTable)) continue;
    const rows: Record<string, unknown>[] = await db.read.select().from(table as SQLiteTable);
    for (const { id } of rows) if (typeof id === "string") known.push(id);
  }
  return known;
}

/** What an answer must not show: how the server is made. */
const inside =
  /\bat .+:\d+:\d+|node_modules|\b(select|insert into|update) .*"|ZodError|TypeError|SQLITE_|drizzle/i;

forEachDialect((makeDb) => {
  let ctx: Services;
  let callers: ReturnType<typeof createCaller>[];
  let known: string[];
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    const people = await world(ctx);
    callers = [null, ...Object.values(people)].map((actor) => createCaller({ ...ctx, actor }));
    known = await knownWords(ctx);
  });

  test.each(Object.keys(procedures))(
    "%s refuses what it cannot take with a sentence, and never breaks",
    async (name) => {
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      const [noun, verb] = name.split(".");
      const input = inputOf(name);
      const admin = fc.constant(callers.length - 1); // whom most is open to
      const who = fc.oneof(admin, fc.nat(callers.length - 2));
      const inputs = input ? inputsNear(input, known) : fc.constant(undefined);
      const broken: string[] = [];
      await fc.assert(
        fc.asyncProperty(who, inputs, async (one, given) => {
          const routers = callers[one] as unknown as Record<
            string,
            Record<string, (input: unknown) => Promise<unknown>>
          >;
          try {
            await routers[noun][verb](given);
          } catch (error) {
            if (!(error instanceof TRPCError)) throw error;
            const reasons = log.mock.calls.map(([, cause]: unknown[]) => cause);
            if (error.code === "INTERNAL_SERVER_ERROR") throw reasons[0] ?? error;
            if (inside.test(error.message)) broken.push(error.message);
          }
        }),
        { numRuns: input ? numRuns : 6, seed },
      );
      expect(broken).toEqual([]);
      log.mockReset();
    },
  );
});
