import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import * as qualitySchema from "../db/schema-quality";
import { write } from "../db/write";
import { zDistribution } from "../domain/distribution";
import { zQualityOptions } from "../domain/quality/options";
import { earlierLabelers, type LabelerReport, type QualityReport } from "../domain/quality/report";
import { listConsensus } from "./consensus";
import { listGold, makeGold, retireGold } from "./gold";
import { listOwnRankings, ownWork, readNotice, setLanguages } from "./own-work";
import {
  configureQuality,
  getLabeler,
  getQuality,
  listReviews,
  setQualifications,
  settleNotice,
  tellLabeler,
} from "./quality";
import { measureQuality, measureWhatIsNew } from "./quality-measure";
import { contrary, expectedOf, qualityWorld, type QualityWorld, truth } from "./quality-testing";
import { createSnapshot, findSnapshot } from "./snapshots";
import { readSnapshotFile } from "./snapshots-file";
import { testRanking, testTask } from "./snapshots-testing";
import { testActor } from "./testing";

forEachDialect((makeDb) => {
  let { ctx, campaign, ada, ben, spam, admin, addTasks, spammed } = {} as QualityWorld;
  beforeEach(async () => {
    ({ ctx, campaign, ada, ben, spam, admin, addTasks, spammed } = await qualityWorld(makeDb));
  });
  const notices = () => ctx.db.read.select().from(qualitySchema.notice);

  describe("what is measured", () => {
    test("is kept, tells whoever breaks a rule why, once, and pauses them", async () => {
      const tasks = await addTasks(6, spammed);
      for (const task of tasks)
        await makeGold(ctx, admin, { taskId: task.taskId, expected: expectedOf(task) });
      await measureWhatIsNew(ctx);
      await measureQuality(ctx, campaign.campaignId);
      const { campaignId } = campaign;
      const { together, labelers } = await getQuality(ctx, admin, { campaignId });
      expect(together).toMatchObject({ tasks: 6, shared: 6, rankings: 18 });
      expect(together).not.toHaveProperty("labelers");
      const named = Object.fromEntries(labelers.map((own) => [own.name, own]));
      expect(named.Ada).toMatchObject({
        gold: { right: 6, tasks: 6 },
        standing: "good",
        weight: 1,
      });
      expect(named.Spam).toMatchObject({ gold: { right: 0, tasks: 6 }, standing: "pause" });
      expect(await notices()).toMatchObject([
        { measure: "gold", action: "pause", value: 0, threshold: 0.5, rankings: 6, seenAt: null },
      ]);
      // and the labeler reads it
      const mine = await ownWork(ctx, spam);
      expect(mine.notices).toMatchObject([{ campaign: "sorting", measure: "gold", seen: false }]);
      await expect(readNotice(ctx, ada, { noticeId: mine.notices[0].id })).rejects.toThrow(
        "not yours",
      );
      await readNotice(ctx, spam, { noticeId: mine.notices[0].id });
      expect((await ownWork(ctx, spam)).notices[0].seen).toBe(true);
    });

    test("nothing new is said after a notice is settled, until there is as much new work", async () => {
      const tasks = await addTasks(6, spammed);
      for (const task of tasks)
        await makeGold(ctx, admin, { taskId: task.taskId, expected: expectedOf(task) });
      await measureQuality(ctx, campaign.campaignId);
      const [{ id }] = await notices();
      await settleNotice(ctx, admin, { noticeId: id });
      await measureQuality(ctx, campaign.campaignId);
      expect(await notices()).toHaveLength(1);
      const about = { campaignId: campaign.campaignId, labelerId: spam.id };
      expect((await getLabeler(ctx, admin, about)).standing).toBe("good");
    });

    test("a rule can send work to review: its labeler is told, and a reviewer looks and settles it", async () => {
      const { campaignId } = campaign;
      const gold = { action: "review" } as const;
      await configureQuality(ctx, admin, {
        campaignId,
        distribution: zDistribution.parse({}),
        quality: zQualityOptions.parse({ rules: { gold } }),
        templates: "",
      });
      const tasks = await addTasks(6, spammed);
      for (const task of tasks)
        await makeGold(ctx, admin, { taskId: task.taskId, expected: expectedOf(task) });
      await measureQuality(ctx, campaignId);
      expect((await ownWork(ctx, spam)).notices).toMatchObject([{ action: "review" }]);
      const reviewer = await testActor(ctx, "reviewer", "Rita");
      const [review] = await listReviews(ctx, reviewer, {});
      expect(review).toMatchObject({ labeler: "Spam", measure: "gold", campaign: "sorting" });
      await expect(listReviews(ctx, ada, {})).rejects.toMatchObject({ code: "forbidden" });
      const shown = { labelerId: spam.id, show: "disputed", page: 0 } as const;
      const theirs = await listConsensus(ctx, reviewer, { ...shown, campaignId });
      expect(theirs.total).toBe(6);
      const newest = tasks.map(({ taskId }) => taskId).toReversed();
      expect(theirs.rows.map(({ taskId }) => taskId)).toEqual(newest);
      await settleNotice(ctx, reviewer, { noticeId: review.id });
      expect(await listReviews(ctx, reviewer, {})).toEqual([]);
    });

    test("is measured once more when the campaign is closed; whoever is not among the latest keeps their weight", async () => {
      const { campaignId } = campaign;
      await addTasks(1, (task) => testRanking(ctx, task, ada, truth));
      await measureWhatIsNew(ctx);
      const measured = async () => (await getQuality(ctx, admin, { campaignId })).measuredAt;
      const late = await testTask(ctx, campaign, "the last", ["a", "b", "c", "d"]);
      await testRanking(ctx, late, ben, truth);
      await write(ctx.db, (tx) => tx.update(schema.campaign).set({ status: "closed" }));
      await measureWhatIsNew(ctx);
      const last = await measured();
      expect((await getQuality(ctx, admin, { campaignId })).labelers).toHaveLength(2);
      await measureWhatIsNew(ctx);
      expect(await measured()).toEqual(last);
      const of = (labeler: string, weight: number) => ({ labeler, weight }) as LabelerReport;
      const before = { labelers: [of("a", 0.25), of("b", 0.5)], earlier: [of("c", 0.75)] };
      const now = { labelers: [of("b", 1)] };
      const reports = [before, now] as unknown as [QualityReport, QualityReport];
      expect(earlierLabelers(...reports)).toEqual([
        { labeler: "a", weight: 0.25 },
        { labeler: "c", weight: 0.75 },
      ]);
    });

    test("programs are measured and told nothing", async () => {
      const robot = await testActor(ctx, "labeler", "Robot", true);
      const tasks = await addTasks(6, (task) => testRanking(ctx, task, robot, contrary));
      for (const task of tasks)
        await makeGold(ctx, admin, { taskId: task.taskId, expected: expectedOf(task) });
      const report = await measureQuality(ctx, campaign.campaignId);
      expect(report.labelers).toMatchObject([{ labeler: robot.id, gold: { accuracy: 0 } }]);
      expect(await notices()).toEqual([]);
    });
  });

  test("an admin can tell and pause a labeler, and say what they are good at", async () => {
    const about = { campaignId: campaign.campaignId, labelerId: ada.id };
    await tellLabeler(ctx, admin, { ...about, action: "pause", note: "Let us talk first." });
    await setQualifications(ctx, admin, { labelerId: ada.id, qualifications: ["law", "law"] });
    expect(await getLabeler(ctx, admin, about)).toMatchObject({
      standing: "pause",
      report: null,
      person: { name: "Ada", qualifications: ["law"] },
      notices: [{ measure: "person", note: "Let us talk first." }],
    });
    await expect(
      tellLabeler(ctx, ada, { ...about, action: "warn", note: "x" }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  test("labelers see as much of how they do as the campaign allows, and never what was gold", async () => {
    const [task] = await addTasks(6, spammed);
    await makeGold(ctx, admin, { taskId: task.taskId, expected: expectedOf(task) });
    await measureQuality(ctx, campaign.campaignId);
    const [own] = (await ownWork(ctx, ada)).campaigns;
    expect(own).toMatchObject({ name: "sorting", rankings: 6, seconds: 72, gold: null });
    expect(own.agreement).toMatchObject({ rate: 0.5 });
    expect(own).not.toHaveProperty("report");
    await configureQuality(ctx, admin, {
      campaignId: campaign.campaignId,
      distribution: zDistribution.parse({ goldRate: 0.1 }),
      quality: zQualityOptions.parse({ showGold: true, showAgreement: false }),
      templates: "",
    });
    expect((await ownWork(ctx, ada)).campaigns).toMatchObject([
      { gold: { right: 1, tasks: 1 }, agreement: null },
    ]);
    const { rows } = await listOwnRankings(ctx, ada, { page: 0 });
    expect(rows).toHaveLength(6);
    const text = JSON.stringify([rows, await ownWork(ctx, ada)]);
    const hidden = [...task.completionIds, task.taskId, "purpose", "model"];
    expect(hidden.filter((value) => text.includes(value))).toEqual([]);
  });

  test("a labeler says which languages they read", async () => {
    const { promptId } = await testTask(ctx, campaign, "안녕", ["a", "b", "c", "d"]);
    await write(ctx.db, (tx) =>
      tx.update(schema.prompt).set({ language: "ko" }).where(eq(schema.prompt.id, promptId)),
    );
    expect((await ownWork(ctx, ada)).languages).toEqual({ mine: null, choices: ["ko"] });
    await setLanguages(ctx, ada, { languages: ["en"] });
    expect((await ownWork(ctx, ada)).languages).toEqual({ mine: ["en"], choices: ["en", "ko"] });
  });

  test("rankings weigh what their labelers are found to be worth; gold does not teach", async () => {
    const tasks = await addTasks(8, spammed);
    await measureQuality(ctx, campaign.campaignId);
    await write(ctx.db, (tx) =>
      tx
        .update(schema.ranking)
        .set({ purpose: "gold" })
        .where(eq(schema.ranking.taskId, tasks[0].taskId)),
    );
    const { id, counts } = await createSnapshot(ctx, admin, { campaignId: campaign.campaignId });
    expect(counts.rankings).toBe(21);
    const weights = new Map<unknown, unknown>();
    for await (const row of readSnapshotFile((await findSnapshot(ctx, id)).path))
      weights.set(row.labeler, row.weight ?? 1);
    expect(weights.get(ada.id)).toBe(1);
    expect(weights.get(spam.id)).toBe(0);
  });

  test("gold shows who saw it and how it went; it can be retired and used again", async () => {
    const [task] = await addTasks(1, spammed);
    const { taskId, completionIds } = task;
    const [a, b] = completionIds;
    await expect(makeGold(ctx, admin, { taskId, expected: [completionIds] })).rejects.toThrow(
      "expects nothing",
    );
    await expect(makeGold(ctx, admin, { taskId, expected: [[a], [a]] })).rejects.toThrow("twice");
    await makeGold(ctx, admin, { taskId, expected: [[a], [b]] });
    const about = { campaignId: campaign.campaignId };
    const {
      rows: [gold],
      ...counts
    } = await listGold(ctx, admin, { ...about, page: 0 });
    expect(counts).toEqual({ total: 1, inUse: 1 });
    expect(gold).toMatchObject({
      prompt: "prompt 0",
      expected: [["a"], ["bb"]],
      answers: 3,
      accuracy: 2 / 3,
      seen: 0,
      retiredAt: null,
    });
    await retireGold(ctx, admin, { goldId: gold.id, retired: true });
    const retired = await listGold(ctx, admin, { ...about, page: 0 });
    expect(retired).toMatchObject({ total: 1, inUse: 0 });
    expect(retired.rows[0].retiredAt).toBeInstanceOf(Date);
    await retireGold(ctx, admin, { goldId: gold.id, retired: false });
    const restored = await listGold(ctx, admin, { ...about, page: 0 });
    expect(restored.rows[0].retiredAt).toBeNull();
  });
});
