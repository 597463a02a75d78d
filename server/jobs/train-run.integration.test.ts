import { expect, test } from "vitest";
import { auditEntries } from "../db/queries/audit";
import { listJobs, updateJob } from "../db/queries/job";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import type { RunId } from "../domain/ids";
import { isRewarded, runKinds, trainingKinds } from "../domain/run-kinds";
import { loadModel } from "../ml/checkpoint/load-model";
import type { Services } from "../services/context";
import { modelOf } from "../services/run-record";
import { cancelRun, pauseRun, resumeRun } from "../services/runs";
import { getRun, runMetrics } from "../services/runs-view";
import { trainRunJobs } from "./train-run";
import { trainingWorld } from "./testing";
import { work } from "./work";

const workOff = (ctx: Services) =>
  work(ctx, { definitions: trainRunJobs, stop: new AbortController().signal, untilIdle: true });

async function weightsOf(ctx: Services, id: RunId, run: Awaited<ReturnType<typeof getRun>>) {
  const row = await modelOf(ctx, run.outputModel?.id ?? null);
  const { weights, config } = await loadModel(row.path);
  return { weights, config, row, id };
}

forEachDialect((makeDb) => {
  test.each(trainingKinds)(
    "a %s run by adapters makes a whole model that can start another",
    async (kind) => {
      const { ctx, researcher, modelId, ask } = await trainingWorld(makeDb);
      const { id } = await ask(kind, { loraRank: 2, loraTargetModules: "c_attn", loraAlpha: 8 });
      await workOff(ctx);
      const run = await getRun(ctx, researcher, { id });
      expect(run).toMatchObject({ status: "done", error: null, step: 4 });
      expect(run.config).toMatchObject({ loraRank: 2, loraAlpha: 8, beta1: 0.9 });
      expect(run.config).not.toHaveProperty("loraModulesToSave");
      const { rows } = await runMetrics(ctx, researcher, { id, after: -1 });
      expect(rows).toHaveLength(4);
      const made = await weightsOf(ctx, id, run);
      expect(made.config.lora).toBeUndefined();
      const before = await loadModel((await modelOf(ctx, modelId)).path);
      const changed = [...made.weights].filter(([name, { data }]) => {
        const was = before.weights.get(name);
        return was && data.some((x, i) => x !== was.data[i]);
      });
      expect(changed.map(([name]) => name).sort()).toEqual(
        [...made.weights.keys()].filter((name) => name.endsWith("c_attn.weight")).sort(),
      );
      expect(made.row.kind).toBe(kind === "reward" ? "reward" : "policy");
    },
  );

  test.each(["ppo", "grpo", "dpo"] as const)(
    "a %s run leaves frozen blocks as they are",
    async (kind) => {
      const { ctx, researcher, modelId, ask } = await trainingWorld(makeDb);
      const { id } = await ask(kind, { freezeLayers: 1, frozen: "*.ln_f.*" });
      await workOff(ctx);
      const run = await getRun(ctx, researcher, { id });
      expect(run).toMatchObject({ status: "done", error: null });
      const made = await weightsOf(ctx, id, run);
      const before = await loadModel((await modelOf(ctx, modelId)).path);
      const same = (name: string) =>
        made.weights.get(name)!.data.every((x, i) => x === before.weights.get(name)!.data[i]);
      const names = [...made.weights.keys()];
      expect(names.filter((name) => /\.h\.0\.|wte|wpe|ln_f/.test(name)).every(same)).toBe(true);
      expect(names.filter((name) => name.endsWith("h.1.mlp.c_fc.weight")).some(same)).toBe(false);
    },
  );

  test.each(["sft", "reward"] as const)(
    "a %s run measures its loss on what it does not learn from, and keeps the best weights, where it is asked to",
    async (kind) => {
      const { ctx, researcher, ask } = await trainingWorld(makeDb);
      const { id } = await ask(kind, { evaluateEvery: 2, keepBest: true });
      await workOff(ctx);
      expect(await getRun(ctx, researcher, { id })).toMatchObject({ status: "done", error: null });
      const { rows } = await runMetrics(ctx, researcher, { id, after: -1 });
      const measured = rows.filter(({ values }) => typeof values["eval/loss"] === "number");
      expect(measured.map(({ step }) => step)).toEqual([2, 4]);
    },
  );

  test("adapters that cannot be are refused with the reason", async () => {
    const { ctx, researcher, ask } = await trainingWorld(makeDb);
    const alone = await ask("sft", { loraAlpha: 8 });
    const dropping = await ask("ppo", { loraRank: 2, loraDropout: 0.1 });
    await workOff(ctx);
    expect((await getRun(ctx, researcher, alone)).error).toMatch(/give loraRank too/);
    expect((await getRun(ctx, researcher, dropping)).error).toMatch(/loraDropout must be 0/);
  });

  test.each(runKinds)(
    "a %s run that is paused after every step ends with the same bits",
    async (kind) => {
      const { ctx, researcher, ask } = await trainingWorld(makeDb);
      const config =
        kind === "best-of-n"
          ? {} // nothing learns
          : { loraRank: 2, ...(isRewarded(kind) && { emaDecay: 0.9 }) };
      const straight = await ask(kind, config);
      await workOff(ctx);
      const halting = await ask(kind, config);
      for (let pauses = 0; pauses < 3; pauses++) {
        await pauseBeforeItsStep(ctx, halting.id);
        await workOff(ctx);
        expect(await getRun(ctx, researcher, halting)).toMatchObject({
          status: "paused",
          step: pauses + 1,
          job: { status: "paused", pauseRequested: false },
        });
        await resumeRun(ctx, researcher, halting);
      }
      await workOff(ctx);
      const runs = await Promise.all(
        [straight, halting].map((one) => getRun(ctx, researcher, one)),
      );
      expect(runs.map(({ status }) => status)).toEqual(["done", "done"]);
      expect(runs[1].outputModel?.hash).toBe(runs[0].outputModel?.hash);
      const measured = await Promise.all(
        [straight, halting].map(async ({ id }) => {
          const { rows } = await runMetrics(ctx, researcher, { id, after: -1 });
          for (const { values } of rows) values.tokens_per_second = 0; // of time
          return rows;
        }),
      );
      expect(measured[1]).toEqual(measured[0]);
    },
  );

  test("best of n makes no model, and tells what picking is worth", async () => {
    const { ctx, researcher, ask } = await trainingWorld(makeDb);
    const run = await ask("best-of-n");
    await workOff(ctx);
    expect(await getRun(ctx, researcher, run)).toMatchObject({
      status: "done",
      step: 4,
      outputModel: null,
      reward: { parts: [{ kind: "models" }] },
      config: { completions: 4, temperature: 1 },
    });
    const { rows } = await runMetrics(ctx, researcher, { id: run.id, after: -1 });
    const last = rows.at(-1)!.values;
    expect(last.prompts).toBe(4);
    expect(last["best_of_4/score"]).toBeGreaterThan(last["best_of_1/score"]);
    const nothing = await ask("best-of-n", { split: "heldout" });
    const adapted = await ask("best-of-n", { loraRank: 2 });
    await workOff(ctx);
    expect((await getRun(ctx, researcher, nothing)).error).toMatch(/holds no prompt back/);
    expect((await getRun(ctx, researcher, adapted)).error).toMatch(/no option "loraRank"/);
  });

  test("adapters of one block, with a rank of their own, as a form says them", async () => {
    const { ctx, researcher, modelId, ask } = await trainingWorld(makeDb);
    const { id } = await ask("sft", {
      loraRank: 2,
      loraTargetModules: "c_attn, c_fc",
      loraLayersToTransform: "0",
      loraRankPattern: "c_fc=1",
    });
    await workOff(ctx);
    const run = await getRun(ctx, researcher, { id });
    expect(run).toMatchObject({ status: "done", error: null });
    expect(run.config).toMatchObject({ loraLayersToTransform: "0", loraRankPattern: "c_fc=1" });
    const made = await weightsOf(ctx, id, run);
    const before = await loadModel((await modelOf(ctx, modelId)).path);
    const changed = [...made.weights].filter(([name, { data }]) =>
      data.some((x, i) => x !== before.weights.get(name)?.data[i]),
    );
    const names = changed.map(([name]) => name);
    expect(names.length).toBe(2);
    for (const name of names) expect(name).toMatch(/\b0\..*(c_attn|c_fc)\.weight$/);
  });

  test("a paused run leaves the worker to others, can be cancelled, and is no second time asked for", async () => {
    const { ctx, researcher, labeler, ask } = await trainingWorld(makeDb);
    const first = await ask("sft");
    await pauseRun(ctx, researcher, first); // waits still: set aside at once
    const second = await ask("sft", {}, 2);
    await workOff(ctx);
    const statusOf = async (one: { id: RunId }) => (await getRun(ctx, researcher, one)).status;
    expect([await statusOf(first), await statusOf(second)]).toEqual(["paused", "done"]);
    await expect(pauseRun(ctx, labeler, first)).rejects.toMatchObject({ code: "forbidden" });
    await expect(resumeRun(ctx, researcher, second)).rejects.toMatchObject({ code: "conflict" });
    await resumeRun(ctx, researcher, first);
    await pauseRun(ctx, researcher, first);
    await cancelRun(ctx, researcher, first);
    expect(await statusOf(first)).toBe("cancelled");
    const log = await auditEntries(ctx.db.read, { search: first.id, offset: 0, limit: 10 });
    expect(log.rows.map(({ action }) => action)).toEqual([
      "job.cancel",
      "run.pause",
      "run.resume",
      "run.pause",
      "run.start",
    ]);
    await expect(resumeRun(ctx, researcher, first)).rejects.toMatchObject({ code: "conflict" });
  });
});

/** As if somebody had pressed "Pause" when the worker had just taken it. */
async function pauseBeforeItsStep(ctx: Services, id: RunId): Promise<void> {
  await write(ctx.db, async (tx) => {
    const job = (await listJobs(tx)).find(({ runId }) => runId === id)!;
    await updateJob(tx, job.id, { pauseRequested: true });
  });
}
