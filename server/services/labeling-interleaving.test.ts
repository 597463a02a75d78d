import * as fc from "fast-check";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Sql } from "../db/client";
import { dialect } from "../db/dialect";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import { write } from "../db/write";
import { type Purpose, samplings } from "../domain/distribution";
import type { RoundId } from "../domain/ids";
import type { Actor, Services } from "./context";
import { type LabelerTask, nextTask } from "./labeling";
import { renewLease, saveDraft, skipTask, submitRanking } from "./labeling-submit";
import { type TestCampaign, testCampaign, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

type Step = {
  labeler: number;
  act: "next" | "ahead" | "submit" | "skip" | "draft" | "renew" | "die" | "crash";
};

const labelers = 4;
const overlap = 2; // as testTask makes them
const steps = fc.array(
  fc.record<Step>({
    labeler: fc.nat(labelers - 1),
    act: fc.constantFrom(
      "next",
      "ahead",
      "submit",
      "submit",
      "skip",
      "draft",
      "renew",
      "die",
      "crash",
    ),
  }),
  { minLength: 10, maxLength: 40 },
);
const distribution = fc.record({
  goldRate: fc.constantFrom(0, 0.25, 0.5),
  goldSeenBy: fc.constantFrom(1, 2, 100),
  calibrationShare: fc.constantFrom(0, 0.25, 0.5),
  sampling: fc.constantFrom(...samplings),
});

const ranking = (task: LabelerTask) => ({
  groups: [task.completions.map(({ letter }) => letter)],
  notRankable: [],
  noneAcceptable: false,
  seconds: 1,
});
const draft = {
  version: 1,
  ranks: {},
  notRankable: [],
  noneAcceptable: false,
  comment: "",
  seconds: 0,
};

/** A labeler's browser: what it holds, and all that it was ever served. */
interface Browser {
  actor: Actor;
  held: LabelerTask[];
  finished: Set<string>;
}

/** The server dies with a change done and not yet kept: it is as if it had never been. */
const dying = ({ db, folders }: Services): Services => ({
  folders,
  db: {
    ...db,
    transact: (change) =>
      db.transact(async (tx) => {
        await change(tx);
        throw new Error("the server died");
      }),
  },
});

async function act(ctx: Services, browser: Browser, step: Step): Promise<void> {
  const { actor, held, finished } = browser;
  const [task] = held;
  if (step.act === "next" || step.act === "ahead") {
    const besides = step.act === "ahead" && task ? [task.assignmentId] : [];
    const next = await nextTask(ctx, actor, { besides });
    if (!next) return;
    if (finished.has(next.prompt)) throw new Error(`${actor.name} was served ${next.prompt} again`);
    if (!held.some((other) => other.assignmentId === next.assignmentId)) held.push(next);
  } else if (step.act === "die") {
    // the browser is gone with all that it held, and an hour goes by
    held.length = 0;
    vi.setSystemTime(Date.now() + 3_600_000);
  } else if (step.act === "crash") {
    const dead = dying(ctx);
    const doing = task
      ? submitRanking(dead, actor, { assignmentId: task.assignmentId, ranking: ranking(task) })
      : nextTask(dead, actor);
    await expect(doing).rejects.toThrow("the server died");
  } else if (task) {
    const { assignmentId } = task;
    if (step.act === "draft") await saveDraft(ctx, actor, { assignmentId, draft });
    else if (step.act === "renew") await renewLease(ctx, actor, { assignmentId });
    else {
      held.shift();
      finished.add(task.prompt);
      if (step.act === "skip")
        await skipTask(ctx, actor, { assignmentId, reason: "other", note: "" });
      else await submitRanking(ctx, actor, { assignmentId, ranking: ranking(task) });
    }
  }
}

/** A round before the one that collects. */
async function earlierRound(tx: Sql, { campaignId, roundId }: TestCampaign): Promise<RoundId> {
  const [now] = await tx.select().from(schema.round).where(eq(schema.round.id, roundId));
  const before = {
    campaignId,
    number: 0,
    status: "done",
    policyModelId: now.policyModelId,
  } as const;
  await tx.insert(schema.round).values(before).onConflictDoNothing();
  const [row] = await tx.select().from(schema.round).where(eq(schema.round.number, 0));
  return row.id;
}

async function expectWithinOverlap(ctx: Services): Promise<void> {
  const tasks = await ctx.db.read.select().from(schema.task);
  const rankings = await ctx.db.read.select().from(schema.ranking);
  const assignments = await ctx.db.read.select().from(schema.assignment);
  for (const { id } of tasks) {
    const ranked = rankings.filter((row) => row.taskId === id);
    const lent = assignments.filter(
      (row) => row.taskId === id && row.status === "active" && row.leaseExpiresAt > new Date(),
    );
    const placed = [...ranked, ...lent].filter((row) => row.purpose === "ordinary");
    expect(placed.length).toBeLessThanOrEqual(overlap);
    expect(new Set(ranked.map((row) => row.labelerId)).size).toBe(ranked.length);
  }
}

forEachDialect((makeDb) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("whatever labelers do at once, no task is over-collected, served twice to one, or starved", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(3), distribution, async (script, together, how) => {
        const width = together + 1;
        const ctx = await testServices(makeDb);
        const campaign = await testCampaign(ctx, "sorting");
        await write(ctx.db, (tx) =>
          tx.update(schema.campaign).set({ config: { distribution: how } }),
        );
        const texts = (name: string) => ["1", "2", "3", "4"].map((n) => name + n);
        let pool = "";
        for (const name of ["p", "q", "pool", "gold 1", "gold 2"]) {
          const { taskId, completionIds } = await testTask(ctx, campaign, name, texts(name));
          await write(ctx.db, async (tx) => {
            if (name === "pool") pool = taskId;
            if (name === "pool")
              await tx
                .update(schema.task)
                .set({ calibration: true })
                .where(eq(schema.task.id, taskId));
            if (!name.startsWith("gold")) return;
            // of an earlier round: as an ordinary task it is done with
            await tx
              .update(schema.task)
              .set({ roundId: await earlierRound(tx, campaign) })
              .where(eq(schema.task.id, taskId));
            await tx
              .insert(schema.gold)
              .values({ taskId, campaignId: campaign.campaignId, expected: [completionIds] });
          });
        }
        const browsers: Browser[] = [];
        for (let i = 0; i < labelers; i++)
          browsers.push({
            actor: await testActor(ctx, "labeler", `L${i}`),
            held: [],
            finished: new Set(),
          });

        for (let at = 0; at < script.length; at += width) {
          // those of different labelers go at the same time
          const wave = script.slice(at, at + width);
          const abreast = wave.filter(
            (step, i) => wave.findIndex((other) => other.labeler === step.labeler) === i,
          );
          await Promise.all(abreast.map((step) => act(ctx, browsers[step.labeler], step)));
          await expectWithinOverlap(ctx);
        }

        // two fresh labelers can always finish what is left once the leases have run out
        vi.setSystemTime(Date.now() + 3_600_000);
        const fresh: Actor[] = [];
        for (const name of ["fresh 1", "fresh 2"]) {
          const actor = await testActor(ctx, "labeler", name);
          fresh.push(actor);
          for (let task = await nextTask(ctx, actor); task; task = await nextTask(ctx, actor))
            await submitRanking(ctx, actor, {
              assignmentId: task.assignmentId,
              ranking: ranking(task),
            });
        }
        const done = await ctx.db.read.select().from(schema.ranking);
        const count = (purpose: Purpose) => done.filter((row) => row.purpose === purpose).length;
        expect(count("ordinary")).toBe(3 * overlap);
        if (how.goldRate === 0) expect(count("gold")).toBe(0);
        // everybody who went on to the end has had the calibration pool
        for (const { id } of fresh) {
          const had = done.filter((row) => row.labelerId === id).map((row) => row.taskId);
          expect(had).toContain(pool);
          expect(new Set(had).size).toBe(had.length);
        }
      }),
      { numRuns: dialect === "sqlite" ? 20 : 4 },
    );
  }, 120_000);
});
