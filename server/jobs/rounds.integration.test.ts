import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { and, asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrateDatabase } from "../db/migrate";
import { openDatabase } from "../db/open";
import { updateCampaign } from "../db/queries/campaign";
import { completion, job, metric, model, round, run, snapshot, task } from "../db/schema";
import { write } from "../db/write";
import { heldoutShare } from "../domain/campaign";
import type { CampaignId } from "../domain/ids";
import { promptSplit } from "../domain/prompt-file";
import { usualRule, type RoundRule, type Thresholds } from "../domain/rounds/rule";
import { saveModel } from "../ml/checkpoint/save-model";
import { tinyModel } from "../ml/rlhf/testing";
import { createCampaign, zNewCampaign } from "../services/campaigns-change";
import type { Actor, Services } from "../services/context";
import { foldersIn } from "../services/folders";
import { goOn, setRule, stopRound } from "../services/round-gates";
import { openCampaign } from "../services/rounds";
import { showRounds } from "../services/rounds-view";
import { registerModel } from "../services/run-record";
import { startSimulation } from "../services/simulation";
import { heldOutShare, positionOf } from "../services/snapshots-split";
import { testActor } from "../services/testing";
import { answerJob } from "./answer";
import { simulateJob } from "./simulate";
import { trainRoundJob } from "./train-round";
import { work } from "./work";

/** A whole round with a model of a few thousand weights: what the worker does, and what it leaves. */
let data: string;
let ctx: Services;
let admin: Actor;
let worker: ChildProcess | null = null;

beforeEach(async () => {
  data = mkdtempSync(path.join(tmpdir(), "revealed-rounds-"));
  const url = path.join(data, "revealed.sqlite");
  await migrateDatabase(url);
  ctx = { db: openDatabase(url), folders: foldersIn(data, path.join(data, "shipped")) };
  admin = await testActor(ctx, "admin");
});
afterEach(async () => {
  worker?.kill("SIGKILL");
  worker = null;
  await ctx.db.close();
  rmSync(data, { recursive: true, force: true });
});

const tasks = 8;
const definitions = [answerJob, simulateJob, trainRoundJob];
const workOff = () =>
  work(ctx, { definitions, stop: new AbortController().signal, untilIdle: true });
const rounds = () => ctx.db.read.select().from(round).orderBy(asc(round.number));
const statuses = async () => (await rounds()).map((row) => row.status);

/** A sorting campaign of a policy that has learnt nothing, open for labelers. */
async function campaign(
  rule: Partial<RoundRule>,
  thresholds: Partial<Thresholds> = {},
): Promise<CampaignId> {
  const policy = tinyModel({}, 1, "sort: 0123456789");
  const folder = path.join(ctx.folders.models, "tiny");
  const { hash } = await saveModel(folder, policy, policy.tokenizer);
  const { id: policyModelId } = await registerModel(ctx, {
    name: "tiny",
    kind: "policy",
    path: folder,
    hash,
    architecture: "GPT2LMHeadModel",
    parameters: 1000,
    source: "dropped-in",
  });
  // tasks are made of those that their campaign trains on; half of these a snapshot holds out: one ranking
  // that holds nothing but ties leaves others to judge by
  const digit = (n: number, place: number) => Math.floor(n / 10 ** place) % 10;
  const all = Array.from(
    { length: 1000 },
    (_, i) => `sort: ${digit(i, 0)} ${digit(i, 1)} ${digit(i, 2)}`,
  );
  const train = all.filter((text) => promptSplit(text, heldoutShare) === "train");
  const lists = [true, false].flatMap((heldOut) =>
    train.filter((text) => positionOf(text) < heldOutShare === heldOut).slice(0, 10),
  );
  const { id } = await createCampaign(
    ctx,
    admin,
    zNewCampaign.parse({
      name: "Lists",
      policyModelId,
      verifier: "sort",
      completionsPerTask: 4,
      tasksPerRound: tasks,
      includeSimulated: true,
      sampling: { maxNewTokens: 6 },
      prompts: { content: lists.join("\n"), fileName: "" },
    }),
  );
  await write(ctx.db, (tx) =>
    updateCampaign(tx, id, {
      config: {
        sampling: { maxNewTokens: 6 },
        includeSimulated: true,
        reward: { epochs: 2, batchSize: 4 },
        ppo: { iterations: 3, batchSize: 8, epochs: 1, minibatches: 2, maxNewTokens: 6 },
      },
    }),
  );
  const usual = usualRule(tasks);
  const lax = { accuracy: 0, accuracyLow: null, heldoutPairs: 1, kl: 1000, scoreRises: false };
  await setRule(ctx, admin, {
    campaignId: id,
    rule: { ...usual, ...rule, thresholds: { ...usual.thresholds, ...lax, ...thresholds } },
  });
  await openCampaign(ctx, admin, { campaignId: id });
  return id;
}

