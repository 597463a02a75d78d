import { spawn, type ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import type { Db } from "../db/client";
import { migrateDatabase } from "../db/migrate";
import { openDatabase } from "../db/open";
import { job, model, run } from "../db/schema";
import type { RunId } from "../domain/ids";
import type { RunKind } from "../domain/run-kinds";
import { loadModel } from "../ml/checkpoint/load-model";
import { absolutePath } from "../services/folders";
import { cancelRun, pauseRun, resumeRun, startRun } from "../services/runs";
import { runMetrics } from "../services/runs-view";
import { trainingWorld } from "./testing";
import { trainRunJobs } from "./train-run";
import { work } from "./work";

// Two workers over one queue, ended at random moments by Ctrl-C or kill -9 and started again.

type World = Awaited<ReturnType<typeof trainingWorld>>;
let folder: string;
let url: string;
let db: Db;
let world: World;
const workers = new Set<ChildProcess>();

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "revealed-storm-"));
  url = path.join(folder, "storm.sqlite");
  await migrateDatabase(url);
  db = openDatabase(url);
  world = await trainingWorld(() => Promise.resolve(db));
});
afterEach(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  workers.clear();
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(): ChildProcess {
  const args = ["--import", "tsx", "server/jobs/worker.ts"];
  const env = { ...process.env, REVEALED_DATA: world.ctx.folders.data, DATABASE_URL: url };
  const worker = spawn(process.execPath, args, { env, stdio: ["ignore", "inherit", "inherit"] });
  workers.add(worker);
  return worker;
}

async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  worker.kill(signal);
  await ended;
  workers.delete(worker);
}

async function until(what: string, happened: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1200; i++) {
    if (await happened()) return;
    await sleep(50);
  }
  throw new Error(`${what}: not within a minute`);
}

const runs = () => db.read.select().from(run);
const runOf = async (id: RunId) => (await runs()).find((one) => one.id === id)!;
const isStatus = (id: RunId, status: string) => async () => (await runOf(id)).status === status;

const long: [RunKind, Record<string, unknown>][] = [
  ["sft", { maxSteps: 300 }],
  ["reward", { maxSteps: 250 }],
  ["dpo", { maxSteps: 200 }],
  ["grpo", { iterations: 60, generations: 4 }],
  ["ppo", { iterations: 40 }],
  ["best-of-n", { completions: 64 }],
];

