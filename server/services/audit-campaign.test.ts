import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import { zDistribution } from "../domain/distribution";
import { zQualityOptions } from "../domain/quality/options";
import { usualRule } from "../domain/rounds/rule";
import { listAudit, zListAudit } from "./audit";
import { adjudicate, askOneMore, listConsensus, withdrawAdjudication } from "./consensus";
import type { Actor, Services } from "./context";
import { listGold, makeGold, retireGold } from "./gold";
import {
  configureQuality,
  getLabeler,
  setQualifications,
  settleNotice,
  tellLabeler,
} from "./quality";
import { goOn, holdRound, setRule, stopRound } from "./round-gates";
import { TestCircle } from "./rounds-testing";
import { type TestCampaign, testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
  });

  const log = async (services: Services, reader: Actor) =>
    (await listAudit(services, reader, zListAudit.parse({}))).rows.toReversed();
  /** Somebody who reviews in one campaign, and is nobody elsewhere. */
  const reviewerOf = async (campaign: TestCampaign): Promise<Actor> => {
    const actor = await testActor(ctx, "guest", "Rob");
    return { ...actor, inCampaigns: new Map([[campaign.campaignId, "reviewer"]]) };
  };

  test("who settles a task, makes gold or tells a labeler something stands in the log", async () => {
    const campaign = await testCampaign(ctx, "here");
    const labeler = await testActor(ctx, "labeler", "Ada");
    const task = await testTask(ctx, campaign, "sort: 2 1", ["a", "b", "c", "d"]);
    await testRanking(ctx, task, labeler, [[0], [1], [2], [3]]);
    const { taskId, completionIds } = task;
    const { campaignId } = campaign;
    const groups = completionIds.map((id) => [id]);
    await adjudicate(ctx, admin, { taskId, groups, notRankable: [], reason: "plain" });
    await withdrawAdjudication(ctx, admin, { taskId });
    await withdrawAdjudication(ctx, admin, { taskId }); // nothing more to take back
    await askOneMore(ctx, admin, { taskId });
    await makeGold(ctx, admin, { taskId, expected: groups });
    const {
      rows: [{ id: goldId }],
    } = await listGold(ctx, admin, { campaignId, page: 0 });
    await retireGold(ctx, admin, { goldId, retired: true });
    const distribution = zDistribution.parse({ goldRate: 0.2 });
    const quality = zQualityOptions.parse({});
    await configureQuality(ctx, admin, { campaignId, distribution, quality, templates: "" });
    const about = { campaignId, labelerId: labeler.id };
    await tellLabeler(ctx, admin, { ...about, action: "warn", note: "Read to the end." });
    const { notices } = await getLabeler(ctx, admin, about);
    await settleNotice(ctx, admin, { noticeId: notices[0].id });
    await setQualifications(ctx, admin, { labelerId: labeler.id, qualifications: ["math"] });
    const rows = await log(ctx, admin);
    expect(rows.map(({ action, targetName }) => `${action}: ${targetName}`)).toEqual([
      "task.adjudicate: sort: 2 1",
      "task.adjudicate: sort: 2 1",
      "task.overlap: sort: 2 1",
      "gold.make: sort: 2 1",
      "gold.retire: sort: 2 1",
      "campaign.quality: here",
      "notice.send: Ada",
      "notice.settle: Ada",
      "user.qualifications: Ada",
    ]);
    expect(rows[0]).toMatchObject({ before: null, after: { groups, reason: "plain" } });
    expect(rows[1]).toMatchObject({ before: { groups, reason: "plain" }, after: null });
    expect(rows[8]).toMatchObject({
      before: { qualifications: null },
      after: { qualifications: ["math"] },
    });
  });

  test("a campaign's own reviewer settles its tasks, and no other's", async () => {
    const [here, there] = [await testCampaign(ctx, "here"), await testCampaign(ctx, "there")];
    const reviewer = await reviewerOf(here);
    const tasks = [here, there].map((campaign) =>
      testTask(ctx, campaign, "sort: 2 1", ["a", "b", "c", "d"]),
    );
    const [mine, other] = await Promise.all(tasks);
    const settle = (task: typeof mine) =>
      adjudicate(ctx, reviewer, {
        taskId: task.taskId,
        groups: task.completionIds.map((id) => [id]),
        notRankable: [],
        reason: "plain",
      });
    await settle(mine);
    const show = { show: "all", page: 0 } as const;
    const { total } = await listConsensus(ctx, reviewer, { campaignId: here.campaignId, ...show });
    expect(total).toBe(0); // nobody has ranked it
    const every = { campaignId: here.campaignId, page: 0, show: "tasks" } as const;
    expect((await listConsensus(ctx, reviewer, every)).rows).toMatchObject([
      { consensus: null, votes: [], may: { settle: true, makeGold: false } },
    ]);
    const forbidden = { code: "forbidden" };
    await expect(settle(other)).rejects.toMatchObject(forbidden);
    const elsewhere = listConsensus(ctx, reviewer, { campaignId: there.campaignId, ...show });
    await expect(elsewhere).rejects.toMatchObject(forbidden);
    const everywhere = listConsensus(ctx, reviewer, { ...show, show: "disputed" });
    await expect(everywhere).rejects.toMatchObject(forbidden);
    const gold = makeGold(ctx, reviewer, {
      taskId: mine.taskId,
      expected: mine.completionIds.map((id) => [id]),
    });
    await expect(gold).rejects.toMatchObject(forbidden); // that is its admins' choice
  });

  test("who turns a round stands in the log; a campaign's own researcher may", async () => {
    const circle = await TestCircle.make(makeDb);
    const { campaignId } = circle;
    const person = await testActor(circle.ctx, "guest", "Rosa");
    const researcher: Actor = { ...person, inCampaigns: new Map([[campaignId, "researcher"]]) };
    const { id: roundId } = await circle.answered(1);
    await circle.play(1);
    await setRule(circle.ctx, researcher, { campaignId, rule: usualRule(3) });
    await holdRound(circle.ctx, researcher, { roundId, held: true });
    await holdRound(circle.ctx, researcher, { roundId, held: true }); // no change, no entry
    await goOn(circle.ctx, researcher, { roundId, gate: "train" });
    await expect(stopRound(circle.ctx, person, { roundId })).rejects.toThrow("ask an admin");
    const own = (await log(circle.ctx, circle.admin)).filter((row) => row.actor === "Rosa");
    expect(own.map(({ action, targetName }) => `${action}: ${targetName}`)).toEqual([
      `campaign.rule: ${own[0].campaign}`,
      "round.hold: 1",
      "round.pass: 1",
    ]);
    expect(own[2]).toMatchObject({
      before: { status: "collecting" },
      after: { status: "training", gate: "train" },
    });
  });
});
