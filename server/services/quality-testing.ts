import { eq } from "drizzle-orm";
import * as schema from "../db/schema";
import { write } from "../db/write";
import { drawOrder } from "../domain/assignment";
import { seededUniform } from "../domain/sorter/random";
import type { Actor, Services } from "./context";
import { type TestCampaign, testRanking, testTask } from "./snapshots-testing";

export type TestTask = Awaited<ReturnType<typeof testTask>>;
export const truth = [[0], [1], [2], [3]];
export const contrary = truth.toReversed();
const uniform = seededUniform("shown");

/** So many tasks of four completions, each ranked as told. */
export async function testTasks(
  ctx: Services,
  campaign: TestCampaign,
  n: number,
  rank: (task: TestTask) => Promise<unknown>,
): Promise<TestTask[]> {
  const tasks: TestTask[] = [];
  for (let i = 0; i < n; i++) {
    const task = await testTask(ctx, campaign, `prompt ${i}`, ["a", "bb", "ccc", "dddd"]);
    await rank(task);
    tasks.push(task);
  }
  return tasks;
}

/** Ranked by careful people as it is, and by somebody the other way round. */
export async function rankSpammed(
  ctx: Services,
  task: TestTask,
  { careful, spam }: { careful: readonly Actor[]; spam: Actor },
): Promise<void> {
  for (const actor of careful) await testRanking(ctx, task, actor, truth);
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
}
