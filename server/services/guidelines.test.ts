import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import * as schema from "../db/schema";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import { getCampaign } from "./campaigns";
import { changeSettings, createCampaign, zCampaignUpdate, zNewCampaign } from "./campaigns-change";
import { cloneCampaign, zCloneCampaign } from "./campaigns-clone";
import type { Actor, Services } from "./context";
import { getForecast } from "./forecast";
import { listGuidelines } from "./guidelines";
import { nextTask } from "./labeling";
import { submitRanking } from "./labeling-submit";
import { listPrompts } from "./prompts";
import { createSnapshot } from "./snapshots";
import { testCampaign, testTask, type TestCampaign } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let ada: Actor;
  let made: TestCampaign;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    ada = await testActor(ctx, "labeler", "Ada");
    made = await testCampaign(ctx, "sorting");
  });

  const change = async (guidelines: string) => {
    const { campaign } = await getCampaign(ctx, admin, made);
    const { sampling, asked, demonstrations, includeSimulated } = campaign.config;
    const rest = { sampling, asked, demonstrations, includeSimulated };
    await changeSettings(
      ctx,
      admin,
      zCampaignUpdate.parse({ ...campaign, ...rest, campaignId: campaign.id, guidelines }),
    );
  };
  const rank = async () => {
    const task = (await nextTask(ctx, ada))!;
    const groups = task.completions.map(({ letter }) => [letter]);
    await submitRanking(ctx, ada, {
      assignmentId: task.assignmentId,
      ranking: { groups, notRankable: [], noneAcceptable: false, seconds: 1 },
    });
    return task;
  };

  test("every change is a version; the same text again is none", async () => {
    const one = await createCampaign(
      ctx,
      admin,
      zNewCampaign.parse({ name: "x", guidelines: "a" }),
    );
    const first = await listGuidelines(ctx, admin, { campaignId: one.id });
    expect(first).toMatchObject([{ version: 1, text: "a", by: "admin" }]);
    // one from before versions were kept has its text as the first
    const before = await listGuidelines(ctx, admin, made);
    expect(before).toMatchObject([{ version: 1, by: null }]);
    await change("Shorter is better.");
    await change("Shorter is better.");
    await change("Longer is better.");
    const all = await listGuidelines(ctx, admin, made);
    expect(all.map(({ version, text }) => [version, text])).toEqual([
      [3, "Longer is better."],
      [2, "Shorter is better."],
      [1, "Rank the better sorted list first."],
    ]);
    await expect(listGuidelines(ctx, ada, made)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a ranking names the version that its labeler read, and a change is told with what stood before", async () => {
    for (const prompt of ["p", "q", "r"]) await testTask(ctx, made, prompt, ["1", "2", "3", "4"]);
    expect((await rank()).campaign).toMatchObject({ guidelinesVersion: 1, guidelinesBefore: null });
    const begun = (await nextTask(ctx, ada))!;
    await change("New.");
    // begun under the first, read again under the second
    const task = await rank();
    expect(task.assignmentId).toBe(begun.assignmentId);
    expect(task.campaign).toMatchObject({
      guidelines: "New.",
      guidelinesVersion: 2,
      guidelinesBefore: "Rank the better sorted list first.",
    });
    expect((await rank()).campaign).toMatchObject({ guidelinesVersion: 2, guidelinesBefore: null });
    const rows = await ctx.db.read
      .select({ version: schema.ranking.guidelinesVersion })
      .from(schema.ranking)
      .where(eq(schema.ranking.labelerId, ada.id))
      .orderBy(schema.ranking.createdAt);
    expect(rows.map((row) => row.version).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([
      1, 2, 2,
    ]);
    await expect(createSnapshot(ctx, admin, made)).resolves.toMatchObject({
      counts: { rankings: 3 },
    });
  });

  test("a copy has what was set and nothing that was made", async () => {
    await testTask(ctx, made, "p", ["1", "2", "3", "4"]);
    await rank();
    const copy = (input: object) =>
      cloneCampaign(ctx, admin, zCloneCampaign.parse({ ...made, name: "again", ...input }));
    const { id } = await copy({});
    const detail = await getCampaign(ctx, admin, { campaignId: id });
    expect(detail.campaign).toMatchObject({
      name: "again",
      status: "draft",
      round: 0,
      overlap: 2,
      guidelines: "Rank the better sorted list first.",
    });
    expect(detail).toMatchObject({ prompts: { total: 0 }, rounds: [], usable: 0 });
    await write(ctx.db, (tx) => tx.update(schema.prompt).set({ label: "42" }));
    const { id: whole } = await copy({ prompts: true });
    const prompts = await listPrompts(ctx, admin, { campaignId: whole, page: 0 });
    expect(prompts.rows).toMatchObject([{ text: "p", used: false, label: "42" }]);
    await expect(cloneCampaign(ctx, ada, { ...made, name: "x", prompts: false })).rejects.toThrow(
      "admins",
    );
  });

  test("the forecast counts what is there, what is missing and what it costs", async () => {
    await testTask(ctx, made, "p", ["1", "2", "3", "4"]);
    expect(await getForecast(ctx, admin, made)).toEqual({
      wanted: 2,
      done: 0,
      finish: null,
      work: { hours: 2 / 60, secondsEach: 60, measured: false },
      cost: null,
    });
    const pay = { currency: "USD", ranking: 0.25, demonstration: 1 };
    const priced = await createCampaign(
      ctx,
      admin,
      zNewCampaign.parse({ name: "paid", tasksPerRound: 10, overlap: 3, pay }),
    );
    expect(await getForecast(ctx, admin, { campaignId: priced.id })).toMatchObject({
      wanted: 30,
      cost: { total: 7.5, spent: 0, remaining: 7.5 },
    });
    const wrote = async (status: "accepted" | "submitted" | "rejected") => {
      const { id: campaignId } = priced;
      await write(ctx.db, async (tx) => {
        const [prompt] = await tx
          .insert(schema.prompt)
          .values({ campaignId, text: status, split: "train", source: "typed in" })
          .returning();
        const about = { campaignId, promptId: prompt.id, authorId: ada.id, text: "so" };
        await tx.insert(schema.demonstration).values({ ...about, status });
      });
    };
    for (const status of ["accepted", "submitted", "rejected"] as const) await wrote(status);
    expect(await getForecast(ctx, admin, { campaignId: priced.id })).toMatchObject({
      cost: { total: 9.5, spent: 1, remaining: 8.5 },
    });
    await rank();
    expect(await getForecast(ctx, admin, made)).toMatchObject({
      done: 1,
      finish: { hours: 24, latest: null },
    });
  });
});
