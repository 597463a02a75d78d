import { beforeEach, expect, test } from "vitest";
import { promptsOfSplit } from "../db/queries/answer";
import { forEachDialect } from "../db/testing";
import type { Actor, Services } from "./context";
import { addPrompts, listPrompts, removePrompts } from "./prompts";
import { archivePrompts, restorePrompts } from "./prompts-archive";
import { compareMore, keepOne, listNear, searchNear } from "./prompts-near";
import { testCampaign, testRanking, testTask, type TestCampaign } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

const sky = "Explain to a child of six why the sky is blue and the sunset is red.";
const nearSky = "Explain to a child of five why the sky is blue and the sunset is red.";
const sea = "Write a haiku about the sea at night, with a lighthouse in it.";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let campaign: TestCampaign;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    campaign = await testCampaign(ctx, "tiny");
  });
  const here = () => ({ campaignId: campaign.campaignId });
  const add = (content: string) => addPrompts(ctx, admin, { ...here(), content, fileName: "" });
  const compareAll = async () => {
    while ((await compareMore(ctx, admin, here())).left > 0);
  };
  const groups = (atLeast = 0.65) => listNear(ctx, admin, { ...here(), atLeast, page: 0 });
  const list = async (state?: "archived") =>
    (await listPrompts(ctx, admin, { ...here(), state, page: 0 })).rows;

  test("prompts stored before are compared in steps, and come in groups", async () => {
    await add(`${sky}\n${sea}\n${nearSky}\n${sky.toUpperCase()}`);
    expect((await groups()).left).toBe(4);
    await compareAll();
    const found = await groups();
    expect(found).toMatchObject({ total: 1, extra: 2, left: 0 });
    expect(found.groups[0].prompts.map((row) => row.text).sort()).toEqual(
      [sky, nearSky, sky.toUpperCase()].sort(),
    );
    const strict = await groups(1);
    expect(strict).toMatchObject({ total: 1, extra: 1 });
  });

  test("a search by text finds what is like it, the most alike first", async () => {
    await add(`${sky}\n${sea}\n${nearSky}`);
    await compareAll();
    const found = await searchNear(ctx, admin, { ...here(), text: sky.toLowerCase() });
    expect(found.map((row) => row.text)).toEqual([sky, nearSky]);
    expect(found[0].resemblance).toBe(1);
    expect(await searchNear(ctx, admin, { ...here(), text: "안녕하세요" })).toEqual([]);
  });

  test("the extra ones are archived: no new work, nothing judged is lost, and they can come back", async () => {
    const labeler = await testActor(ctx, "labeler");
    const task = await testTask(ctx, campaign, nearSky, ["a", "b", "c", "d"]);
    await testRanking(ctx, task, labeler, [[0], [1], [2], [3]]);
    await add(`${sky}\n${sea}`);
    await compareAll();
    const { groups: found } = await groups();
    const [ranked, other] = found[0].prompts;
    expect(ranked).toMatchObject({ text: nearSky, rankings: 1 });
    const { groupId } = found[0];
    const kept = await keepOne(ctx, admin, { ...here(), groupId, keptId: other.id, atLeast: 0.65 });
    expect(kept).toEqual({ archived: 1 });
    expect((await groups()).total).toBe(0);
    expect((await list("archived")).map((row) => row.text)).toEqual([nearSky]);
    const open = async () =>
      (
        await Promise.all(
          (["train", "heldout"] as const).map((split) =>
            promptsOfSplit(ctx.db.read, campaign.campaignId, split),
          ),
        )
      )
        .flat()
        .map((row) => row.text)
        .sort();
    expect(await open()).toEqual([sky, sea].sort());
    const some = { ...here(), promptIds: [ranked.id] };
    expect(await removePrompts(ctx, admin, some)).toEqual({ removed: 0, kept: 1 }); // it was ranked
    expect(await restorePrompts(ctx, admin, some)).toEqual({ restored: 1 });
    expect(await open()).toEqual([sky, sea, nearSky].sort());
    expect(await archivePrompts(ctx, admin, some)).toEqual({ archived: 1 });
    expect(await archivePrompts(ctx, admin, some)).toEqual({ archived: 0 });
  });

  test("a prompt that is removed leaves nothing that another is like", async () => {
    await add(`${sky}\n${sea}`);
    await compareAll();
    const ids = (await list()).map((row) => row.id);
    await archivePrompts(ctx, admin, { ...here(), promptIds: ids });
    expect(await removePrompts(ctx, admin, { ...here(), promptIds: ids })).toEqual({
      removed: 2,
      kept: 0,
    });
    expect(await searchNear(ctx, admin, { ...here(), text: sky })).toEqual([]);
  });

  test("only an admin archives, and only this campaign's prompts", async () => {
    await add(sky);
    const [{ id }] = await list();
    const other = await testCampaign(ctx, "other");
    const elsewhere = { campaignId: other.campaignId, promptIds: [id] };
    expect(await archivePrompts(ctx, admin, elsewhere)).toEqual({ archived: 0 });
    const researcher = await testActor(ctx, "researcher");
    const some = { ...here(), promptIds: [id] };
    await expect(archivePrompts(ctx, researcher, some)).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
