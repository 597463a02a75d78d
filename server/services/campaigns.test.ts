import { beforeEach, expect, test } from "vitest";
import { nothingAsked } from "../domain/asked";
import { forEachDialect } from "../db/testing";
import { getCampaign, listCampaigns, listPolicies } from "./campaigns";
import {
  changeSettings,
  closeCampaign,
  createCampaign,
  pauseCampaign,
  reopenCampaign,
  resumeCampaign,
  zNewCampaign,
} from "./campaigns-change";
import { listCompletions, listRankings } from "./campaigns-work";
import type { Actor, Services } from "./context";
import { testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let researcher: Actor;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    researcher = await testActor(ctx, "researcher");
  });
  const create = (input: object) => createCampaign(ctx, admin, zNewCampaign.parse(input));

  test("a campaign is created with sensible defaults and its prompts", async () => {
    const { id, prompts } = await create({
      name: " Sorting ",
      prompts: { content: "sort: 3 1\nsort: 2 1\nsort: 3 1", fileName: "" },
    });
    expect(prompts).toMatchObject({ added: 2, known: [], repeats: [{ line: 3 }] });
    const detail = await getCampaign(ctx, researcher, { campaignId: id });
    expect(detail.campaign).toMatchObject({
      name: "Sorting",
      status: "draft",
      completionsPerTask: 6,
      tasksPerRound: 60,
      overlap: 1,
      round: 0,
      config: { sampling: {}, demonstrations: false, includeSimulated: false },
    });
    expect(detail).toMatchObject({ prompts: { total: 2 }, phase: null, rounds: [], moving: [] });
  });

  test("bad prompts keep the campaign from being created, and the line is named", async () => {
    const input = { name: "x", prompts: { content: '{"prompt":"a"}\n{"p":1}', fileName: "" } };
    await expect(create(input)).rejects.toThrow(/Line 2 has no text under "prompt"/);
    expect(await listCampaigns(ctx, admin)).toEqual([]);
  });

  test("its starting policy must be a model that answers", async () => {
    await expect(create({ name: "x", policyModelId: "gone" })).rejects.toMatchObject({
      code: "not-found",
    });
    await testCampaign(ctx, "tiny");
    const [policy] = await listPolicies(ctx, researcher);
    const { id } = await create({ name: "x", policyModelId: policy.id });
    const { campaign } = await getCampaign(ctx, admin, { campaignId: id });
    expect(campaign.sftModelId).toBe(policy.id);
  });

  test("settings change, but not what gives rankings their meaning once it is open", async () => {
    const { campaignId } = await testCampaign(ctx, "tiny");
    const { campaign } = await getCampaign(ctx, admin, { campaignId });
    const settings = {
      ...campaign,
      campaignId,
      name: "Tidy",
      overlap: 3,
      sampling: { temperature: 0.7 },
      asked: nothingAsked,
      demonstrations: true,
      includeSimulated: true,
    };
    await changeSettings(ctx, admin, settings);
    const after = await getCampaign(ctx, admin, { campaignId });
    expect(after.campaign).toMatchObject({
      name: "Tidy",
      overlap: 3,
      config: { sampling: { temperature: 0.7 }, includeSimulated: true },
    });
    await expect(
      changeSettings(ctx, admin, { ...settings, completionsPerTask: 5 }),
    ).rejects.toMatchObject({ code: "conflict" });
    const asked = { ...nothingAsked, quality: true };
    await expect(changeSettings(ctx, admin, { ...settings, asked })).rejects.toThrow(
      "what it asks",
    );
  });

  test("pausing, going on and closing happen from the states that allow them", async () => {
    const { campaignId } = await testCampaign(ctx, "tiny");
    const status = async () => (await getCampaign(ctx, admin, { campaignId })).campaign.status;
    await pauseCampaign(ctx, admin, { campaignId });
    expect(await status()).toBe("paused");
    await expect(pauseCampaign(ctx, admin, { campaignId })).rejects.toThrow(/This one is paused/);
    await resumeCampaign(ctx, admin, { campaignId });
    await closeCampaign(ctx, admin, { campaignId });
    expect(await status()).toBe("closed");
    await expect(resumeCampaign(ctx, admin, { campaignId })).rejects.toMatchObject({
      code: "conflict",
    });
    await reopenCampaign(ctx, admin, { campaignId });
    expect(await status()).toBe("open");
  });

  test("rankings are counted by round, simulated ones apart, and shown raw", async () => {
    const campaign = await testCampaign(ctx, "tiny");
    const one = await testTask(ctx, campaign, "sort: 2 1", ["1 2", "2 1", "1 1", "2 2"]);
    const two = await testTask(ctx, campaign, "sort: 4 3", ["3 4", "4 3", "3 3", "4 4"]);
    const ann = await testActor(ctx, "labeler", "Ann");
    const bot = await testActor(ctx, "labeler", "Simulated 1", true);
    await testRanking(ctx, one, ann, [[0], [1, 2], [3]]);
    await testRanking(ctx, one, bot, [[0], [1], [2], [3]]);
    await testRanking(ctx, two, bot, [[0], [1], [2]], { notRankable: [two.completionIds[3]] });

    const tally = { tasks: 2, wanted: 4, done: 3, simulated: 2 };
    const [summary] = await listCampaigns(ctx, researcher);
    expect(summary).toMatchObject({ name: "tiny", phase: "collecting", tally });
    const detail = await getCampaign(ctx, researcher, campaign);
    expect(detail.rounds).toMatchObject([{ number: 1, tally, rewardAccuracy: null, runs: [] }]);
    expect(detail).toMatchObject({ usable: 1, simulated: 2 });
    // one person's ranking within the hour: one missing takes one hour
    expect(detail.hoursLeft).toBe(1);

    const { rows, more } = await listRankings(ctx, researcher, {
      campaignId: campaign.campaignId,
      page: 0,
    });
    expect(more).toBe(false);
    const byAnn = rows.find((row) => row.labeler === "Ann")!;
    expect(byAnn.simulated).toBe(false);
    expect(byAnn.groups.map((group) => group.map((c) => c.text))).toEqual([
      ["1 2"],
      ["2 1", "1 1"],
      ["2 2"],
    ]);
    expect(rows.find((row) => row.notRankable.length > 0)!.notRankable[0].text).toBe("4 4");

    const completions = await listCompletions(ctx, researcher, {
      roundId: campaign.roundId,
      page: 0,
    });
    expect(completions.rows.map((row) => row.prompt).sort()).toEqual(["sort: 2 1", "sort: 4 3"]);
    expect(completions.rows.find((row) => row.prompt === "sort: 2 1")!.completions).toMatchObject([
      { text: "1 2", correct: null },
      { text: "2 1" },
      { text: "1 1" },
      { text: "2 2" },
    ]);
  });

  test("a labeler sees none of it, a researcher changes none of it", async () => {
    const labeler = await testActor(ctx, "labeler");
    const forbidden = { code: "forbidden" };
    await expect(listCampaigns(ctx, labeler)).rejects.toMatchObject(forbidden);
    const { campaignId } = await testCampaign(ctx, "tiny");
    await expect(listRankings(ctx, labeler, { campaignId, page: 0 })).rejects.toMatchObject(
      forbidden,
    );
    await expect(pauseCampaign(ctx, researcher, { campaignId })).rejects.toMatchObject(forbidden);
    await expect(
      createCampaign(ctx, researcher, zNewCampaign.parse({ name: "x" })),
    ).rejects.toMatchObject(forbidden);
  });
});
