import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import * as qualitySchema from "../db/schema-quality";
import { write } from "../db/write";
import type { Distribution } from "../domain/distribution";
import type { Actor, Services } from "./context";
import { labelingProgress, type LabelerTask, nextTask } from "./labeling";
import { submitRanking } from "./labeling-submit";
import { testCampaign, type TestCampaign, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

const ranking = (task: LabelerTask) => ({
  groups: task.completions.map(({ letter }) => [letter]),
  notRankable: [],
  noneAcceptable: false,
  seconds: 9,
});

forEachDialect((makeDb) => {
  let ctx: Services;
  let campaign: TestCampaign;
  let ada: Actor;

  const addTask = async (
    name: string,
    of: { prompt?: object; task?: object; gold?: boolean } = {},
  ) => {
    const made = await testTask(
      ctx,
      campaign,
      name,
      ["1", "2", "3", "4"].map((n) => name + n),
    );
    await write(ctx.db, async (tx) => {
      if (of.prompt)
        await tx.update(schema.prompt).set(of.prompt).where(eq(schema.prompt.id, made.promptId));
      if (of.task) await tx.update(schema.task).set(of.task).where(eq(schema.task.id, made.taskId));
      if (!of.gold) return;
      const expected = made.completionIds.map((id) => [id]);
      const { campaignId } = campaign;
      await tx.insert(qualitySchema.gold).values({ taskId: made.taskId, campaignId, expected });
      // its own places are taken: it is had as gold alone
      await tx.update(schema.task).set({ overlap: 0 }).where(eq(schema.task.id, made.taskId));
    });
    return made;
  };
  const distribute = (distribution: Partial<Distribution>) =>
    write(ctx.db, (tx) => tx.update(schema.campaign).set({ config: { distribution } }));
  const assignments = (actor: Actor) =>
    ctx.db.read.select().from(schema.assignment).where(eq(schema.assignment.labelerId, actor.id));
  /** Ranks until nothing is left, or so many. @returns prompts in the order in which they came */
  const rankAll = async (actor: Actor, most = 100): Promise<string[]> => {
    const prompts: string[] = [];
    while (prompts.length < most) {
      const task = await nextTask(ctx, actor);
      if (!task) break;
      prompts.push(task.prompt);
      const { assignmentId } = task;
      await submitRanking(ctx, actor, { assignmentId, ranking: ranking(task) });
    }
    return prompts;
  };

  beforeEach(async () => {
    ctx = await testServices(makeDb);
    campaign = await testCampaign(ctx, "sorting");
    ada = await testActor(ctx, "labeler", "Ada");
  });

  test("gold comes at its rate, takes no place, and looks like any other task", async () => {
    for (let i = 0; i < 9; i++) await addTask(`p${i}`);
    for (let i = 0; i < 5; i++) await addTask(`g${i}`, { gold: true });
    await distribute({ goldRate: 0.25 });
    const progress: { done: number; wanted: number; mine: number }[] = [];
    const fields = new Set<string>();
    for (;;) {
      const task = await nextTask(ctx, ada);
      if (!task) break;
      fields.add(`${Object.keys(task).sort().join()} round ${task.round}`);
      await submitRanking(ctx, ada, { assignmentId: task.assignmentId, ranking: ranking(task) });
      progress.push((await labelingProgress(ctx, ada))[0]);
    }
    const rows = await assignments(ada);
    expect(rows.filter((row) => row.purpose === "ordinary")).toHaveLength(9);
    expect([2, 3]).toContain(rows.filter((row) => row.purpose === "gold").length);
    expect(new Set(rows.map((row) => row.servedBecause))).toEqual(new Set(["uniform", "gold"]));
    expect(fields.size).toBe(1);
    // every ranking moves what the labeler sees by one, whatever it was
    expect(progress.map(({ done, mine }) => [done, mine])).toEqual(
      progress.map((_, i) => [i + 1, i + 1]),
    );
    // nobody is given gold and nothing else
    await write(ctx.db, (tx) => tx.update(schema.task).set({ overlap: 0 }));
    expect(await nextTask(ctx, await testActor(ctx, "labeler", "Ben"))).toBeNull();
  });

  test("gold that enough labelers have seen is retired", async () => {
    for (let i = 0; i < 4; i++) await addTask(`p${i}`, { task: { overlap: 20 } });
    const { taskId } = await addTask("g", { gold: true });
    await distribute({ goldRate: 0.5, goldSeenBy: 2 });
    for (const name of ["Ben", "Cleo", "Dora"])
      await rankAll(await testActor(ctx, "labeler", name));
    const all = await ctx.db.read.select().from(schema.assignment);
    expect(all.filter((row) => row.purpose === "gold")).toHaveLength(2);
    const [gold] = await ctx.db.read.select().from(qualitySchema.gold);
    expect(gold).toMatchObject({ taskId, retiredAt: expect.any(Date) as Date });
  });

  test("all labelers get the calibration pool, beyond the overlap of its tasks", async () => {
    const pool = await addTask("pool", { task: { calibration: true } });
    for (let i = 0; i < 4; i++) await addTask(`p${i}`);
    await distribute({ calibrationShare: 0.2 });
    for (const name of ["Ben", "Cleo", "Dora"]) {
      const had = await rankAll(await testActor(ctx, "labeler", name));
      expect(had.filter((prompt) => prompt === "pool")).toHaveLength(1);
    }
    const rows = await ctx.db.read
      .select()
      .from(schema.ranking)
      .where(eq(schema.ranking.taskId, pool.taskId));
    expect(rows.map((row) => row.purpose).sort()).toEqual(["calibration", "ordinary", "ordinary"]);
    // the round has what it wants of it, and no more
    const [{ done, wanted }] = await labelingProgress(ctx, ada);
    expect([done, wanted]).toEqual([11, 11]);
  });

  test("by priority, by uncertainty, or where the fewest of a cluster were given; chance between equals", async () => {
    await addTask("low", { prompt: { priority: 1, cluster: "a" }, task: { uncertainty: 0.1 } });
    await addTask("none", { prompt: { cluster: "a" } });
    await addTask("high", { prompt: { priority: 9, cluster: "b" }, task: { uncertainty: 0.4 } });
    await distribute({ sampling: "priority" });
    expect(await rankAll(ada)).toEqual(["high", "low", "none"]);
    expect((await assignments(ada)).map((row) => row.servedBecause).sort()).toEqual([
      "priority 0",
      "priority 1",
      "priority 9",
    ]);
    await distribute({ sampling: "uncertainty" });
    const ben = await testActor(ctx, "labeler", "Ben");
    expect(await rankAll(ben)).toEqual(["high", "low", "none"]);
    expect((await assignments(ben)).map((row) => row.servedBecause).sort()).toEqual([
      "uncertainty 0.100",
      "uncertainty 0.400",
      "uncertainty unknown",
    ]);
    // so far two of each cluster a and four of b, hence b waits
    await write(ctx.db, (tx) => tx.update(schema.task).set({ overlap: 3 }));
    await addTask("c", { prompt: { cluster: "c" } });
    await distribute({ sampling: "coverage" });
    const cleo = await testActor(ctx, "labeler", "Cleo");
    expect((await rankAll(cleo))[0]).toBe("c");
    expect((await assignments(cleo)).map((row) => row.servedBecause)).toContain("coverage: 0 of c");
  });

  test("a prompt goes to those who read its language, a campaign's tasks to those it asks for", async () => {
    await addTask("ko", { prompt: { language: "ko" } });
    await addTask("any");
    const traits = (values: Partial<typeof schema.user.$inferInsert>) =>
      write(ctx.db, (tx) => tx.update(schema.user).set(values).where(eq(schema.user.id, ada.id)));
    await traits({ languages: ["en"] });
    expect((await labelingProgress(ctx, ada))[0].left).toBe(1);
    expect(await rankAll(ada)).toEqual(["any"]);
    await distribute({ qualification: "korean law" });
    await traits({ languages: ["en", "ko"] });
    expect(await nextTask(ctx, ada)).toBeNull();
    expect((await labelingProgress(ctx, ada))[0]).toMatchObject({
      left: 0,
      barred: "qualification",
    });
    await traits({ qualifications: ["korean law"] });
    expect(await rankAll(ada)).toEqual(["ko"]);
  });

  test("whoever is paused is lent nothing, until the notice is settled", async () => {
    await addTask("p");
    const told = { campaignId: campaign.campaignId, labelerId: ada.id, rankings: 0 };
    await write(ctx.db, (tx) =>
      tx.insert(qualitySchema.notice).values([
        { ...told, measure: "gold", action: "pause" },
        { ...told, measure: "speed", action: "warn" },
      ]),
    );
    expect(await nextTask(ctx, ada)).toBeNull();
    expect((await labelingProgress(ctx, ada))[0]).toMatchObject({ left: 0, barred: "paused" });
    await write(ctx.db, (tx) => tx.update(qualitySchema.notice).set({ resolvedAt: new Date() }));
    expect((await labelingProgress(ctx, ada))[0]).toMatchObject({ left: 1, barred: null });
    expect(await nextTask(ctx, ada)).not.toBeNull();
  });
});
