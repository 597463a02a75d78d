import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db } from "../db/client";
import { listJobs } from "../db/queries/job";
import { model, ranking, round, run, snapshot, task } from "../db/schema";
import { forEachDialect } from "../db/testing";
import type { RoundId } from "../domain/ids";
import type { Actor, Services } from "./context";
import { claimNext, settleJob } from "./job-queue";
import { advanceRounds, goOn } from "./round-gates";
import { turnRound } from "./round-training";
import { showRounds } from "./rounds-view";
import { playedWork, TestCircle } from "./rounds-testing";

forEachDialect((makeDb) => {
  let circle: TestCircle;
  let ctx: Services;
  let admin: Actor;
  beforeEach(async () => {
    circle = await TestCircle.make(makeDb);
    ({ ctx, admin } = circle);
  });

  const jobs = async () => (await listJobs(ctx.db.read)).map((job) => job.name);
  const train = (roundId: RoundId) => goOn(ctx, admin, { roundId, gate: "train" });
  const work = async (id: RoundId) => {
    const job = (await claimNext(ctx, "w:1"))!;
    await turnRound(ctx, id, job.createdById, playedWork(ctx));
    await settleJob(ctx, job, "w:1", { status: "done" });
  };
  const shown = async () =>
    (await showRounds(ctx, admin, { campaignId: circle.campaignId })).history;

  /** Fails at one of its writes, before it is kept or after: as a kill there would leave it. */
  function killedAt(db: Db, nth: number, kept: boolean): Db {
    let writes = 0;
    return {
      ...db,
      transact: async (change) => {
        if (++writes !== nth) return await db.transact(change);
        if (kept) await db.transact(change);
        throw new Error("killed");
      },
    };
  }

  test.each([true, false])(
    "killed at any write (kept: %s) and begun again, a round does every step once",
    async (kept) => {
      const { id } = await circle.answered(3);
      await circle.play(3);
      await train(id);
      let kills = 0;
      const trained: string[] = [];
      for (let nth = 1; ; nth++) {
        const mortal = { ...ctx, db: killedAt(ctx.db, nth, kept) };
        const turn = turnRound(mortal, id, null, playedWork(mortal, { done: trained }));
        const killed = await turn.then(
          () => false,
          (error: Error) => error.message === "killed",
        );
        if (!killed) break;
        kills++;
      }
      expect(kills).toBeGreaterThan(4);
      expect((await circle.round(1)).status).toBe("done");
      expect(await ctx.db.read.$count(snapshot)).toBe(1);
      const runs = await ctx.db.read.select().from(run).where(eq(run.roundId, id));
      expect(runs.map((one) => `${one.kind} ${one.status}`).sort()).toEqual([
        "ppo done",
        "reward done",
      ]);
      expect(await ctx.db.read.$count(model)).toBe(3); // the policy that there was, and two
      expect(await ctx.db.read.$count(round)).toBe(2);
      expect((await circle.round(1)).gates).toHaveLength(3);
      expect((await jobs()).filter((name) => name === "answer")).toHaveLength(1);
    },
  );

  test("a step that lost its job gets one again, and one that has a job no second", async () => {
    const { id } = await circle.answered(3);
    await circle.play(3);
    await train(id);
    await advanceRounds(ctx, new Date());
    expect(await jobs()).toEqual(["train-round"]);
    const job = (await claimNext(ctx, "w:1"))!;
    await settleJob(ctx, job, "w:1", { status: "done" }); // as a word that came while it ended would find it
    expect(await jobs()).toEqual([]);
    await advanceRounds(ctx, new Date());
    expect(await jobs()).toEqual(["train-round"]);
    await work(id);
    expect((await circle.round(1)).status).toBe("done");
  });

  test("what people prefer is measured where a task shows both policies", async () => {
    const { id } = await circle.answered(3);
    await circle.play(3);
    await train(id);
    await work(id);
    await circle.answer(2, 2, circle.policyId);
    expect((await shown())[0].preference).toBeNull();
    const { current } = await showRounds(ctx, admin, { campaignId: circle.campaignId });
    expect(current!.mixed).toMatchObject({ tasks: 2, old: { id: circle.policyId } });
    await circle.play(5);
    const history = await shown();
    const rows = await ctx.db.read
      .select({ groups: ranking.groups, ids: task.completionIds })
      .from(ranking)
      .innerJoin(task, eq(task.id, ranking.taskId))
      .where(eq(task.roundId, (await circle.round(2)).id));
    const wins = rows.flatMap(({ groups, ids }) => {
      const place = (id: (typeof ids)[number]) => groups.findIndex((group) => group.includes(id));
      const sign = (fresh: number, old: number) =>
        (1 + Math.sign(place(ids[old]) - place(ids[fresh]))) / 2;
      return [sign(0, 2), sign(0, 3), sign(1, 2), sign(1, 3)];
    });
    expect(history[0].preference).toMatchObject({
      rankings: 2,
      prompts: 2,
      pairs: 8,
      share: wins.reduce((a, b) => a + b, 0) / 8,
      simulated: 2,
    });
    expect(history[1].preference).toBeNull();
  });
});
