import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openMlflow } from "./mlflow";
import { mlflowClient } from "./mlflow-client";
import { batchOf } from "./mlflow-run";
import { mlflowServer } from "./mlflow-testing";
import { together, type Measured, type TrackedRun } from "./tracker";
import { z } from "zod";

let server: Awaited<ReturnType<typeof mlflowServer>>;
let folder: string;
let warnings: string[];
beforeEach(async () => {
  server = await mlflowServer();
  folder = await mkdtemp(path.join(tmpdir(), "mlflow-"));
  warnings = [];
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const at = (step: number): Measured => ({ step, metrics: { loss: 1 / step, kl: step } });
const open = (past: Measured[] | null = null, url = server.url) => {
  const run: TrackedRun = {
    name: "policy",
    config: { learningRate: 1e-5, kl: "adaptive", scoreClip: null },
    about: { "revealed.kind": "ppo" },
    past,
    folder,
    warn: (text) => warnings.push(text),
    mended: () => warnings.push("mended"),
  };
  return openMlflow({ url, experiment: "sorting", pause: 1, patience: 50 }, run);
};
const stepsOf = (run: number) =>
  server.runs[run].metrics.filter(({ key }) => key === "loss").map(({ step }) => step);

it("sends a run's parameters, tags, metrics and end", async () => {
  const tracker = open();
  await tracker.step(at(1));
  await tracker.step({ step: 2, metrics: { loss: Number.NaN, kl: 3 } });
  await tracker.end("done");
  expect([...server.experiments.keys()]).toEqual(["sorting"]);
  const [{ name, status, params, tags, metrics }] = server.runs;
  expect([name, status]).toEqual(["policy", "FINISHED"]);
  expect(params).toEqual([
    { key: "learningRate", value: "0.00001" },
    { key: "kl", value: "adaptive" },
    { key: "scoreClip", value: "null" },
  ]);
  expect(tags).toContainEqual({ key: "revealed.kind", value: "ppo" });
  expect(metrics.map(({ key, value, step }) => [key, value, step])).toEqual([
    ["loss", 1, 1],
    ["kl", 1, 1],
    ["kl", 3, 2], // JSON has no word for the other's NaN
  ]);
  expect(warnings).toEqual([]);
});

it("goes on with the same run, each step once, though some were done again", async () => {
  const first = open();
  for (const step of [1, 2, 3, 4]) await first.step(at(step));
  await first.end("cancelled");
  expect(server.runs[0].status).toBe("KILLED");
  const second = open([at(1), at(2)]); // its checkpoint is after step 2
  for (const step of [3, 4, 5]) await second.step(at(step));
  await second.end("done");
  expect(server.runs).toHaveLength(1);
  expect(stepsOf(0)).toEqual([1, 2, 3, 4, 5]);
  expect(server.runs[0].status).toBe("FINISHED");
});

it("sends what was measured before the server was asked for, and begins anew where its run is gone", async () => {
  const first = open();
  await first.end("paused");
  expect(server.runs[0].status).toBe("RUNNING");
  server.runs.length = 0;
  const second = open([at(1), at(2)]);
  await second.step(at(3));
  await second.end("failed");
  expect(stepsOf(0)).toEqual([1, 2, 3]);
  expect(server.runs[0].status).toBe("FAILED");
});

it.each([500, 429, "drop"] as const)("tries again after %s, with one warning", async (what) => {
  server.trouble.push(what, what);
  const tracker = open();
  await tracker.step(at(1));
  await expect.poll(() => server.runs[0]?.metrics.length).toBe(2);
  await tracker.end("done");
  expect(stepsOf(0)).toEqual([1]);
  expect(warnings).toEqual([
    expect.stringMatching(/^MLflow at http.*; the training goes on/),
    "mended",
  ]);
});

it("gives up where the server refuses, and says so once", async () => {
  server.trouble.push(401);
  const tracker = open();
  await expect.poll(() => warnings.length).toBe(1);
  await tracker.step(at(1));
  await tracker.end("done");
  expect(warnings).toEqual([expect.stringMatching(/status 401; nothing more is sent there/)]);
  expect(server.asked).toHaveLength(1);
});

it("a server that is down costs a training two warnings and nothing else", async () => {
  await server.close();
  const tracker = open();
  for (const step of [1, 2, 3]) await tracker.step(at(step));
  await tracker.end("done");
  expect(warnings).toEqual([
    expect.stringMatching(/cannot be reached/),
    expect.stringMatching(/lacks the last 3 steps or the run's end; the run itself has them/),
  ]);
  server = await mlflowServer(); // for afterEach
});

it("what breaks in a tracker is told once, and the others go on", async () => {
  const steps: number[] = [];
  const fails = { step: () => Promise.reject(new Error("no space")), end: () => Promise.resolve() };
  const works = {
    step: ({ step }: Measured) => Promise.resolve(void steps.push(step)),
    end: () => Promise.resolve(),
  };
  const both = together([fails, works], (text) => warnings.push(text));
  await both.step(at(1));
  await both.step(at(2));
  await both.end("done");
  expect(steps).toEqual([1, 2]);
  expect(warnings).toEqual([
    "metrics are not written there any more: no space; the training goes on",
  ]);
});

it("a request holds a thousand metrics at most, and whole steps", () => {
  const metrics = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m${i}`, i]));
  const steps = [1, 2, 3, 4].map((step) => ({ step, metrics, timestamp: 0 }));
  expect(batchOf(steps).map(({ step }) => step)).toEqual([1, 2, 3]);
  expect(batchOf(steps.slice(0, 2))).toHaveLength(2);
});

it("what answers there but is no MLflow server is refused", async () => {
  server.trouble.push(200);
  const call = mlflowClient(server.url);
  const asking = call("GET", "runs/get", { run_id: "1" }, z.object({ run: z.object({}) }));
  await expect(asking).rejects.toThrow(/no MLflow server/);
});
