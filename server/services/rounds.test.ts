import { beforeEach, expect, test } from "vitest";
import { findCampaign, updateCampaign } from "../db/queries/campaign";
import { listJobs } from "../db/queries/job";
import { findRoundNumber, findRun } from "../db/queries/run";
import { findModel } from "../db/queries/model";
import { completion, ranking } from "../db/schema";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import type { CampaignId, ModelId } from "../domain/ids";
import {
  beginCollecting,
  keepTask,
  keepTruth,
  promptsToAnswer,
  roundOf,
  writtenAnswers,
} from "./answering";
import type { Actor, Services } from "./context";
import { demoRun, ensureDemo, openDemo, seedDemo, type DemoSeed } from "./demo";
import { claimNext, settleJob } from "./job-queue";
import { cancelJob } from "./jobs";
import { closeRound, freezeRound, outputOf, ppoRun, rewardRun } from "./round-training";
import { mendRound, openCampaign, trainRound } from "./rounds";
import { endRun, recordRun, registerModel } from "./run-record";
import { cancelRun, startRun } from "./runs";
import { playLabelers, startSimulation } from "./simulation";
import { testActor, testServices } from "./testing";

const seed: DemoSeed = {
  name: "Sorting",
  guidelines: "",
  config: { demonstrations: true, includeSimulated: true },
  completionsPerTask: 4,
  tasksPerRound: 3,
  prompts: [
    ...["sort: 3 1 2", "sort: 9 8 7", "sort: 4 6 5", "sort: 2 1 3"].map((text) => ({
      text,
      split: "train" as const,
      answer: { text: text.slice(6).split(" ").sort().join(" "), author: 0 as const },
    })),
    { text: "sort: 1 0 2", split: "heldout", answer: null },
  ],
};

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let campaignId: CampaignId;
  let policyId: ModelId;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    campaignId = (await seedDemo(ctx, seed)).id;
    policyId = (await model("policy")).id;
  });

  const model = (kind: "policy" | "reward", name: string = kind) =>
    registerModel(ctx, {
      name,
      kind,
      path: `/models/${name}`,
      hash: "0",
      architecture: "GPT2LMHeadModel",
      parameters: 10,
      source: "shipped",
    });
  const campaign = async () => (await findCampaign(ctx.db.read, campaignId))!;
  const roundNumber = async (number: number) =>
    (await findRoundNumber(ctx.db.read, campaignId, number))!;
  const jobNames = async () => (await listJobs(ctx.db.read)).map((job) => job.name);

  /** Round 1, open and answered: a task of four answers for each of `tasks` prompts. */
  async function answered(tasks: number) {
    await openDemo(ctx, await campaign(), policyId);
    const job = (await claimNext(ctx, "w:1"))!;
    const about = await roundOf(ctx, (await roundNumber(1)).id);
    const { waiting } = await promptsToAnswer(ctx, about.round);
    for (const prompt of waiting.slice(0, tasks)) {
      const texts = ["1 2 3", "3 2 1", "1 1 1", `${prompt.text.slice(6)} 0`];
      const params = { temperature: 1 };
      const finish = "stop" as const;
      const answers = texts.map((text, i) => ({ text, seed: i, params, finish }));
      await keepTask(ctx, about, prompt, answers);
    }
    await beginCollecting(ctx, about.round);
    await settleJob(ctx, job, "w:1", { status: "done" });
    return (await roundOf(ctx, about.round.id)).round;
  }
  const play = (rankings: number) =>
    playLabelers(ctx, { campaignId, rankings, since: new Date(0) }, async () => {});

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
    await openDemo(ctx, await campaign(), policyId);
    await openDemo(ctx, await campaign(), policyId);
    expect(await campaign()).toMatchObject({ status: "open", round: 1, policyModelId: policyId });
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
    const round = await answered(2);
    const { waiting, answered: done } = await promptsToAnswer(ctx, round);
    expect(done).toBe(2);
    expect(waiting).toHaveLength(2);
    const again = await promptsToAnswer(ctx, round);
    expect(again.waiting).toStrictEqual(waiting);
    const policy = (await findModel(ctx.db.read, policyId))!;
    await closeRound(ctx, round, await campaign(), policy);
    const next = await promptsToAnswer(ctx, await roundNumber(2));
    expect(
      next.waiting
        .slice(0, 2)
        .map((row) => row.id)
        .sort(),
    ).toStrictEqual(waiting.map((row) => row.id).sort());
    expect(next.waiting).toHaveLength(4);
  });

  test("a demonstration may stand beside the policy's answers; truth stays with the rows", async () => {
    const round = await answered(0);
    const about = await roundOf(ctx, round.id);
    const [prompt] = (await promptsToAnswer(ctx, round)).waiting;
    const [written] = await writtenAnswers(ctx, about.campaign, [prompt]);
    expect(written?.text).toBe(seed.prompts.find((one) => one.text === prompt.text)!.answer!.text);
    await keepTask(ctx, about, prompt, [written!]);
    const rows = await ctx.db.read.select().from(completion);
    expect(rows).toMatchObject([{ finish: "written", modelId: null, correct: true, params: {} }]);
    await keepTruth(ctx, round, 0.5);
    expect((await roundNumber(1)).exact).toBe(0.5);
    expect((await findModel(ctx.db.read, policyId))!.exact).toBe(0.5);
  });

  test("simulated labelers rank through the services, marked in every row, each task once", async () => {
    await answered(3);
    await startSimulation(ctx, admin, { campaignId, rankings: 2 });
    expect(await jobNames()).toStrictEqual(["simulate"]);
    expect(await play(2)).toBe(2);
    expect(await play(2)).toBe(2); // begun again after a crash: nothing is missing
    expect(await play(100)).toBe(3);
    const rows = await ctx.db.read.select().from(ranking);
    expect(rows.map((row) => row.simulated)).toStrictEqual([true, true, true]);
  });

  test("training waits for rankings, is queued once, and goes back to collecting when cancelled", async () => {
    const { id: roundId } = await answered(2);
    const early = trainRound(ctx, admin, { roundId });
    await expect(early).rejects.toThrow("Nobody has ranked yet");
    await play(2);
    await trainRound(ctx, admin, { roundId });
    const twice = trainRound(ctx, admin, { roundId });
    await expect(twice).rejects.toMatchObject({ code: "conflict" });
    const [job] = await listJobs(ctx.db.read);
    expect(job.name).toBe("train-round");
    await cancelJob(ctx, admin, { jobId: job.id });
    expect((await roundNumber(1)).status).toBe("collecting");
  });

  test("simulated rankings alone train nothing where the campaign leaves them out", async () => {
    const { id: roundId } = await answered(1);
    await play(1);
    await write(ctx.db, (tx) => updateCampaign(tx, campaignId, { config: {} }));
    const training = trainRound(ctx, admin, { roundId });
    await expect(training).rejects.toThrow("Only simulated labelers have ranked");
  });

  test("a training that is begun again finds its snapshot and its runs, and the circle closes once", async () => {
    const { id: roundId } = await answered(3);
    await play(3);
    await trainRound(ctx, admin, { roundId });
    const about = await roundOf(ctx, roundId);
    await freezeRound(ctx, about.round, about.campaign);
    const { round } = await roundOf(ctx, roundId);
    const run = await rewardRun(ctx, round, about.campaign, null);
    await freezeRound(ctx, round, about.campaign);
    expect((await roundNumber(1)).snapshotId).toBe(round.snapshotId);
    expect((await rewardRun(ctx, round, about.campaign, null)).id).toBe(run.id);
    const steps = { step: 1, totalSteps: 2, secondsLeft: 1, samples: [] };
    const metrics = (loss: number) => [{ runId: run.id, step: 1, values: { loss } }];
    await recordRun(ctx, run, { ...steps, metrics: metrics(3) });
    await recordRun(ctx, run, { ...steps, metrics: metrics(2) }); // the step is done again
    const reward = await endRun(ctx, run, await made("reward"));
    const done = (await findRun(ctx.db.read, run.id))!;
    expect(await outputOf(ctx, done)).toStrictEqual(reward);
    const ppo = await ppoRun(ctx, round, about.campaign, reward, null);
    const policy = await endRun(ctx, ppo, { ...(await made("policy")), exact: 0.75 });
    await closeRound(ctx, round, about.campaign, policy);
    await closeRound(ctx, round, about.campaign, policy);
    expect(await roundNumber(1)).toMatchObject({ status: "done", nextPolicyModelId: policy.id });
    expect(await roundNumber(2)).toMatchObject({ status: "answering", exact: 0.75 });
    expect((await campaign()).round).toBe(2);
    expect((await jobNames()).filter((name) => name === "answer")).toHaveLength(1);
  });

  const made = async (kind: "policy" | "reward") => {
    const {
      runId: _,
      campaignId: __,
      source: ___,
      id: ____,
      ...row
    } = await model(kind, `trained ${kind}`);
    return row;
  };

  test("a failed round is mended where it failed", async () => {
    const { id: roundId } = await answered(2);
    await play(2);
    await trainRound(ctx, admin, { roundId });
    const about = await roundOf(ctx, roundId);
    await freezeRound(ctx, about.round, about.campaign);
    const { round } = await roundOf(ctx, roundId);
    const run = await rewardRun(ctx, round, about.campaign, null);
    const job = (await claimNext(ctx, "w:1"))!;
    await settleJob(ctx, job, "w:1", { status: "failed", error: "The disk is full." });
    expect((await roundNumber(1)).status).toBe("failed");
    expect(await findRun(ctx.db.read, run.id)).toMatchObject({
      status: "failed",
      error: "The disk is full.",
    });
    await mendRound(ctx, admin, { roundId });
    expect((await roundNumber(1)).status).toBe("collecting");
    await trainRound(ctx, admin, { roundId });
    expect((await rewardRun(ctx, round, about.campaign, null)).id).not.toBe(run.id);
  });

  test("a researcher's run names what it needs, and can be cancelled while it waits", async () => {
    const researcher = await testActor(ctx, "researcher");
    const wrong = { kind: "ppo", campaignId, modelId: policyId, rewardModelId: policyId } as const;
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
