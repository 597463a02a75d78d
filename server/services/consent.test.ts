import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import { listAudit, zListAudit } from "./audit";
import {
  agree,
  consentInForce,
  listConsents,
  ownAgreements,
  pendingConsent,
  publishConsent,
} from "./consent";
import type { Actor, Services } from "./context";
import { nextDemonstration } from "./demonstrations";
import { nextTask } from "./labeling";
import { saveDraft } from "./labeling-submit";
import { testCampaign, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let ann: Actor;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    ann = await testActor(ctx, "labeler", "Ann");
  });

  test("nobody labels before they agree, and a new version asks again", async () => {
    const campaign = await testCampaign(ctx, "tiny");
    await testTask(ctx, campaign, "p", ["1", "2", "3", "4"]);
    expect(await pendingConsent(ctx, ann)).toBeNull();
    await publishConsent(ctx, admin, { text: "We keep what you rank." });
    await expect(nextTask(ctx, ann)).rejects.toThrow("consent text");
    await expect(nextDemonstration(ctx, ann)).rejects.toMatchObject({ code: "forbidden" });
    const first = (await pendingConsent(ctx, ann))!;
    expect(first).toMatchObject({ version: 1, text: "We keep what you rank." });
    await agree(ctx, ann, { consentId: first.id });
    await agree(ctx, ann, { consentId: first.id });
    const { assignmentId } = (await nextTask(ctx, ann))!;

    await publishConsent(ctx, admin, { text: "We keep it for ten years." });
    await expect(nextTask(ctx, ann)).rejects.toMatchObject({ code: "forbidden" });
    // what was begun is not lost meanwhile
    const draft = {
      version: 1,
      ranks: { A: 1 },
      notRankable: [],
      noneAcceptable: false,
      comment: "",
      seconds: 1,
    };
    expect((await saveDraft(ctx, ann, { assignmentId, draft })).held).toBe(true);
    await expect(agree(ctx, ann, { consentId: first.id })).rejects.toThrow("changed meanwhile");
    await agree(ctx, ann, { consentId: (await pendingConsent(ctx, ann))!.id });
    expect((await nextTask(ctx, ann))?.assignmentId).toBe(assignmentId);

    expect(await ownAgreements(ctx, ann)).toMatchObject([
      { version: 2, text: "We keep it for ten years." },
      { version: 1, text: "We keep what you rank." },
    ]);
    expect(await listConsents(ctx, admin)).toMatchObject([
      { version: 2, agreed: 1, by: "admin" },
      { version: 1, agreed: 1 },
    ]);
  });

  test("an empty text asks for nothing; a program is asked for nothing", async () => {
    const bot = await testActor(ctx, "labeler", "A program", true);
    await publishConsent(ctx, admin, { text: "Agree?" });
    expect(await pendingConsent(ctx, bot)).toBeNull();
    await nextTask(ctx, bot);
    await publishConsent(ctx, admin, { text: "" });
    expect(await pendingConsent(ctx, ann)).toBeNull();
    expect(await consentInForce(ctx)).toBeNull();
    await nextTask(ctx, ann);
  });

  test("only an admin publishes, only a text that differs, and the log has both", async () => {
    await expect(publishConsent(ctx, ann, { text: "x" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(publishConsent(ctx, admin, { text: "" })).rejects.toMatchObject({
      code: "conflict",
    });
    await publishConsent(ctx, admin, { text: "one" });
    await publishConsent(ctx, admin, { text: "two" });
    const { rows } = await listAudit(ctx, admin, { ...zListAudit.parse({}), noun: "consent" });
    expect(rows[0]).toMatchObject({ before: { text: "one" }, after: { text: "two" } });
  });
});
