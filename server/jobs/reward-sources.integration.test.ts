import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listJobs, updateJob } from "../db/queries/job";
import { prompt } from "../db/schema";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import type { RunId } from "../domain/ids";
import type { Services } from "../services/context";
import { exportRunData } from "../services/export-run";
import { listModels } from "../services/models-view";
import { cancelRun, resumeRun, startRun } from "../services/runs";
import { getRun, runMetrics, runSamples } from "../services/runs-view";
import { trainingWorld } from "./testing";
import { trainRunJobs } from "./train-run";
import { work } from "./work";

const workOff = (ctx: Services) =>
  work(ctx, { definitions: trainRunJobs, stop: new AbortController().signal, untilIdle: true });

async function pauseNext(ctx: Services, id: RunId): Promise<void> {
  await write(ctx.db, async (tx) => {
    const job = (await listJobs(tx)).find(({ runId }) => runId === id)!;
    await updateJob(tx, job.id, { pauseRequested: true });
  });
}

let server: Server;
let url: string;
let asked: { query: string[]; labels: (string | null)[]; by: string | undefined }[];
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { query, labels } = JSON.parse(body) as { query: string[]; labels: string[] };
      asked.push({ query, labels, by: request.headers.authorization });
      response.end(JSON.stringify({ rewards: query.map((asking) => asking.length) }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rewards`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

forEachDialect((makeDb) => {
  test("an ensemble's run that is paused after every step makes the same members", async () => {
    const { ctx, researcher, ask } = await trainingWorld(makeDb);
    const config = { members: 2, folds: true, maxSteps: 2 };
    const straight = await ask("reward", config);
    await workOff(ctx);
    const halting = await ask("reward", config);
    for (let pauses = 0; pauses < 3; pauses++) {
      await pauseNext(ctx, halting.id);
      await workOff(ctx);
      expect(await getRun(ctx, researcher, halting)).toMatchObject({
        status: "paused",
        step: pauses + 1,
        totalSteps: 4,
      });
      await resumeRun(ctx, researcher, halting);
    }
    await workOff(ctx);
    const runs = await Promise.all([straight, halting].map((one) => getRun(ctx, researcher, one)));
    expect(runs.map(({ status, error }) => [status, error])).toEqual([
      ["done", null],
      ["done", null],
    ]);
    expect(runs[0].outputModel).toMatchObject({ members: 2, kind: "reward" });
    expect(runs[1].outputModel?.hash).toBe(runs[0].outputModel?.hash);
    expect(runs[0].config).toMatchObject({ members: 2, folds: true });
  });

  test("an ensemble rewards by its rule, and the tree knows every judge", async () => {
    const { ctx, researcher, campaign, modelId, rewardModelId, ask } = await trainingWorld(makeDb);
    const made = await ask("reward", { members: 2, maxSteps: 1 });
    await workOff(ctx);
    const ensemble = (await getRun(ctx, researcher, made)).outputModel!.id;
    const { id } = await startRun(ctx, researcher, {
      kind: "rloo",
      campaignId: campaign.campaignId,
      modelId,
      reward: { parts: [{ kind: "models", modelIds: [ensemble, rewardModelId], combine: "wco" }] },
      config: { iterations: 1, batchSize: 8, minibatches: 1, maxNewTokens: 4 },
    });
    await workOff(ctx);
    const run = await getRun(ctx, researcher, { id });
    expect(run).toMatchObject({ status: "done", error: null });
    const model = (await listModels(ctx, researcher)).find((one) => one.runId === id)!;
    expect(model.rewardModelIds).toEqual([ensemble, rewardModelId]);
  });

  test("a weighted sum of a program and an endpoint, beside pretraining text", async () => {
    const { ctx, researcher, campaign, modelId } = await trainingWorld(makeDb);
    const programs = path.join(ctx.folders.data, "programs");
    await mkdir(programs, { recursive: true });
    const code =
      "export default (prompt, completion, label) => (label === `like ${prompt}` ? -completion.length : NaN);\n";
    await write(ctx.db, (tx) => tx.update(prompt).set({ label: sql`'like ' || ${prompt.text}` }));
    await writeFile(path.join(programs, "short.mjs"), code);
    const endpoint = { kind: "endpoint" as const, url, weight: 0.5, headers: ["authorization"] };
    const input = {
      kind: "ppo" as const,
      campaignId: campaign.campaignId,
      modelId,
      reward: { parts: [{ kind: "program" as const, file: "short.mjs", weight: 0.5 }, endpoint] },
      secrets: { "1": { authorization: "Bearer hidden" } },
      ptx: { kind: "demonstrations" as const, campaignId: campaign.campaignId },
      config: {
        iterations: 2,
        batchSize: 8,
        minibatches: 2,
        maxNewTokens: 4,
        ptxCoefficient: 1,
        beta: 0,
      },
    };
    const { id } = await startRun(ctx, researcher, input);
    await workOff(ctx);
    const run = await getRun(ctx, researcher, { id });
    expect(run).toMatchObject({ status: "done", error: null, ptx: { kind: "demonstrations" } });
    expect(JSON.stringify(run)).not.toContain("hidden");
    expect(asked[0].query).toHaveLength(1); // the test call
    for (const { query, labels } of asked.slice(1))
      expect(labels).toEqual(query.map((asking) => `like ${asking[0]}`)); // prompts are a letter long
    const download = await exportRunData(ctx, researcher, { id, split: "train" });
    const [row] = (await text(download.stream)).split("\n");
    const { prompt: first, label } = JSON.parse(row) as Record<string, string>;
    expect(label).toBe(`like ${first}`);
    expect(asked.every(({ by }) => by === "Bearer hidden")).toBe(true);
    const { rows } = await runMetrics(ctx, researcher, { id, after: -1 });
    expect(rows.every(({ values }) => values["loss/ptx_avg"] > 0)).toBe(true);
    // half the length of prompt and answer less half of the answer's: the prompts are one letter long
    const { samples } = await runSamples(ctx, researcher, { id });
    expect(samples.length).toBeGreaterThan(0);
    for (const { rawScore } of samples) expect(rawScore).toBeCloseTo(0.5, 5);
    const clone = await startRun(ctx, researcher, { ...input, secrets: {}, secretsFrom: id });
    await cancelRun(ctx, researcher, clone);
    const elsewhere = { ...endpoint, url: url.replace("127.0.0.1", "localhost") };
    const stolen = startRun(ctx, researcher, {
      ...input,
      reward: { parts: [elsewhere] },
      secrets: {},
      secretsFrom: id,
    });
    await expect(stolen).rejects.toThrow(/"authorization" .* has no value/);
  });

  test("an endpoint that is away ends the run before it begins; what is not there is refused", async () => {
    const { ctx, researcher, campaign, modelId } = await trainingWorld(makeDb);
    const rewarded = (part: object) =>
      startRun(ctx, researcher, {
        kind: "grpo",
        campaignId: campaign.campaignId,
        modelId,
        reward: { parts: [part as never] },
        config: { iterations: 1 },
      });
    const away = { kind: "endpoint", url: "http://127.0.0.1:9/", retries: 0 };
    const run = await rewarded(away);
    await workOff(ctx);
    expect(await getRun(ctx, researcher, run)).toMatchObject({
      status: "failed",
      step: 0,
      error: expect.stringMatching(/127\.0\.0\.1:9\/ could not be reached/) as string,
    });
    await expect(rewarded({ kind: "program", file: "gone.js" })).rejects.toThrow(
      /gone.js is not in/,
    );
    await expect(rewarded({ kind: "program", file: "../x.js" })).rejects.toThrow(/file/);
    await expect(rewarded({ kind: "models", modelIds: [modelId] })).rejects.toThrow(/reward model/);
  });

  test("a reward run keeps its report, and a cancelled one leaves no checkpoint", async () => {
    const { ctx, researcher, ask } = await trainingWorld(makeDb);
    const done = await ask("reward");
    await workOff(ctx);
    const { report, snapshotCounts } = await getRun(ctx, researcher, done);
    expect(report === null).toBe((snapshotCounts?.heldout.rankings ?? 0) === 0);
    const halted = await ask("reward", { members: 2, maxSteps: 2 });
    for (let pauses = 0; pauses < 3; pauses++) {
      await pauseNext(ctx, halted.id);
      await workOff(ctx);
      if (pauses < 2) await resumeRun(ctx, researcher, halted);
    }
    const at = (part: string) => path.join(ctx.folders.runs, halted.id, part);
    expect([existsSync(at("checkpoints")), existsSync(at("members"))]).toEqual([true, true]);
    await cancelRun(ctx, researcher, halted);
    expect([existsSync(at("checkpoints")), existsSync(at("members"))]).toEqual([false, false]);
  });
});
