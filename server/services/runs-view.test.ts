import { expect, test } from "vitest";
import * as schema from "../db/schema";
import { forEachDialect, type MakeDb } from "../db/testing";
import { write } from "../db/write";
import { zRunId } from "../domain/ids";
import { exportRunData } from "./export-run";
import { compareRuns } from "./runs-compare";
import { getRun, listRuns, runMetrics, runSamples } from "./runs-view";
import { createSnapshot } from "./snapshots";
import { testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

/** A campaign with a ranked prompt and an accepted demonstration, and a run of each kind. */
async function world(makeDb: MakeDb) {
  const ctx = await testServices(makeDb);
  const researcher = await testActor(ctx, "researcher", "Rhea");
  const labeler = await testActor(ctx, "labeler");
  const campaign = await testCampaign(ctx, "Sorter");
  const task = await testTask(ctx, campaign, "sort: 2 1", ["1 2", "2 1", "1", "2"]);
  await testRanking(ctx, task, labeler, [[0], [1], [2, 3]]);
  const robot = await testActor(ctx, "labeler", "Robot", true);
  await testRanking(ctx, task, robot, [[1], [0], [2, 3]]);
  const snapshot = await createSnapshot(ctx, null, { ...campaign, includeSimulated: true });
  const runs = await write(ctx.db, async (tx) => {
    const [policy] = await tx.select().from(schema.model);
    const insert = async (values: Partial<typeof schema.run.$inferInsert>) => {
      const [row] = await tx
        .insert(schema.run)
        .values({
          kind: "sft",
          campaignId: campaign.campaignId,
          modelId: policy.id,
          config: {},
          seed: 1,
          status: "done",
          createdAt: new Date(Date.now() + 1000),
          ...values,
        })
        .returning();
      return row;
    };
    await tx.insert(schema.demonstration).values({
      campaignId: campaign.campaignId,
      promptId: task.promptId,
      authorId: labeler.id,
      text: "1 2",
      status: "accepted",
    });
    const sft = await insert({ createdById: researcher.id });
    const reward = await insert({ kind: "reward", snapshotId: snapshot.id });
    const ppo = await insert({ kind: "ppo", roundId: campaign.roundId, status: "running" });
    for (let step = 1; step <= 3; step++)
      await tx
        .insert(schema.metric)
        .values({ runId: ppo.id, step, values: { "objective/kl": step / 3 } });
    const said = { runId: ppo.id, prompt: "sort: 2 1", completion: "1 2" };
    await tx.insert(schema.sample).values([
      { ...said, step: 1, place: 0, score: 0.25 },
      { ...said, step: 3, place: 1, score: 0.5 },
      { ...said, step: 3, place: 0, score: null },
    ]);
    await tx.insert(schema.job).values([
      { name: "train-round", input: { roundId: "other" }, status: "running" },
      {
        name: "train-round",
        input: { roundId: campaign.roundId },
        status: "running",
        message: "The policy moves",
      },
    ]);
    return { sft, reward, ppo };
  });
  return { ctx, researcher, labeler, campaign, snapshot, ...runs };
}

async function lines(...args: Parameters<typeof exportRunData>) {
  const { stream, fileName } = await exportRunData(...args);
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return {
    fileName,
    rows: text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

forEachDialect((makeDb) => {
  test("runs are listed with their campaign and round, by kind", async () => {
    const { ctx, researcher, ppo } = await world(makeDb);
    expect(await listRuns(ctx, researcher)).toHaveLength(3);
    const [only, ...others] = await listRuns(ctx, researcher, { kind: "ppo" });
    expect(others).toEqual([]);
    expect(only).toMatchObject({ id: ppo.id, campaignName: "Sorter", round: 1, secondsLeft: null });
  });

  test("a run names its models, snapshot and the job that does it", async () => {
    const { ctx, researcher, snapshot, ...runs } = await world(makeDb);
    const ppo = await getRun(ctx, researcher, { id: runs.ppo.id });
    expect(ppo).toMatchObject({
      model: { name: "Sorter policy" },
      referenceModel: { name: "Sorter policy" },
      rewardModel: null,
      createdBy: null,
      job: { status: "running", message: "The policy moves", cancelRequested: false },
    });
    const reward = await getRun(ctx, researcher, { id: runs.reward.id });
    expect(reward).toMatchObject({ snapshotHash: snapshot.hash, referenceModel: null, job: null });
    expect(await getRun(ctx, researcher, { id: runs.sft.id })).toMatchObject({ createdBy: "Rhea" });
  });

  test("a chart asks only for what is new", async () => {
    const { ctx, researcher, ppo } = await world(makeDb);
    const all = await runMetrics(ctx, researcher, { id: ppo.id, after: -1 });
    expect(all.rows.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(all.more).toBe(false);
    const { rows } = await runMetrics(ctx, researcher, { id: ppo.id, after: 2 });
    expect(rows).toEqual([{ step: 3, values: { "objective/kl": 1 } }]);
  });

  test("runs are compared in the order asked for, each once and with all that it measured", async () => {
    const { ctx, researcher, ppo, sft } = await world(makeDb);
    await write(ctx.db, (tx) =>
      tx.insert(schema.metric).values(
        // more than one answer of runMetrics holds
        Array.from({ length: 2001 }, (_, i) => ({ runId: sft.id, step: i, values: { loss: i } })),
      ),
    );
    const ids = [sft.id, ppo.id, sft.id];
    const compared = await compareRuns(ctx, researcher, { ids });
    expect(compared.map(({ run, rows }) => [run.id, rows.length, rows.at(-1)?.step])).toEqual([
      [sft.id, 2001, 2000],
      [ppo.id, 3, 3],
    ]);
    await expect(
      compareRuns(ctx, researcher, { ids: [sft.id, zRunId.parse("none")] }),
    ).rejects.toMatchObject({ code: "not-found" });
  });

  test("samples are the newest step's, or those of the step asked for", async () => {
    const { ctx, researcher, ppo, sft } = await world(makeDb);
    const newest = await runSamples(ctx, researcher, { id: ppo.id });
    expect(newest).toMatchObject({ steps: [3, 1], step: 3 });
    expect(newest.samples.map(({ place, score }) => [place, score])).toEqual([
      [0, null],
      [1, 0.5],
    ]);
    const first = await runSamples(ctx, researcher, { id: ppo.id, step: 1 });
    expect(first.samples).toHaveLength(1);
    expect(await runSamples(ctx, researcher, { id: sft.id })).toEqual({
      steps: [],
      step: null,
      samples: [],
    });
  });

  test("the rows a run learns from can be downloaded", async () => {
    const { ctx, researcher, sft, reward, ppo } = await world(makeDb);
    expect(await lines(ctx, researcher, { id: sft.id })).toEqual({
      fileName: "demonstrations-train.jsonl",
      rows: [{ prompt: "sort: 2 1", completion: "1 2", simulated: false }],
    });
    expect((await lines(ctx, researcher, { id: ppo.id })).rows).toEqual([{ prompt: "sort: 2 1" }]);
    expect((await lines(ctx, researcher, { id: ppo.id, split: "heldout" })).rows).toEqual([]);
    // A training takes the simulated rankings of its snapshot: so does the file that repeats it.
    const { rows } = await lines(ctx, researcher, { id: reward.id });
    expect(rows.map((row) => String(row.simulated)).sort()).toEqual(["false", "true"]);
  });

  test("labelers see nothing of it, and what does not exist is said", async () => {
    const { ctx, researcher, labeler, ppo } = await world(makeDb);
    const none = zRunId.parse("none");
    await expect(getRun(ctx, researcher, { id: none })).rejects.toMatchObject({
      code: "not-found",
    });
    for (const refused of [
      listRuns(ctx, labeler),
      getRun(ctx, labeler, { id: ppo.id }),
      runMetrics(ctx, labeler, { id: ppo.id, after: -1 }),
      compareRuns(ctx, labeler, { ids: [ppo.id, ppo.id] }),
      runSamples(ctx, labeler, { id: ppo.id }),
      exportRunData(ctx, labeler, { id: ppo.id }),
    ])
      await expect(refused).rejects.toMatchObject({ code: "forbidden" });
  });
});
