import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { setOverlap } from "../db/queries/consensus";
import { drawTask } from "../db/queries/distribution";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import { write } from "../db/write";
import { samplings } from "../domain/distribution";
import type { Actor, Services } from "./context";
import { nextTask } from "./labeling";
import { testCampaign, type TestCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let ctx: Services;
  let campaign: TestCampaign;
  let people: Actor[];
  const texts = ["1", "2", "3", "4"];
  const orders = [[[0], [1], [2], [3]]];
  const places = async (id: string) => {
    const rows = await ctx.db.read.select().from(schema.task);
    const { placed, open } = rows.find((row) => row.id === id)!;
    return { placed, open };
  };

  beforeEach(async () => {
    ctx = await testServices(makeDb);
    campaign = await testCampaign(ctx, "sorting");
    people = [];
    for (const name of ["Ada", "Ben", "Cleo"]) people.push(await testActor(ctx, "labeler", name));
  });

  test("a task closes with its last place and opens when one more is asked; gold takes none", async () => {
    const task = await testTask(ctx, campaign, "p", texts);
    expect(await places(task.taskId)).toEqual({ placed: 0, open: true });
    await testRanking(ctx, task, people[2], orders[0], { purpose: "gold" });
    expect(await places(task.taskId)).toEqual({ placed: 0, open: true });
    await testRanking(ctx, task, people[0], orders[0]);
    expect(await places(task.taskId)).toEqual({ placed: 1, open: true });
    await testRanking(ctx, task, people[1], orders[0]);
    expect(await places(task.taskId)).toEqual({ placed: 2, open: false });
    await write(ctx.db, (tx) => setOverlap(tx, task.taskId, 3));
    expect(await places(task.taskId)).toEqual({ placed: 2, open: true });
  });

  test("the calibration pool stays open however many have ranked it", async () => {
    const task = await testTask(ctx, campaign, "p", texts);
    await write(ctx.db, (tx) => tx.update(schema.task).set({ calibration: true }));
    await testRanking(ctx, task, people[0], orders[0]);
    await testRanking(ctx, task, people[1], orders[0]);
    expect(await places(task.taskId)).toEqual({ placed: 2, open: true });
    expect(await nextTask(ctx, people[2])).not.toBeNull();
  });

  test.each(samplings)(
    "sampling %s finds the one task that is left, behind any number that this labeler had",
    async (sampling) => {
      const { campaignId, roundId } = campaign;
      const left = await testTask(ctx, campaign, "left", texts);
      const had = await testTask(ctx, campaign, "had", texts);
      const many = Array.from({ length: 40 }, (_, i) => String(i));
      await write(ctx.db, async (tx) => {
        const about = { campaignId, split: "train", source: "a", priority: 9 } as const;
        const prompts = await tx
          .insert(schema.prompt)
          .values(many.map((text) => Object.assign({ text }, about)))
          .returning();
        const { completionIds } = had;
        const tasks = await tx
          .insert(schema.task)
          .values(
            prompts.map(({ id }) => {
              const row = { campaignId, roundId, promptId: id, completionIds, overlap: 2 };
              return Object.assign(row, { uncertainty: 0.5 });
            }),
          )
          .returning();
        await tx.insert(schema.assignment).values(
          [had.taskId, ...tasks.map(({ id }) => id)].map((taskId) => ({
            taskId,
            labelerId: people[0].id,
            shownOrder: completionIds,
            status: "skipped" as const,
            servedBecause: "test",
            leaseExpiresAt: new Date(),
          })),
        );
      });
      const wanted = {
        campaignId,
        roundId,
        labelerId: people[0].id,
        languages: null,
        now: new Date(),
      };
      const draw = () => drawTask(ctx.db.read, wanted, { sampling, calibration: false });
      expect((await draw())?.task.id).toBe(left.taskId);
      await write(ctx.db, (tx) =>
        tx.update(schema.task).set({ overlap: 0 }).where(eq(schema.task.id, left.taskId)),
      );
      expect(await draw()).toBeNull();
    },
  );
});
