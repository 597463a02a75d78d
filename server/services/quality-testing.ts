import { eq } from "drizzle-orm";
import * as schema from "../db/schema";
import type { MakeDb } from "../db/testing";
import { write } from "../db/write";
import { drawOrder } from "../domain/assignment";
import { seededUniform } from "../domain/sorter/random";
import { testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

export type TestTask = Awaited<ReturnType<typeof testTask>>;
export const truth = [[0], [1], [2], [3]];
export const contrary = truth.toReversed();
const uniform = seededUniform("shown");

/** A campaign with two careful labelers, one who answers the other way round, and an admin. */
export async function qualityWorld(makeDb: MakeDb) {
  const ctx = await testServices(makeDb);
  const campaign = await testCampaign(ctx, "sorting");
  const ada = await testActor(ctx, "labeler", "Ada");
  const ben = await testActor(ctx, "labeler", "Ben");
  const spam = await testActor(ctx, "labeler", "Spam");
  const admin = await testActor(ctx, "admin", "Admin");
  return {
    ctx,
    campaign,
    ada,
    ben,
    spam,
    admin,
    /** So many tasks of four completions, each ranked as told. */
    addTasks: async (n: number, rank: (task: TestTask) => Promise<unknown>) => {
      const tasks: TestTask[] = [];
      for (let i = 0; i < n; i++) {
        const task = await testTask(ctx, campaign, `prompt ${i}`, ["a", "bb", "ccc", "dddd"]);
        await rank(task);
        tasks.push(task);
      }
      return tasks;
    },
    /** Ranked by the careful ones as it is, and by the other the other way round. */
    spammed: async (task: TestTask) => {
      await testRanking(ctx, task, ada, truth);
      await testRanking(ctx, task, ben, truth);
      await testRanking(ctx, task, spam, contrary);
      // shown to each in an order of their own, so that nobody seems to follow it
      await write(ctx.db, async (tx) => {
        for (const { id, shownOrder } of await tx
          .select()
          .from(schema.assignment)
          .where(eq(schema.assignment.taskId, task.taskId)))
          await tx
            .update(schema.assignment)
            .set({ shownOrder: drawOrder(shownOrder, uniform) })
            .where(eq(schema.assignment.id, id));
      });
    },
  };
}
export type QualityWorld = Awaited<ReturnType<typeof qualityWorld>>;

export const expectedOf = (task: TestTask) => task.completionIds.map((id) => [id]);