/** An endpoint that likes long answers, and takes its time as long as it is slow. */
async function startJudge() {
  const judge = { url: "", slow: true, close: () => {} };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { query } = (await json(request)) as { query: string[] };
    if (judge.slow) await sleep(100);
    response.end(JSON.stringify({ rewards: query.map((text) => text.length) }));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  judge.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rewards`;
  judge.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return judge;
}

/** What a run measured and made, without what depends on time. */
async function outcomeOf(id: RunId) {
  const { status, error, step, totalSteps, outputModelId } = await runOf(id);
  const { rows } = await runMetrics(world.ctx, world.researcher, { id, after: -1 });
  const made = (await db.read.select().from(model)).find((one) => one.id === outputModelId);
  const metrics = rows.map((row) => ({
    at: row.step,
    values: { ...row.values, tokens_per_second: 0 },
  }));
  return { status, error, step, totalSteps, hash: made?.hash ?? null, metrics };
}

/** Every model folder is whole and known, and nothing half-written lies beside. */
async function requireWholeModels(): Promise<void> {
  const { folders } = world.ctx;
  const trained = (await db.read.select().from(model)).filter(({ runId }) => runId !== null);
  const known = new Set(["policy", "reward", ...trained.map((one) => path.basename(one.path))]);
  expect(readdirSync(folders.models).filter((name) => !known.has(name))).toEqual([]);
  expect(trained.length).toBeGreaterThan(0);
  for (const { path: at } of trained) await loadModel(absolutePath(folders, at));
}

test("workers ended at random end every run as if nothing had happened", async () => {
  const ask = async () => {
    const ids: RunId[] = [];
    for (const [kind, config] of long) ids.push((await world.ask(kind, config)).id);
    return ids;
  };
  const calm = await ask();
  await work(world.ctx, {
    definitions: trainRunJobs,
    stop: new AbortController().signal,
    untilIdle: true,
  });
  const expected = await Promise.all(calm.map(outcomeOf));
  expect(expected.map(({ status }) => status)).toEqual(long.map(() => "done"));

  const stormy = await ask();
  const isOver = async () =>
    (await runs()).every((one) => one.status === "done" || one.status === "failed");
  const said: string[] = [];
  const pair = [start(), start()];
  for (let strikes = 0; strikes < 6 && !(await isOver()); strikes++) {
    await until("a run is in hand", async () =>
      (await db.read.select().from(job)).some((one) => one.status === "running"),
    );
    await sleep(randomInt(0, 1500));
    const [at, signal] = [randomInt(2), randomInt(2) === 0 ? "SIGKILL" : "SIGTERM"] as const;
    said.push(`${signal} to worker ${at}`);
    // three deaths without a checkpoint between would rightly end a run
    const inHand = (await db.read.select().from(job)).filter((one) => one.attempts >= 2);
    await end(pair[at], inHand.length > 0 ? "SIGTERM" : signal);
    pair[at] = start();
  }
  await until("all runs end", isOver);
  const found = await Promise.all(stormy.map(outcomeOf));
  for (const [i, outcome] of found.entries()) {
    const about = { said, kind: long[i][0] };
    expect({ ...about, ...outcome }).toEqual({ ...about, ...expected[i] });
  }
  await requireWholeModels();
  const jobs = await db.read.select().from(job);
  expect(jobs.map(({ status, workerId }) => [status, workerId])).toEqual(
    jobs.map(() => ["done", null]),
  );
}, 240_000);

test("cancelled while it waits, cancelled in hand, and a worker killed beside a paused run", async () => {
  const { ctx, researcher, campaign, modelId, ask } = world;
  const judge = await startJudge();
  onTestFinished(judge.close);
  const askJudged = () =>
    startRun(ctx, researcher, {
      kind: "grpo",
      campaignId: campaign.campaignId,
      modelId,
      reward: { parts: [{ kind: "endpoint", url: judge.url }] },
      config: { iterations: 60, generations: 4, batchSize: 8, minibatches: 2, maxNewTokens: 4 },
      seed: 3,
    });
  const endless = { maxSteps: 1_000_000 };
  const waiting = await ask("sft", endless, 1);
  const inHand = await ask("sft", endless, 2);
  const paused = await askJudged(); // slow enough to be paused before it ends
  await cancelRun(ctx, researcher, waiting);
  expect((await runOf(waiting.id)).status).toBe("cancelled");

  let worker = start();
  await until("it runs", async () => (await runOf(inHand.id)).step > 0);
  await cancelRun(ctx, researcher, inHand);
  await until("it ends", isStatus(inHand.id, "cancelled"));
  expect(existsSync(path.join(ctx.folders.runs, inHand.id, "checkpoints"))).toBe(false);
  expect(existsSync(path.join(ctx.folders.models, inHand.id))).toBe(false);

  await until("the next runs", async () => (await runOf(paused.id)).step > 0);
  await pauseRun(ctx, researcher, paused);
  await until("it stands", isStatus(paused.id, "paused"));
  const { step } = await runOf(paused.id);
  await end(worker, "SIGKILL");
  worker = start();
  const other = await ask("sft", { maxSteps: 4 }, 4);
  await until("another run is done beside it", isStatus(other.id, "done"));
  expect(await runOf(paused.id)).toMatchObject({ status: "paused", step });
  judge.slow = false;
  await resumeRun(ctx, researcher, paused);
  await until("it ends", isStatus(paused.id, "done"));
  await end(worker, "SIGTERM");

  const straight = await askJudged();
  await work(ctx, {
    definitions: trainRunJobs,
    stop: new AbortController().signal,
    untilIdle: true,
  });
  const [a, b] = [await outcomeOf(paused.id), await outcomeOf(straight.id)];
  expect(a).toEqual(b);
  expect((await runOf(waiting.id)).step).toBe(0);
  await requireWholeModels();
}, 240_000);
