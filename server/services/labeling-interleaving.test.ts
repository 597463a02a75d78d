import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dialect } from "../db/dialect";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import type { Actor, Services } from "./context";
import { type LabelerTask, nextTask } from "./labeling";
import { renewLease, saveDraft, skipTask, submitRanking } from "./labeling-submit";
import { testCampaign, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

type Step = {
  labeler: number;
  act: "next" | "ahead" | "submit" | "skip" | "draft" | "renew" | "die";
};

const labelers = 4;
const overlap = 2; // as testTask makes them
const steps = fc.array(
  fc.record<Step>({
    labeler: fc.nat(labelers - 1),
    act: fc.constantFrom("next", "ahead", "submit", "submit", "skip", "draft", "renew", "die"),
  }),
  { minLength: 10, maxLength: 40 },
);

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

async function expectWithinOverlap(ctx: Services): Promise<void> {
  const tasks = await ctx.db.read.select().from(schema.task);
  const rankings = await ctx.db.read.select().from(schema.ranking);
  const assignments = await ctx.db.read.select().from(schema.assignment);
  for (const { id } of tasks) {
    const ranked = rankings.filter((row) => row.taskId === id);
    const lent = assignments.filter(
      (row) => row.taskId === id && row.status === "active" && row.leaseExpiresAt > new Date(),
    );
    expect(ranked.length + lent.length).toBeLessThanOrEqual(overlap);
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
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 4 }), async (script, width) => {
        const ctx = await testServices(makeDb);
        const campaign = await testCampaign(ctx, "sorting");
        for (const name of ["p", "q", "r"])
          await testTask(
            ctx,
            campaign,
            name,
            ["1", "2", "3", "4"].map((n) => name + n),
          );
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
          const together = wave.filter(
            (step, i) => wave.findIndex((other) => other.labeler === step.labeler) === i,
          );
          await Promise.all(together.map((step) => act(ctx, browsers[step.labeler], step)));
          await expectWithinOverlap(ctx);
        }

        // two fresh labelers can always finish what is left once the leases have run out
        vi.setSystemTime(Date.now() + 3_600_000);
        for (const name of ["fresh 1", "fresh 2"]) {
          const actor = await testActor(ctx, "labeler", name);
          for (let task = await nextTask(ctx, actor); task; task = await nextTask(ctx, actor))
            await submitRanking(ctx, actor, {
              assignmentId: task.assignmentId,
              ranking: ranking(task),
            });
        }
        expect(await ctx.db.read.select().from(schema.ranking)).toHaveLength(3 * overlap);
      }),
      { numRuns: dialect === "sqlite" ? 25 : 4 },
    );
  }, 120_000);
});
