import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import type { Actor, Services } from "./context";
import { addPrompts, listPrompts, promptsPerPage, removePrompts } from "./prompts";
import { type TestCampaign, testCampaign, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let campaign: TestCampaign;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    campaign = await testCampaign(ctx, "tiny");
  });
  const add = (content: string, fileName = "") =>
    addPrompts(ctx, admin, { campaignId: campaign.campaignId, content, fileName });
  const list = (filter: object = {}) =>
    listPrompts(ctx, admin, { campaignId: campaign.campaignId, page: 0, ...filter });

  test("duplicates are pointed out, within what is added and with what is there", async () => {
    await add("a\nb");
    const result = await add('{"prompt":"b"}\n{"prompt":"c"}\n{"prompt":"c"}', "more.jsonl");
    expect(result).toMatchObject({
      added: 1,
      known: [{ line: 1, text: "b" }],
      repeats: [{ line: 3, text: "c" }],
    });
    const { rows, total } = await list();
    expect(total).toBe(3);
    expect(rows.find((row) => row.text === "c")).toMatchObject({
      source: "more.jsonl",
      used: false,
    });
  });

  test("a thousand prompts go in at once, a tenth of them held out", async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `sort: ${i}`);
    const { added, heldout } = await add(lines.join("\n"));
    expect(added).toBe(1000);
    expect(heldout).toBeGreaterThan(60);
    expect(heldout).toBeLessThan(140);
    const { rows, counts } = await list({ split: "heldout", page: 0 });
    expect(rows).toHaveLength(promptsPerPage);
    expect(counts).toEqual({ total: 1000, heldout, unanswered: 1000 - heldout, archived: 0 });
  });

  test("only what nothing stands on can be removed", async () => {
    const task = await testTask(ctx, campaign, "used", ["1", "2", "3", "4"]);
    await add("free\nkept");
    const unused = await list({ state: "unused" });
    expect(unused.rows.map((row) => row.text).sort()).toEqual(["free", "kept"]);
    const free = unused.rows.find((row) => row.text === "free")!;
    const result = await removePrompts(ctx, admin, {
      campaignId: campaign.campaignId,
      promptIds: [free.id, task.promptId],
    });
    expect(result).toEqual({ removed: 1, kept: 1 });
    const left = await list();
    expect(new Map(left.rows.map(({ text, used }) => [text, used]))).toEqual(
      new Map([
        ["kept", false],
        ["used", true],
      ]),
    );
  });

  test("a search finds text whatever its case, and a sign of the query language is plain text", async () => {
    await add("Sort these\nAdd those\n100% sure");
    expect((await list({ search: "SORT" })).rows.map((row) => row.text)).toEqual(["Sort these"]);
    expect((await list({ search: "00%" })).total).toBe(1);
    expect((await list({ search: "S_rt" })).total).toBe(0);
  });

  test("nothing to add and a campaign that is gone say so", async () => {
    await expect(add(" \n\n")).rejects.toThrow(/one prompt a line/);
    const gone = { campaignId: "gone" as TestCampaign["campaignId"], content: "a", fileName: "" };
    await expect(addPrompts(ctx, admin, gone)).rejects.toMatchObject({ code: "not-found" });
    const researcher = await testActor(ctx, "researcher");
    const input = { campaignId: campaign.campaignId, content: "a", fileName: "" };
    await expect(addPrompts(ctx, researcher, input)).rejects.toMatchObject({ code: "forbidden" });
  });
});
