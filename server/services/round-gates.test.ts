import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { listJobs } from "../db/queries/job";
import { assignment, ranking, run } from "../db/schema";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import { usualRule, type RoundRule, type Thresholds } from "../domain/rounds/rule";
import type { RoundId } from "../domain/ids";
import { closeCampaign, pauseCampaign, resumeCampaign } from "./campaigns-change";
import type { Actor, Services } from "./context";
import { claimNext, settleJob } from "./job-queue";
import { cancelJob } from "./jobs";
import { nextTask } from "./labeling";
import { submitRanking } from "./labeling-submit";
import { advanceRounds, goOn, holdRound, mendRound, setRule, stopRound } from "./round-gates";
import { turnRound } from "./round-training";
import { showRounds } from "./rounds-view";
import { playedWork, TestCircle } from "./rounds-testing";
import { testActor } from "./testing";

const hour = 3_600_000;

forEachDialect((makeDb) => {
  let circle: TestCircle;
  let ctx: Services;
  let admin: Actor;
  beforeEach(async () => {
    circle = await TestCircle.make(makeDb);
    ({ ctx, admin } = circle);
  });

  const jobs = async () => (await listJobs(ctx.db.read)).map((job) => job.name);
  const status = async (number = 1) => (await circle.round(number)).status;
  const by = (change: Partial<RoundRule>, thresholds: Partial<Thresholds> = {}) => {
    const usual = usualRule(3);
    const rule = { ...usual, ...change, thresholds: { ...usual.thresholds, ...thresholds } };
    return setRule(ctx, admin, { campaignId: circle.campaignId, rule });
  };
  const shown = async () => {
    const { current, ...rest } = await showRounds(ctx, admin, { campaignId: circle.campaignId });
    return { ...rest, current: current! };
  };
  /** The gate at which the round stands, as the page shows it. */
  const gate = async () => {
    const { current } = await shown();
    return current.gates.find((one) => one.name === current.at)!;
  };
  const unmet = async () =>
    (await gate()).ways.flat().flatMap((check) => (check.met ? [] : [check.name]));
  /** Does the waiting training as the worker would, to its gate. */
  const work = async (id: RoundId, how?: Parameters<typeof playedWork>[1]) => {
    const job = (await claimNext(ctx, "w:1"))!;
    expect(job.name).toBe("train-round");
    await turnRound(ctx, id, job.createdById, playedWork(ctx, how));
    await settleJob(ctx, job, "w:1", { status: "done" });
  };
  const goThrough = (roundId: RoundId, name: "train" | "improve" | "renew") =>
    goOn(ctx, admin, { roundId, gate: name });

  describe("by rule", () => {
    test("enough new rankings start a training once, however many workers look at once", async () => {
      const { id } = await circle.answered(3);
      await by({ afterRankings: 3 });
      await circle.play(2);
      await advanceRounds(ctx, new Date());
      expect(await status()).toBe("collecting");
      expect(await unmet()).toEqual(["newRankings"]);
      await circle.play(3);
      await Promise.all([
        advanceRounds(ctx, new Date()),
        advanceRounds(ctx, new Date()),
        advanceRounds(ctx, new Date()),
      ]);
      expect(await status()).toBe("training");
      expect(await jobs()).toEqual(["train-round"]);
      await work(id);
      expect(await status()).toBe("done");
      const { gates } = await circle.round(1);
      expect(gates!.map(({ gate: name, decision, byId }) => [name, decision, byId])).toEqual([
        ["train", "passed", null],
        ["improve", "passed", null],
        ["renew", "passed", null],
      ]);
      expect(gates![1].ways[0]).toContainEqual({
        name: "accuracy",
        value: 0.8,
        wanted: 0.6,
        met: true,
      });
      await circle.answer(2, 3);
      await advanceRounds(ctx, new Date()); // what the first reward model saw is not new
      expect(await status(2)).toBe("collecting");
      expect(await unmet()).toEqual(["newRankings"]);
    });

    test("number and schedule due at once are one training", async () => {
      await circle.answered(3);
      await by({ afterRankings: 1, everyHours: 1, fewestRankings: 1 });
      await circle.play(3);
      const later = new Date(Date.now() + 2 * hour);
      await Promise.all([advanceRounds(ctx, later), advanceRounds(ctx, later)]);
      expect(await jobs()).toEqual(["train-round"]);
      expect((await circle.round(1)).gates).toHaveLength(1);
    });

    test("the schedule waits its hours, then for the fewest rankings that are worth it", async () => {
      await circle.answered(3);
      await by({ afterRankings: null, everyHours: 5, fewestRankings: 2 });
      await circle.play(1);
      await advanceRounds(ctx, new Date(Date.now() + 6 * hour));
      expect(await status()).toBe("collecting");
      await circle.play(2);
      await advanceRounds(ctx, new Date(Date.now() + 4 * hour));
      expect(await status()).toBe("collecting");
      await advanceRounds(ctx, new Date(Date.now() + 6 * hour));
      expect(await status()).toBe("training");
    });

    test("ties alone start nothing, and the gate says so", async () => {
      await circle.answered(3);
      await by({ afterRankings: 3 });
      await circle.play(3);
      await write(ctx.db, async (tx) => {
        for (const row of await tx.select().from(ranking))
          await tx
            .update(ranking)
            .set({ groups: [row.groups.flat()] })
            .where(eq(ranking.id, row.id));
      });
      await advanceRounds(ctx, new Date());
      expect(await status()).toBe("collecting");
      expect(await unmet()).toEqual(["ordered"]);
    });

    test("a campaign without a rule trains when a person says so, and not before", async () => {
      const { id } = await circle.answered(3);
      await circle.play(3);
      await advanceRounds(ctx, new Date(Date.now() + 1000 * hour));
      expect(await status()).toBe("collecting");
      expect(await gate()).toMatchObject({ reasons: ["by-hand"] });
      await goThrough(id, "train");
      await work(id);
      expect(await status()).toBe("done");
      expect((await circle.round(1)).gates!.map((one) => one.byId)).toEqual([admin.id, null, null]);
    });
  });

  describe("at its gates", () => {
    /** A round whose training has begun by a person's word. */
    async function training(change: Partial<RoundRule> = {}, thresholds?: Partial<Thresholds>) {
      const { id } = await circle.answered(3);
      await by(change, thresholds);
      await circle.play(2);
      await goThrough(id, "train");
      return id;
    }
    const weak = { report: { "eval/accuracy": 0.55, "eval/accuracy_low": 0.4, "eval/pairs": 9 } };

    test("a report under its thresholds stops the round, which says at which", async () => {
      const id = await training();
      await work(id, weak);
      expect(await status()).toBe("trained");
      expect(await unmet()).toEqual(["heldoutPairs", "accuracy", "accuracyLow"]);
      await advanceRounds(ctx, new Date());
      expect(await jobs()).toEqual([]);
      await by({}, { accuracy: 0.5, accuracyLow: null, heldoutPairs: null });
      await advanceRounds(ctx, new Date()); // the rule is what counts now
      expect(await status()).toBe("improving");
    });

    test("a snapshot without held-out prompts, or by one labeler, meets no such threshold", async () => {
      const id = await training({}, { labelers: 3 });
      await work(id, { report: { loss: 0.5 } });
      expect(await unmet()).toEqual(["heldoutPairs", "accuracy", "accuracyLow", "labelers"]);
    });

    test("a person may let it go on all the same: their name and the figures are kept", async () => {
      const id = await training();
      await work(id, weak);
      await goThrough(id, "improve");
      await work(id);
      const { history } = await shown();
      expect(history[0].gates[1]).toMatchObject({ gate: "improve", by: "admin" });
      expect(history[0].gates[1].ways[0]).toContainEqual({
        name: "accuracy",
        value: 0.55,
        wanted: 0.6,
        met: false,
      });
      expect(history[0]).toMatchObject({
        report: { accuracy: 0.55 },
        practice: { kl: 4, scoreBefore: 0, scoreAfter: 1.5 },
      });
      await expect(goThrough(id, "improve")).rejects.toMatchObject({ code: "conflict" });
    });

    test("put aside, it collects again, and learns anew from what has come since", async () => {
      const id = await training({ afterRankings: 1 });
      await work(id, { practice: { "objective/kl": 99, "objective/scores": 1 } });
      expect(await status()).toBe("improved");
      expect(await unmet()).toEqual(["kl"]);
      await stopRound(ctx, admin, { roundId: id });
      expect(await circle.round(1)).toMatchObject({
        status: "collecting",
        snapshotId: null,
        rewardModelId: null,
        nextPolicyModelId: null,
      });
      await advanceRounds(ctx, new Date());
      expect(await status()).toBe("collecting"); // nothing is new
      await circle.play(3);
      await advanceRounds(ctx, new Date());
      await work(id);
      expect(await status()).toBe("done");
      expect(await ctx.db.read.$count(run)).toBe(4);
      await expect(stopRound(ctx, admin, { roundId: id })).rejects.toMatchObject({
        code: "conflict",
      });
    });

    test("held by a person or by the rule's word, it waits at the next gate", async () => {
      const id = await training({ askAt: ["renew"] });
      await holdRound(ctx, admin, { roundId: id, held: true });
      await work(id);
      expect(await gate()).toMatchObject({ name: "improve", reasons: ["held"] });
      await holdRound(ctx, admin, { roundId: id, held: false });
      await advanceRounds(ctx, new Date());
      await work(id);
      expect(await gate()).toMatchObject({ name: "renew", reasons: ["asked"] });
      await advanceRounds(ctx, new Date());
      expect(await status()).toBe("improved");
      await goThrough(id, "renew");
      expect([await status(1), await status(2)]).toEqual(["done", "answering"]);
    });

    test("a campaign that is paused or closed meanwhile holds its round, which says so", async () => {
      const id = await training();
      await pauseCampaign(ctx, admin, circle);
      await work(id); // what had begun goes on to its gate
      expect(await gate()).toMatchObject({ name: "improve", reasons: ["not-open"] });
      await advanceRounds(ctx, new Date());
      await expect(goThrough(id, "improve")).rejects.toThrow("The campaign is paused");
      await resumeCampaign(ctx, admin, circle);
      await advanceRounds(ctx, new Date());
      await closeCampaign(ctx, admin, circle);
      await work(id);
      expect(await gate()).toMatchObject({ name: "renew", reasons: ["not-open"] });
      expect((await circle.campaign()).round).toBe(1);
    });

    test("a training that a person cancels does not begin again by itself", async () => {
      const { id } = await circle.answered(3);
      await by({ afterRankings: 1 });
      await circle.play(2);
      await advanceRounds(ctx, new Date());
      const [job] = await listJobs(ctx.db.read);
      await cancelJob(ctx, admin, { jobId: job.id });
      await advanceRounds(ctx, new Date());
      expect(await circle.round(1)).toMatchObject({ status: "collecting", held: true });
      await goThrough(id, "train");
      await work(id);
      expect(await status()).toBe("done");
    });

    test("PPO whose model is gone fails the round; mended, it goes on where it was, or is put aside", async () => {
      const id = await training();
      const job = (await claimNext(ctx, "w:1"))!;
      const gone = new Error("The folder of the reward model is gone.");
      const broken = { ...playedWork(ctx), practise: () => Promise.reject(gone) };
      await expect(turnRound(ctx, id, null, broken)).rejects.toThrow(gone.message);
      await settleJob(ctx, job, "w:1", { status: "failed", error: gone.message });
      expect((await shown()).current).toMatchObject({
        status: "failed",
        canStop: true,
        error: gone.message,
      });
      await advanceRounds(ctx, new Date());
      expect(await status()).toBe("failed"); // a fault is for a person to look at
      const before = await circle.round(1);
      await mendRound(ctx, admin, { roundId: id });
      expect(await circle.round(1)).toMatchObject({
        status: "improving",
        rewardModelId: before.rewardModelId,
      });
      await work(id);
      expect(await status()).toBe("done");
    });

    test("labelers rank on at a gate, and hand in what they hold: it is new to the next training", async () => {
      const ann = await testActor(ctx, "labeler", "Ann");
      const { id } = await circle.answered(3);
      await by({ afterRankings: 1, askAt: ["improve"] });
      const held = (await nextTask(ctx, ann))!;
      await circle.play(1);
      await advanceRounds(ctx, new Date());
      const letters = held.completions.map(({ letter }) => [letter]);
      const mine = { groups: letters, notRankable: [], noneAcceptable: false, seconds: 1 };
      await work(id);
      expect(await status()).toBe("trained");
      const { assignmentId } = held;
      expect(await submitRanking(ctx, ann, { assignmentId, ranking: mine })).toEqual({
        outcome: "accepted",
      });
      expect(await nextTask(ctx, ann)).not.toBeNull();
      await goThrough(id, "improve");
      await work(id);
      expect(await status()).toBe("done");
      await circle.answer(2, 1);
      const [train] = (await shown()).current.gates;
      expect(train.ways[0][0]).toMatchObject({ name: "newRankings", value: 1 });
      expect(await ctx.db.read.$count(assignment)).toBe(3);
    });

    test("only researchers and admins decide", async () => {
      const { id: roundId } = await circle.answered(3);
      const labeler = await testActor(ctx, "labeler");
      for (const denied of [
        goOn(ctx, labeler, { roundId, gate: "train" }),
        holdRound(ctx, labeler, { roundId, held: true }),
        stopRound(ctx, labeler, { roundId }),
        setRule(ctx, labeler, { campaignId: circle.campaignId, rule: null }),
        showRounds(ctx, labeler, { campaignId: circle.campaignId }),
      ])
        await expect(denied).rejects.toMatchObject({ code: "forbidden" });
    });
  });
});
