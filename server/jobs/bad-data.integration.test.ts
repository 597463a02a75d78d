import path from "node:path";
import { expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import type { ModelId, SnapshotId } from "../domain/ids";
import { saveModel } from "../ml/checkpoint/save-model";
import { rewardModelFrom } from "../ml/rlhf/reward-model";
import { tinyModel } from "../ml/rlhf/testing";
import { registerModel } from "../services/run-record";
import { startRun } from "../services/runs";
import { getRun, runMetrics } from "../services/runs-view";
import { createSnapshot } from "../services/snapshots";
import { testCampaign, testRanking, testTask } from "../services/snapshots-testing";
import { trainRunJobs } from "./train-run";
import { trainingWorld } from "./testing";
import { work } from "./work";

type World = Awaited<ReturnType<typeof trainingWorld>>;

/** A snapshot of one labeler's rankings of these prompts. */
async function snapshotOf(
  { ctx, labeler }: World,
  prompts: readonly string[],
  groups: number[][],
): Promise<SnapshotId> {
  const campaign = await testCampaign(ctx, "Odd");
  for (const prompt of prompts) {
    const task = await testTask(ctx, campaign, prompt, ["a b", "b a", "c", "d"]);
    await testRanking(ctx, task, labeler, groups);
  }
  const snapshot = await createSnapshot(ctx, null, { ...campaign, includeSimulated: false });
  return snapshot.id;
}

async function rewardRun(world: World, snapshotId: SnapshotId) {
  const { ctx, researcher, modelId } = world;
  const config = { maxSteps: 2 };
  return await ended(
    world,
    await startRun(ctx, researcher, { kind: "reward", snapshotId, modelId, config, seed: 1 }),
  );
}

async function ended({ ctx, researcher }: World, { id }: Awaited<ReturnType<typeof startRun>>) {
  const { signal } = new AbortController();
  await work(ctx, { definitions: trainRunJobs, stop: signal, untilIdle: true });
  const { rows } = await runMetrics(ctx, researcher, { id, after: -1 });
  return { run: await getRun(ctx, researcher, { id }), metrics: rows.at(-1)?.values ?? {} };
}

forEachDialect((makeDb) => {
  test("a snapshot without held-out rankings teaches, and the run claims no accuracy", async () => {
    const world = await trainingWorld(makeDb);
    const { run, metrics } = await rewardRun(world, await snapshotOf(world, ["a"], [[0], [1]]));
    expect(run).toMatchObject({ status: "done", error: null });
    expect(run.snapshotCounts?.heldout.rankings).toBe(0); // of which its page says so
    expect(Object.keys(metrics)).toContain("accuracy"); // of the batch it learnt from
    expect(Object.keys(metrics).filter((name) => name.startsWith("eval/"))).toEqual([]);
  });

  test("one labeler is enough to learn from and to be judged by", async () => {
    const world = await trainingWorld(makeDb);
    const prompts = Array.from("abcdefgh", (first) => [first, `${first} a`, `${first} b`]).flat();
    const snapshot = await snapshotOf(world, prompts, [[0], [1], [2, 3]]);
    const { run, metrics } = await rewardRun(world, snapshot);
    expect(run).toMatchObject({ status: "done", error: null });
    expect(metrics["eval/pairs"]).toBeGreaterThan(0);
  });

  test("a snapshot of ties alone fails with what to do about it", async () => {
    const world = await trainingWorld(makeDb);
    const { run } = await rewardRun(world, await snapshotOf(world, ["a", "b"], [[0, 1, 2, 3]]));
    expect(run.status).toBe("failed");
    expect(run.error).toMatch(/no ranking orders two completions.*do not tie them all/);
  });

  test("a prompt that leaves no room for an answer fails the run, and is named", async () => {
    const world = await trainingWorld(makeDb);
    await testTask(world.ctx, world.campaign, "abcdefgh".repeat(3), ["a", "b", "c", "d"]);
    const { run } = await ended(world, await world.ask("ppo"));
    expect(run.status).toBe("failed");
    expect(run.error).toMatch(/^prompt \d: it has 24 tokens, .* no room to answer/);
  });

  test("a reward model that reads other tokens than the policy is refused", async () => {
    const world = await trainingWorld(makeDb);
    const { ctx, researcher, modelId, campaign } = world;
    const stranger = rewardModelFrom(tinyModel({}, 1, "hgfedcba "), 1);
    const folder = path.join(ctx.folders.models, "stranger");
    const { hash } = await saveModel(folder, stranger, stranger.tokenizer);
    const about = { architecture: "GPT2LMHeadModel", parameters: 1, source: "dropped-in" } as const;
    const row = { name: "stranger", kind: "reward", path: folder, hash, ...about } as const;
    const rewardModelId: ModelId = (await registerModel(ctx, row)).id;
    const { campaignId } = campaign;
    const config = { iterations: 1, batchSize: 4, minibatches: 1 };
    const reward = { parts: [{ kind: "models" as const, modelIds: [rewardModelId] }] };
    const input = { kind: "ppo", campaignId, modelId, reward, config, seed: 1 } as const;
    const { run } = await ended(world, await startRun(ctx, researcher, input));
    expect(run.status).toBe("failed");
    expect(run.error).toMatch(/"stranger" has another tokenizer than the policy/);
  });
});
