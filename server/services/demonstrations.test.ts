import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import { write } from "../db/write";
import { fingerprint } from "../domain/fingerprint";
import type { Actor, Services } from "./context";
import {
  demonstrationProgress,
  nextDemonstration,
  ownDemonstrations,
  skipDemonstration,
} from "./demonstrations";
import {
  readDemonstration,
  saveDemonstration,
  similarToDemonstration,
  submitDemonstration,
} from "./demonstrations-draft";
import { listDemonstrations, reviewDemonstration } from "./demonstrations-review";
import { testCampaign, type TestCampaign } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let ctx: Services;
  let campaign: TestCampaign;
  let ada: Actor;
  let ben: Actor;
  const addPrompt = (text: string, split: "train" | "heldout" = "train") =>
    write(ctx.db, (tx) =>
      tx
        .insert(schema.prompt)
        .values({ campaignId: campaign.campaignId, text, split, source: "typed in" }),
    );

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    ctx = await testServices(makeDb);
    campaign = await testCampaign(ctx, "sorting");
    ada = await testActor(ctx, "labeler", "Ada");
    ben = await testActor(ctx, "labeler", "Ben");
    await addPrompt("sort: 3 1 2");
    await addPrompt("never shown", "heldout");
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("a prompt is written for, kept, sent, and then nobody's any more", async () => {
    const task = (await nextDemonstration(ctx, ada))!;
    expect(task).toMatchObject({ prompt: "sort: 3 1 2", text: "", campaign: { name: "sorting" } });
    const { demonstrationId } = task;
    await saveDemonstration(ctx, ada, { demonstrationId, text: "1 2" });
    expect(await nextDemonstration(ctx, ada)).toEqual({ ...task, text: "1 2" });
    await submitDemonstration(ctx, ada, { demonstrationId, text: " 1 2 3\n" });
    await saveDemonstration(ctx, ada, { demonstrationId, text: "a draft that came late" });
    await submitDemonstration(ctx, ada, { demonstrationId, text: "sent again" });
    expect(await ownDemonstrations(ctx, ada)).toMatchObject([
      { status: "submitted", text: "1 2 3" },
    ]);
    expect(await nextDemonstration(ctx, ada)).toBeNull();
    expect(await nextDemonstration(ctx, ben)).toBeNull();
  });

  test("a text that was not written on from what is kept is not taken; the kept one comes back", async () => {
    const { demonstrationId } = (await nextDemonstration(ctx, ada))!;
    const save = (text: string, base: string) =>
      saveDemonstration(ctx, ada, { demonstrationId, text, base: fingerprint(base) });
    expect(await save("here", "")).toEqual({
      taken: true,
      status: "draft",
      base: fingerprint("here"),
      text: null,
    });
    const here = { taken: false, status: "draft", base: fingerprint("here"), text: "here" };
    expect(await save("there", "")).toEqual(here);
    // the same again, as after an answer that was lost
    expect(await save("here", "")).toMatchObject({ taken: true });
    const base = fingerprint("");
    const late = { demonstrationId, text: "there", base };
    expect(await submitDemonstration(ctx, ada, late)).toEqual(here);
    expect(await readDemonstration(ctx, ada, { demonstrationId })).toEqual(here);
    // what no database keeps is kept as what it becomes, and gone on from there
    const odd = await save("half \ud800", "here");
    expect(
      await saveDemonstration(ctx, ada, { demonstrationId, text: "on", base: odd.base }),
    ).toMatchObject({ taken: true });
    const sent = await submitDemonstration(ctx, ada, {
      demonstrationId,
      text: "on ",
      base: fingerprint("on"),
    });
    expect(sent).toMatchObject({ taken: true, status: "ended" });
    expect(await save("on and on", "on")).toMatchObject({ taken: false, status: "ended" });
    await expect(readDemonstration(ctx, ben, { demonstrationId })).rejects.toThrow("not yours");
  });

  test("a prompt is given to one at a time; a draft left for a day frees it", async () => {
    const [first, second] = await Promise.all([ada, ben].map((a) => nextDemonstration(ctx, a)));
    expect([first, second].filter(Boolean)).toHaveLength(1);
    vi.setSystemTime(Date.now() + 25 * 3_600_000);
    expect(await nextDemonstration(ctx, first ? ben : ada)).not.toBeNull();
  });

  test("a skipped prompt goes to others, not back", async () => {
    const { demonstrationId } = (await nextDemonstration(ctx, ada))!;
    await skipDemonstration(ctx, ada, { demonstrationId, reason: "not-my-field", note: "" });
    expect(await nextDemonstration(ctx, ada)).toBeNull();
    expect(await nextDemonstration(ctx, ben)).not.toBeNull();
    await expect(submitDemonstration(ctx, ada, { demonstrationId, text: "1" })).rejects.toThrow(
      "skipped",
    );
  });

  test("whoever writes in the words of another, or of a model, is told", async () => {
    const words = (name: string) => Array.from({ length: 40 }, (_, i) => `${name}${i}`).join(" ");
    const { demonstrationId } = (await nextDemonstration(ctx, ada))!;
    const similar = async (text: string) => {
      await saveDemonstration(ctx, ada, { demonstrationId, text });
      return await similarToDemonstration(ctx, ada, { demonstrationId });
    };
    expect(await similar(words("mine"))).toBeNull();
    const [{ promptId, campaignId }] = await ctx.db.read.select().from(schema.demonstration);
    const [{ id: modelId }] = await ctx.db.read.select().from(schema.model);
    await write(ctx.db, async (tx) => {
      const answer = { promptId, modelId, params: {}, finish: "stop" as const };
      await tx.insert(schema.completion).values({ ...answer, text: words("model") });
      const others = { promptId, campaignId, authorId: ben.id, status: "accepted" as const };
      await tx.insert(schema.demonstration).values({ ...others, text: words("ben") });
    });
    expect(await similar(words("model"))).toEqual({ of: "model", share: 1 });
    expect(await similar(words("ben"))).toEqual({ of: "demonstration", share: 1 });
    expect(await similar("as short as this")).toBeNull();
  });

  test("an empty answer and another's prompt are refused", async () => {
    const { demonstrationId } = (await nextDemonstration(ctx, ada))!;
    await expect(submitDemonstration(ctx, ada, { demonstrationId, text: " \n" })).rejects.toThrow(
      "empty",
    );
    await expect(submitDemonstration(ctx, ben, { demonstrationId, text: "1" })).rejects.toThrow(
      "not yours",
    );
  });

  test("a reviewer accepts, mends, or rejects with a reason; rejected prompts come to others", async () => {
    const admin = await testActor(ctx, "admin");
    const { demonstrationId } = (await nextDemonstration(ctx, ada))!;
    const accept = { verdict: "accept" as const, demonstrationId };
    await expect(reviewDemonstration(ctx, admin, accept)).rejects.toThrow("not sent");
    await submitDemonstration(ctx, ada, { demonstrationId, text: "1 2 2" });
    expect(await listDemonstrations(ctx, admin, { status: "submitted" })).toMatchObject({
      total: 1,
      rows: [{ author: "Ada", prompt: "sort: 3 1 2", campaign: "sorting", text: "1 2 2" }],
    });
    await reviewDemonstration(ctx, admin, { ...accept, text: "1 2 3" });
    expect(await ownDemonstrations(ctx, ada)).toMatchObject([
      { status: "accepted", text: "1 2 3" },
    ]);
    // what its author sent is kept beside it
    const [{ written }] = (await listDemonstrations(ctx, admin, { status: "accepted" })).rows;
    expect(written).toBe("1 2 2");
    await reviewDemonstration(ctx, admin, { ...accept, text: "1 2 2" });
    expect((await listDemonstrations(ctx, admin, {})).rows).toMatchObject([
      { text: "1 2 2", written: null },
    ]);
    expect(await nextDemonstration(ctx, ben)).toBeNull();
    const reason = "Two is there twice.";
    await reviewDemonstration(ctx, admin, { verdict: "reject", demonstrationId, reason });
    expect(await ownDemonstrations(ctx, ada)).toMatchObject([{ status: "rejected", reason }]);
    expect(await nextDemonstration(ctx, ben)).not.toBeNull();
    await expect(reviewDemonstration(ctx, ada, accept)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("progress counts one's own by state and what is left; a program's answer leaves the prompt wanted", async () => {
    await addPrompt("sort: 5 4");
    const robot = await testActor(ctx, "labeler", "Robot", true);
    const robots = (await nextDemonstration(ctx, robot))!;
    await submitDemonstration(ctx, robot, { ...robots, text: "4 5" });
    const { demonstrationId } = (await nextDemonstration(ctx, ada))!;
    expect(await demonstrationProgress(ctx, ada)).toMatchObject([
      { name: "sorting", submitted: 0, drafts: 1, left: 2 },
    ]);
    await submitDemonstration(ctx, ada, { demonstrationId, text: "1 2 3" });
    expect(await demonstrationProgress(ctx, ada)).toMatchObject([{ submitted: 1, left: 1 }]);
    expect(await demonstrationProgress(ctx, ben)).toMatchObject([{ submitted: 0, left: 1 }]);
  });
});
