import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { updateRun } from "../db/queries/run";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import type { RunId } from "../domain/ids";
import { stepOf } from "../ml/tracking/event";
import { mlflowServer } from "../ml/tracking/mlflow-testing";
import { readRecords } from "../ml/tracking/tfrecord";
import type { Services } from "../services/context";
import { getRun } from "../services/runs-view";
import { trainRunJobs } from "./train-run";
import { trainingWorld } from "./testing";
import { work } from "./work";

let server: Awaited<ReturnType<typeof mlflowServer>>;
beforeEach(async () => {
  server = await mlflowServer();
});
afterEach(() => server.close());

const track = (ctx: Services, id: RunId, url: string) => {
  const tracking = { tensorboard: true, mlflow: { url, experiment: "letters" } };
  return write(ctx.db, (tx) => updateRun(tx, id, { tracking }));
};

/** Works until nothing waits, or until so many steps of MLflow's were seen. */
async function workOff(ctx: Services, until = Infinity) {
  const stop = new AbortController();
  const watch = setInterval(() => {
    if (seen() >= until) stop.abort();
  }, 1);
  await work(ctx, { definitions: trainRunJobs, stop: stop.signal, untilIdle: true });
  clearInterval(watch);
}
const losses = () => server.runs.flatMap(({ metrics }) => metrics).filter((m) => m.key === "loss");
const seen = () => losses().length;

forEachDialect((makeDb) => {
  test("a run that stops with its worker and goes on has each step once in both", async () => {
    const { ctx, researcher, ask } = await trainingWorld(makeDb);
    const { id } = await ask("sft", { maxSteps: 400 });
    await track(ctx, id, server.url);
    await workOff(ctx, 3);
    expect(await getRun(ctx, researcher, { id })).not.toMatchObject({ status: "done" });
    expect(server.runs[0].status).toBe("RUNNING");
    await workOff(ctx);
    const run = await getRun(ctx, researcher, { id });
    const { name, tensorboard } = run.tracked!;
    expect(run.status).toBe("done");
    expect(run.tracked).toMatchObject({ problem: null, mlflow: { experiment: "letters" } });
    const steps = Array.from({ length: 400 }, (_, i) => i + 1);
    expect(losses().map(({ step }) => step)).toEqual(steps);
    expect(server.runs).toMatchObject([{ name, status: "FINISHED" }]);
    expect(server.runs[0].params).toContainEqual({ key: "maxSteps", value: "400" });
    const [file] = await readdir(path.join(tensorboard!, name));
    const records = readRecords(await readFile(path.join(tensorboard!, name, file)));
    expect([...records].map(({ data }) => stepOf(data))).toEqual([0, ...steps]);
  });

  test("a server that is down leaves the run as it is, and its page says so", async () => {
    const { ctx, researcher, ask } = await trainingWorld(makeDb);
    const { id } = await ask("reward");
    await server.close();
    await track(ctx, id, server.url);
    await workOff(ctx);
    const run = await getRun(ctx, researcher, { id });
    expect(run).toMatchObject({ status: "done", error: null });
    expect(run.tracked?.problem).toMatch(/lacks the last 4 steps/);
    server = await mlflowServer(); // for afterEach
  });
});
