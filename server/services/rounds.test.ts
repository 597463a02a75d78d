import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { updateCampaign } from "../db/queries/campaign";
import { listJobs } from "../db/queries/job";
import { findRun } from "../db/queries/run";
import { findModel } from "../db/queries/model";
import { completion, metric, ranking } from "../db/schema";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import type { CampaignId, ModelId } from "../domain/ids";
import { keepTask, keepTruth, promptsToAnswer, roundOf, writtenAnswers } from "./answering";
import type { Actor, Services } from "./context";
import { demoRun, ensureDemo, openDemo, seedDemo } from "./demo";
import { claimNext, settleJob } from "./job-queue";
import { cancelJob } from "./jobs";
import { goOn, mendRound } from "./round-gates";
import { turnRound } from "./round-training";
import { openCampaign } from "./rounds";
import { playedWork, sortingSeed as seed, TestCircle } from "./rounds-testing";
import { recordRun } from "./run-record";
import { cancelRun, startRun } from "./runs";
import { startSimulation } from "./simulation";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let circle: TestCircle;
  let ctx: Services;
  let admin: Actor;
  let campaignId: CampaignId;
  let policyId: ModelId;
  beforeEach(async () => {
    circle = await TestCircle.make(makeDb);
    ({ ctx, admin, campaignId, policyId } = circle);
  });

  const jobNames = async () => (await listJobs(ctx.db.read)).map((job) => job.name);
  const train = (roundId: Awaited<ReturnType<TestCircle["answered"]>>["id"]) =>
    goOn(ctx, admin, { roundId, gate: "train" });

  test("the demo is asked for once, and not where somebody works already", async () => {
    expect(await ensureDemo(ctx)).toBe(false); // there is a campaign
    const fresh = await testServices(makeDb);
    expect(await ensureDemo(fresh)).toBe(true);
    expect(await ensureDemo(fresh)).toBe(true); // still being made: the same job
    expect(await listJobs(fresh.db.read)).toHaveLength(1);
    const job = (await claimNext(fresh, "w:1"))!;
    await settleJob(fresh, job, "w:1", { status: "done" });
    expect(await ensureDemo(fresh)).toBe(false);
  });

  test("the demo's campaign is written once, with its demonstrations, and opens once", async () => {
    expect((await seedDemo(ctx, seed)).id).toBe(campaignId);
    const run = await demoRun(ctx, campaignId, policyId, {});
    expect((await demoRun(ctx, campaignId, policyId, {})).id).toBe(run.id);
    await openDemo(ctx, await circle.campaign(), policyId);
    await openDemo(ctx, await circle.campaign(), policyId);
    expect(await circle.campaign()).toMatchObject({
      status: "open",
      round: 1,
      policyModelId: policyId,
    });
    expect(await jobNames()).toStrictEqual(["answer"]);
  });

  test("a campaign opens only with a policy", async () => {
    const opened = openCampaign(ctx, admin, { campaignId });
    await expect(opened).rejects.toMatchObject({ code: "conflict" });
    const labeler = await testActor(ctx, "labeler");
    const denied = openCampaign(ctx, labeler, { campaignId });
    await expect(denied).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a round answers prompts in one order, those with fewest tasks first, each once", async () => {
    const round = await circle.answered(2);
    const { waiting, answered: done } = await promptsToAnswer(ctx, round);
    expect(done).toBe(2);
    expect(waiting).toHaveLength(2);
    const again = await promptsToAnswer(ctx, round);
    expect(again.waiting).toStrictEqual(waiting);
    await circle.play(2);
    await train(round.id);
    await turnRound(ctx, round.id, null, playedWork(ctx));
    const next = await promptsToAnswer(ctx, await circle.round(2));
    expect(
      next.waiting
        .slice(0, 2)
        .map((row) => row.id)
        .sort(),
    ).toStrictEqual(waiting.map((row) => row.id).sort());
    expect(next.waiting).toHaveLength(4);
  });

  test("a demonstration may stand beside the policy's answers; truth stays with the rows", async () => {
    const round = await circle.answered(0);
    const about = await roundOf(ctx, round.id);
    const [prompt] = (await promptsToAnswer(ctx, round)).waiting;
    const [written] = await writtenAnswers(ctx, about.campaign, [prompt]);
    expect(written?.text).toBe(seed.prompts.find((one) => one.text === prompt.text)!.answer!.text);
    await keepTask(ctx, about, prompt, [written!]);
    const rows = await ctx.db.read.select().from(completion);
    expect(rows).toMatchObject([{ finish: "written", modelId: null, correct: true, params: {} }]);
    await keepTruth(ctx, round, 0.5);
    expect((await circle.round(1)).exact).toBe(0.5);
    expect((await findModel(ctx.db.read, policyId))!.exact).toBe(0.5);
  });

  test("simulated labelers rank through the services, marked in every row, each task once", async () => {
    await circle.answered(3);
    await startSimulation(ctx, admin, { campaignId, rankings: 2 });
    expect(await jobNames()).toStrictEqual(["simulate"]);
    expect(await circle.play(2)).toBe(2);
    expect(await circle.play(2)).toBe(2); // begun again after a crash: nothing is missing
    expect(await circle.play(100)).toBe(3);
    const rows = await ctx.db.read.select().from(ranking);
    expect(rows.map((row) => row.simulated)).toStrictEqual([true, true, true]);
  });

  test("training waits for rankings, is queued once, and goes back to collecting when cancelled", async () => {
    const { id: roundId } = await circle.answered(2);
    const early = train(roundId);
    await expect(early).rejects.toThrow("Nobody has ranked yet");
    await circle.play(2);
    await train(roundId);
    const twice = train(roundId);
    await expect(twice).rejects.toMatchObject({ code: "conflict" });
    const [job] = await listJobs(ctx.db.read);
    expect(job.name).toBe("train-round");
    await cancelJob(ctx, admin, { jobId: job.id });
    expect((await circle.round(1)).status).toBe("collecting");
  });

  test("simulated rankings alone train nothing where the campaign leaves them out", async () => {
    const { id: roundId } = await circle.answered(1);
    await circle.play(1);
    await write(ctx.db, (tx) => updateCampaign(tx, campaignId, { config: {} }));
    const training = train(roundId);
    await expect(training).rejects.toThrow("Only simulated labelers have ranked");
  });

  test("a step that is done again replaces what it measured", async () => {
    const { id: roundId } = await circle.answered(2);
    await circle.play(2);
    await train(roundId);
    const work = playedWork(ctx);
    await turnRound(ctx, roundId, null, {
      ...work,
      async fit(run, name) {
        const metrics = [{ runId: run.id, step: 1, values: { loss: 3, "eval/accuracy": 0 } }];
        await recordRun(ctx, run, { step: 1, totalSteps: 2, secondsLeft: 1, metrics, samples: [] });
        return await work.fit(run, name);
      },
    });
    const { rewardRunId } = await circle.round(1);
    const [, row] = await ctx.db.read.select().from(metric).where(eq(metric.runId, rewardRunId!));
    expect(row.values["eval/accuracy"]).toBe(0.8);
    expect(await circle.round(1)).toMatchObject({
      status: "done",
      nextPolicyModelId: expect.any(String),
    });
    expect(await circle.round(2)).toMatchObject({ status: "answering", exact: 0.75 });
    expect((await circle.campaign()).round).toBe(2);
  });

  test("a failed round is mended where it failed", async () => {
    const { id: roundId } = await circle.answered(2);
    await circle.play(2);
    await train(roundId);
    const job = (await claimNext(ctx, "w:1"))!;
    const full = new AppError("internal", "The disk is full.");
    const broken = { ...playedWork(ctx), fit: () => Promise.reject(full) };
    await expect(turnRound(ctx, roundId, null, broken)).rejects.toThrow(full.message);
    await settleJob(ctx, job, "w:1", { status: "failed", error: full.message });
    const { status, rewardRunId } = await circle.round(1);
    expect(status).toBe("failed");
    expect(await findRun(ctx.db.read, rewardRunId!)).toMatchObject({
      status: "failed",
      error: "The disk is full.",
    });
    await mendRound(ctx, admin, { roundId });
    expect((await circle.round(1)).status).toBe("collecting");
    await train(roundId);
    await turnRound(ctx, roundId, null, playedWork(ctx));
    expect((await circle.round(1)).rewardRunId).not.toBe(rewardRunId);
    expect((await circle.round(1)).status).toBe("done");
  });

  test("a researcher's run names what it needs, and can be cancelled while it waits", async () => {
    const researcher = await testActor(ctx, "researcher");
    const reward = { parts: [{ kind: "models" as const, modelIds: [policyId] }] };
    const wrong = { kind: "ppo", campaignId, modelId: policyId, reward } as const;
    const started = startRun(ctx, researcher, { ...wrong, config: {}, seed: 0 });
    await expect(started).rejects.toThrow("choose a reward");
    const sft = { kind: "sft", campaignId, modelId: policyId, config: {}, seed: 3 } as const;
    const { id } = await startRun(ctx, researcher, sft);
    expect(await jobNames()).toStrictEqual(["train-sft"]);
    await cancelRun(ctx, researcher, { id });
    expect((await findRun(ctx.db.read, id))!.status).toBe("cancelled");
    const again = cancelRun(ctx, researcher, { id });
    await expect(again).rejects.toMatchObject({ code: "conflict" });
  });
});
