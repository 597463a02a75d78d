import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import { write } from "../db/write";
import { adjudicate, askOneMore, listConsensus, withdrawAdjudication } from "./consensus";
import { makeGold } from "./gold";
import { measureQuality } from "./quality-measure";
import { contrary, expectedOf, qualityWorld, type QualityWorld, truth } from "./quality-testing";
import { createSnapshot, findSnapshot } from "./snapshots";
import { readSnapshotFile } from "./snapshots-file";
import { testCampaign, testRanking, testTask } from "./snapshots-testing";

forEachDialect((makeDb) => {
  let { ctx, campaign, ada, ben, spam, admin, addTasks, spammed } = {} as QualityWorld;
  beforeEach(async () => {
    ({ ctx, campaign, ada, ben, spam, admin, addTasks, spammed } = await qualityWorld(makeDb));
  });

  test("come to an order by each rule, with cycles shown and the least agreed on first", async () => {
    const [round, agreed] = await addTasks(2, async () => {});
    await testRanking(ctx, round, ada, [[0], [1], [2], [3]]);
    await testRanking(ctx, round, ben, [[1], [2], [0], [3]]);
    await testRanking(ctx, round, spam, [[2], [0], [1], [3]]);
    await testRanking(ctx, agreed, ada, truth);
    await testRanking(ctx, agreed, ben, truth);
    const about = { campaignId: campaign.campaignId, page: 0 };
    const disputed = await listConsensus(ctx, admin, { ...about, show: "disputed" });
    expect(disputed).toMatchObject({ total: 1, shared: 2, disputed: 1 });
    const [row] = disputed.rows;
    expect(row).toMatchObject({ taskId: round.taskId, prompt: "prompt 0", disputed: true });
    expect(row.votes.map((vote) => vote.labeler).sort()).toEqual(["Ada", "Ben", "Spam"]);
    expect(row.consensus).toMatchObject({
      cycles: [[0, 1, 2]],
      condorcetWinner: null,
      kemeny: { groups: [[0, 1, 2], [3]], count: 3 },
      rankedPairs: [0, 1, 2],
      tied: [],
    });
    const [a, b, c, d] = row.consensus!.bradleyTerry.map(({ strength }) => strength);
    expect(a).toBeCloseTo(b, 6);
    expect(b).toBeCloseTo(c, 6);
    expect(d).toBeLessThan(a);
    expect(row.alpha).toBeCloseTo(0.45, 6);
    expect([row.tau, row.w]).toEqual([expect.closeTo(1 / 3, 6), expect.closeTo(0.6, 6)]);
    const all = await listConsensus(ctx, admin, { ...about, show: "all" });
    expect(all.rows.map(({ taskId }) => taskId)).toEqual([round.taskId, agreed.taskId]);
    expect(all.rows[1].consensus).toMatchObject({ cycles: [], condorcetWinner: 0 });
    const elsewhere = await testCampaign(ctx, "elsewhere");
    const other = await testTask(ctx, elsewhere, "another", ["a", "b", "c", "d"]);
    await testRanking(ctx, other, ada, truth);
    await testRanking(ctx, other, ben, contrary);
    const everywhere = await listConsensus(ctx, admin, { show: "disputed", page: 0 });
    expect(everywhere.rows.map((of) => of.campaign).sort()).toEqual(["elsewhere", "sorting"]);
  });

  test("are found among all tasks, the newest round's first, and any can be made gold", async () => {
    const tasks = await addTasks(11, async () => {});
    const round = await write(ctx.db, async (tx) => {
      const [{ policyModelId }] = await tx.select().from(schema.round);
      const values = { campaignId: campaign.campaignId, number: 2, policyModelId };
      const [row] = await tx
        .insert(schema.round)
        .values({ ...values, status: "collecting" })
        .returning();
      await tx
        .update(schema.task)
        .set({ roundId: row.id })
        .where(eq(schema.task.id, tasks[7].taskId));
      return row;
    });
    const shown = { campaignId: campaign.campaignId, show: "tasks" } as const;
    const first = await listConsensus(ctx, admin, { ...shown, page: 0 });
    const second = await listConsensus(ctx, admin, { ...shown, page: 1 });
    expect([first.total, first.shared, second.rows.length]).toEqual([11, 0, 1]);
    expect(first.rows[0].task.roundId).toBe(round.id);
    const found = [...first.rows, ...second.rows].map(({ taskId }) => taskId);
    expect(found.toSorted()).toEqual(tasks.map(({ taskId }) => taskId).toSorted());
    const { taskId } = tasks[7];
    await makeGold(ctx, admin, { taskId, expected: expectedOf(tasks[7]) });
    expect((await listConsensus(ctx, admin, { ...shown, page: 0 })).rows[0].gold).toBeTruthy();
  });

  test("weigh what is known of each labeler's reliability", async () => {
    await addTasks(8, spammed);
    await measureQuality(ctx, campaign.campaignId);
    const task = await testTask(ctx, campaign, "two against one", ["a", "b", "c", "d"]);
    await testRanking(ctx, task, spam, contrary);
    await testRanking(ctx, task, ada, truth);
    const about = { campaignId: campaign.campaignId, show: "disputed", page: 0 } as const;
    const { rows } = await listConsensus(ctx, admin, about);
    const row = rows.find(({ taskId }) => taskId === task.taskId)!;
    const { bradleyTerry, crowdBradleyTerry: crowd } = row.consensus!;
    for (const { strength } of bradleyTerry) expect(strength).toBeCloseTo(0, 6);
    expect(crowd).toEqual(crowd.toSorted((a, b) => b - a)); // as Ada said, who agrees with others
    expect(crowd[0]).toBeGreaterThan(1);
  });

  test("settled by an expert teach no more: the expert's order does, and all stay in the data", async () => {
    const [task] = await addTasks(1, async (task) => {
      await testRanking(ctx, task, ada, truth);
      await testRanking(ctx, task, ben, contrary);
    });
    const [a, b, c, d] = task.completionIds;
    const { taskId } = task;
    const settle = (groups: (typeof a)[][]) =>
      adjudicate(ctx, admin, {
        taskId,
        groups,
        notRankable: [],
        reason: "As in the guidelines.",
      });
    await expect(settle([[a]])).rejects.toThrow("leaves out");
    await settle([[a, b], [c], [d]]);
    const rows = async () => {
      const { id } = await createSnapshot(ctx, admin, { campaignId: campaign.campaignId });
      const found: object[] = [];
      for await (const row of readSnapshotFile((await findSnapshot(ctx, id)).path)) found.push(row);
      return found;
    };
    expect((await rows()).slice(0, 2)).toMatchObject([{ weight: 0 }, { weight: 0 }]);
    expect((await rows()).slice(2)).toMatchObject([
      { adjudicated: true, ranking: [[a, b], [c], [d]], labeler: admin.id },
    ]);
    const { campaignId } = campaign;
    const shown = { campaignId, page: 0, show: "adjudicated" } as const;
    expect((await listConsensus(ctx, admin, shown)).rows).toMatchObject([
      { reviewer: "Admin", adjudication: { reason: "As in the guidelines." } },
    ]);
    await withdrawAdjudication(ctx, admin, { taskId });
    expect(await rows()).toHaveLength(2);
  });

  test("can be asked for once more", async () => {
    const [task] = await addTasks(1, spammed);
    await askOneMore(ctx, admin, task);
    const [row] = await ctx.db.read.select().from(schema.task);
    expect(row.overlap).toBe(3);
  });
});