test("by rule, the worker takes a round from rankings to a new policy's mixed tasks, and stops at a gate", async () => {
  const campaignId = await campaign({ calibrationShare: 0.5 });
  await workOff();
  expect(await statuses()).toEqual(["collecting"]);
  await startSimulation(ctx, admin, { campaignId, rankings: tasks });
  await workOff();
  expect(await statuses()).toEqual(["done", "collecting"]);

  const [first, second] = await rounds();
  const runs = await ctx.db.read.select().from(run).orderBy(asc(run.createdAt));
  expect(runs.map(({ kind, status, snapshotId }) => [kind, status, snapshotId])).toEqual([
    ["reward", "done", first.snapshotId],
    ["ppo", "done", first.snapshotId],
  ]);
  expect(first).toMatchObject({
    rewardRunId: runs[0].id,
    ppoRunId: runs[1].id,
    rewardModelId: runs[0].outputModelId,
    nextPolicyModelId: runs[1].outputModelId,
  });
  expect(second.policyModelId).toBe(first.nextPolicyModelId);

  // half of the tasks show both policies, half of each one's answers
  const answers = await ctx.db.read
    .select()
    .from(completion)
    .where(eq(completion.roundId, second.id));
  const made = await ctx.db.read.select().from(task).where(eq(task.roundId, second.id));
  const byOld = made.map(
    ({ completionIds }) =>
      answers.filter((one) => completionIds.includes(one.id) && one.modelId === first.policyModelId)
        .length,
  );
  expect(byOld.filter((n) => n === 2)).toHaveLength(tasks / 2);
  expect(byOld.filter((n) => n === 0)).toHaveLength(tasks / 2);

  await setRule(ctx, admin, { campaignId, rule: { ...usualRule(tasks), calibrationShare: 0 } });
  await startSimulation(ctx, admin, { campaignId, rankings: tasks });
  await workOff();
  expect(await statuses()).toEqual(["done", "trained"]);
  const { current, history } = await showRounds(ctx, admin, { campaignId });
  const gate = current!.gates.find((one) => one.name === current!.at)!;
  expect(gate).toMatchObject({ name: "improve", passes: false, reasons: ["checks"] });
  expect(gate.ways[0].find((check) => check.name === "heldoutPairs")).toMatchObject({ met: false });
  expect(current!.report.accuracy).toEqual(expect.any(Number));
  expect(history[0].practice.kl).toEqual(expect.any(Number));
  expect(history[0].preference).toMatchObject({ prompts: tasks / 2, rankings: tasks / 2 });

  // the reward model is deleted while its report stands at the gate
  rmSync(path.join(ctx.folders.models, current!.rewardRun!.id), { recursive: true });
  await goOn(ctx, admin, { roundId: second.id, gate: "improve" });
  await workOff();
  expect(await statuses()).toEqual(["done", "failed"]);
  const { current: failed } = await showRounds(ctx, admin, { campaignId });
  expect(failed!.error).toContain(current!.rewardRun!.id); // the folder that is not there
  await stopRound(ctx, admin, { roundId: second.id });
  await goOn(ctx, admin, { roundId: second.id, gate: "train" });
  await workOff();
  expect(await statuses()).toEqual(["done", "trained"]);
});

function start(): void {
  const args = ["--import", "tsx", "server/jobs/worker.ts"];
  const env = { ...process.env, REVEALED_DATA: data, DATABASE_URL: "" };
  worker = spawn(process.execPath, args, { env, stdio: ["ignore", "inherit", "inherit"] });
}

async function kill(): Promise<void> {
  const ended = new Promise((resolve) => worker!.once("exit", resolve));
  worker!.kill("SIGKILL");
  await ended;
}

/** Where the round is: its status, and how far the run of it is that goes on. */
async function place(): Promise<string> {
  const [last] = (await rounds()).slice(-1);
  const runs = await ctx.db.read.select().from(run).where(eq(run.status, "running"));
  const step = runs.map((one) => `${one.kind} ${one.step}`).join();
  const made = await ctx.db.read.$count(task, eq(task.roundId, last.id));
  return `${last.number} ${last.status} ${step} ${made}`;
}

test("a worker that is killed wherever it gets does every step of the round once", async () => {
  const campaignId = await campaign({ calibrationShare: 0.5 });
  const seen = new Set<string>();
  let kills = 0;
  let ranked = false;
  start();
  for (let i = 0; i < 12_000; i++) {
    const [first, second] = await rounds();
    if (second?.status === "collecting") break;
    if (first.status === "collecting" && !ranked) {
      await startSimulation(ctx, admin, { campaignId, rankings: tasks });
      ranked = true;
    }
    const at = await place();
    if (seen.has(at) || kills >= 10) {
      await sleep(10);
      continue;
    }
    seen.add(at);
    await kill();
    kills++;
    // a job that died too often is given up: here it is never the job's fault
    await write(ctx.db, (tx) =>
      tx.update(job).set({ attempts: 0 }).where(eq(job.status, "running")),
    );
    start();
  }
  expect(kills).toBeGreaterThan(4);
  expect(await statuses()).toEqual(["done", "collecting"]);
  await kill();

  const read = ctx.db.read;
  expect(await read.$count(snapshot)).toBe(1);
  const runs = await read.select().from(run).orderBy(asc(run.createdAt));
  expect(runs.map((one) => `${one.kind} ${one.status}`)).toEqual(["reward done", "ppo done"]);
  expect(await read.$count(model)).toBe(3);
  for (const { id, totalSteps } of runs) {
    const steps = await read.select({ step: metric.step }).from(metric).where(eq(metric.runId, id));
    expect(steps.map((row) => row.step).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: totalSteps }, (_, i) => i + 1),
    );
  }
  const [first, second] = await rounds();
  expect(first.gates!.map((record) => `${record.gate} ${record.decision}`)).toEqual([
    "train passed",
    "improve passed",
    "renew passed",
  ]);
  expect(await read.$count(task, eq(task.roundId, second.id))).toBe(tasks);
  const ofOld = and(eq(completion.roundId, second.id), eq(completion.modelId, first.policyModelId));
  expect(await read.$count(completion, ofOld)).toBe(tasks); // two in each of half the tasks
});
