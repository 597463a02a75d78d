import { beforeEach, expect, test } from "vitest";
import { job, metric, round, run } from "../db/schema";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import { showCircle } from "./circle";
import type { Actor, Services } from "./context";
import { addPrompts } from "./prompts";
import { type TestCampaign, testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
  });

  async function ranked(): Promise<TestCampaign> {
    const campaign = await testCampaign(ctx, "tiny");
    await addPrompts(ctx, admin, {
      campaignId: campaign.campaignId,
      content: Array.from({ length: 20 }, (_, i) => `sort: ${i}`).join("\n"),
      fileName: "",
    });
    const one = await testTask(ctx, campaign, "sort: 2 1", ["1 2", "2 1", "1 1", "2 2"]);
    await testTask(ctx, campaign, "sort: 4 3", ["3 4", "4 3", "3 3", "4 4"]);
    const ann = await testActor(ctx, "labeler", "Ann");
    await testRanking(ctx, one, ann, [[0], [1], [2], [3]]);
    return campaign;
  }

  test("an empty install teaches where to start", async () => {
    expect(await showCircle(ctx, admin, {})).toEqual({
      campaigns: [],
      loop: null,
      making: null,
      next: [{ kind: "create-campaign" }],
    });
  });

  test("nobody need do anything while the demo is being made", async () => {
    await write(ctx.db, (tx) =>
      tx.insert(job).values({ name: "make-demo", input: {}, status: "running", progress: 0.3 }),
    );
    expect(await showCircle(ctx, admin, {})).toMatchObject({
      loop: null,
      making: { progress: 0.3 },
      next: [],
    });
  });

  test("each station has its figures, and what one can do is counted for this person", async () => {
    const { campaignId } = await ranked();
    const { loop, next } = await showCircle(ctx, admin, { campaignId });
    expect(loop).toMatchObject({
      phase: "collecting",
      prompts: { total: 22 },
      policy: { model: { name: "tiny policy", parameters: 1000 }, answers: 8 },
      rankings: { done: 1, wanted: 4, simulated: 0, usable: 1 },
      reward: { model: null, accuracy: null },
      ppo: { runs: 0 },
      proof: [],
      moving: [],
    });
    expect(loop!.prompts.unanswered).toBe(20 - loop!.prompts.heldout);
    expect(next[0]).toEqual({ kind: "rank", campaignId, count: 2 });

    const researcher = await testActor(ctx, "researcher");
    const theirs = await showCircle(ctx, researcher, { campaignId });
    expect(theirs.next.map((action) => action.kind)).toEqual(["train", "export"]);
  });

  test("a running training moves along its edge, and its result stays at its station", async () => {
    const { campaignId, roundId } = await ranked();
    await write(ctx.db, async (tx) => {
      const base = { campaignId, roundId, config: {}, seed: 1 };
      const [reward] = await tx
        .insert(run)
        .values({ ...base, kind: "reward", status: "done" })
        .returning();
      await tx.insert(metric).values([
        { runId: reward.id, step: 1, values: { loss: 0.7 } },
        { runId: reward.id, step: 2, values: { loss: 0.5, "eval/accuracy": 0.81 } },
        { runId: reward.id, step: 3, values: { loss: 0.4 } },
      ]);
      await tx.insert(run).values({
        ...base,
        kind: "ppo",
        status: "running",
        step: 3,
        totalSteps: 12,
        secondsLeft: 40,
      });
      await tx
        .insert(job)
        .values({ name: "train-round", input: {}, status: "running", campaignId, progress: 0.9 });
      await tx.update(round).set({ status: "improving", exact: 0.55 });
    });
    const { loop, next } = await showCircle(ctx, admin, {});
    expect(loop!.reward.accuracy).toBe(0.81);
    expect(loop!.proof).toEqual([{ round: 1, exact: 0.55 }]);
    expect(loop!.moving).toMatchObject([
      { edge: "practise", progress: 0.25, secondsLeft: 40, queued: false },
    ]);
    expect(next[0]).toMatchObject({ kind: "watch-run", runId: loop!.moving[0].runId });
  });

  test("labelers have no map", async () => {
    const labeler = await testActor(ctx, "labeler");
    await expect(showCircle(ctx, labeler, {})).rejects.toMatchObject({ code: "forbidden" });
  });
});
