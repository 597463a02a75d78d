import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrateDatabase } from "../db/migrate";
import { openDatabase } from "../db/open";
import {
  campaign,
  completion,
  demonstration,
  job,
  metric,
  prompt,
  round,
  run,
  task,
} from "../db/schema";
import { ensureDemo } from "../services/demo";
import { foldersIn } from "../services/folders";
import type { Services } from "../services/context";

/** The worker process over a data folder of its own, killed in the middle of what it does. */
let data: string;
let ctx: Services;
let worker: ChildProcess | null = null;

beforeEach(async () => {
  data = mkdtempSync(path.join(tmpdir(), "revealed-kill-"));
  const url = path.join(data, "revealed.sqlite");
  await migrateDatabase(url);
  ctx = { db: openDatabase(url), folders: foldersIn(data) };
});
afterEach(async () => {
  worker?.kill("SIGKILL");
  await ctx.db.close();
  rmSync(data, { recursive: true, force: true });
});

function start(): ChildProcess {
  const args = ["--import", "tsx", "server/jobs/worker.ts"];
  const env = { ...process.env, REVEALED_DATA: data, DATABASE_URL: "" };
  worker = spawn(process.execPath, args, { env, stdio: ["ignore", "inherit", "inherit"] });
  return worker;
}

/** Ends the worker by a signal. @returns its exit code, null when the signal ended it */
async function end(signal: NodeJS.Signals): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => worker!.once("exit", resolve));
  worker!.kill(signal);
  return await ended;
}

async function until(what: string, happened: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1200; i++) {
    if (await happened()) return;
    await sleep(100);
  }
  throw new Error(`${what}: not within two minutes`);
}

const read = () => ctx.db.read;
const stepsDone = async () => (await read().select({ step: run.step }).from(run))[0]?.step ?? 0;
const tasks = () => read().select().from(task);
const roundStatus = async () => (await read().select().from(round))[0]?.status;

test("the demo is made although its worker is killed in training and while it answers", async () => {
  await ensureDemo(ctx);
  start();
  await until("training begins", async () => (await stepsDone()) >= 5);
  await end("SIGKILL");
  const before = await read().select().from(metric).orderBy(asc(metric.step));
  const kept = {
    prompts: await read().$count(prompt),
    written: await read().$count(demonstration),
  };
  expect((await read().select().from(job))[0].status).toBe("running");

  start();
  await until("answers begin", async () => (await tasks()).length >= 5);
  await end("SIGKILL");
  const some = await tasks();

  start();
  await until("the round collects", async () => (await roundStatus()) === "collecting");
  expect(await end("SIGTERM")).toBe(0);

  expect(await read().$count(prompt)).toBe(kept.prompts);
  expect(await read().$count(demonstration)).toBe(kept.written);
  expect(await read().$count(campaign)).toBe(1);
  expect(await read().$count(run)).toBe(1);
  const metrics = await read().select().from(metric).orderBy(asc(metric.step));
  expect(metrics.map((row) => row.step)).toStrictEqual(metrics.map((_, i) => i + 1));
  // Seeded: a step that was done again measured what it had measured before
  for (const [i, row] of before.entries()) {
    const { tokens_per_second: _, ...was } = row.values;
    expect(metrics[i].values).toMatchObject(was);
  }
  const all = await tasks();
  expect(all).toStrictEqual(expect.arrayContaining(some));
  expect(new Set(all.map((row) => row.promptId)).size).toBe(all.length);
  const answers = await read().select({ id: completion.id }).from(completion);
  expect(all.flatMap((row) => row.completionIds).sort()).toStrictEqual(
    answers.map((row) => row.id).sort(),
  );
});

test("a worker that is told to end keeps its place and the next one goes on there", async () => {
  await ensureDemo(ctx);
  start();
  await until("training begins", async () => (await stepsDone()) >= 5);
  expect(await end("SIGINT")).toBe(0);
  const at = await stepsDone();
  const [waiting] = await read().select().from(job).where(eq(job.name, "make-demo"));
  expect(waiting).toMatchObject({ status: "queued", attempts: 0, workerId: null });
  start();
  await until("training goes on", async () => (await stepsDone()) > at);
  const metrics = await read().select().from(metric).orderBy(asc(metric.step));
  expect(metrics.map((row) => row.step)).toStrictEqual(metrics.map((_, i) => i + 1));
});
