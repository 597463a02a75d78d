import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import { listAudit, zListAudit } from "./audit";
import { agreeToCampaign, listCampaignConsents, publishCampaignConsent } from "./campaign-consent";
import { cloneCampaign } from "./campaigns-clone";
import type { Actor, Services } from "./context";
import { demonstrationProgress, nextDemonstration } from "./demonstrations";
import { answerScreening, configureEntry, getEntry, yetToEnter } from "./entry";
import { labelingProgress, nextTask } from "./labeling";
import { submitRanking } from "./labeling-submit";
import { exportPerson } from "./person-data";
import { type TestCampaign, testCampaign, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let ada: Actor;
  let asking: TestCampaign;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    ada = await testActor(ctx, "labeler", "Ada");
    asking = await testCampaign(ctx, "asking");
    for (const name of ["p", "q"]) await testTask(ctx, asking, name, ["1", "2", "3", "4"]);
  });

  const publish = (text: string) => publishCampaignConsent(ctx, admin, { ...asking, text });
  const agree = async () => {
    const { id: consentId } = (await getEntry(ctx, ada, asking)).consent!;
    await agreeToCampaign(ctx, ada, { ...asking, consentId });
    return consentId;
  };
  const left = (rows: { name: string; left: number }[]) =>
    Object.fromEntries(rows.map((row) => [row.name, row.left]));

  test("a campaign with a text of its own gives nothing before it is agreed to; others go on", async () => {
    const other = await testCampaign(ctx, "other");
    await testTask(ctx, other, "r", ["1", "2", "3", "4"]);
    await publish("We publish what you rank here.");
    expect(await nextTask(ctx, ada, asking)).toBeNull();
    expect(await nextDemonstration(ctx, ada, asking)).toBeNull();
    const nothing = { asking: 0, other: 1 };
    expect(left(await labelingProgress(ctx, ada))).toEqual(nothing);
    expect(left(await demonstrationProgress(ctx, ada))).toEqual(nothing);
    expect(await yetToEnter(ctx, ada)).toMatchObject([{ name: "asking" }]);
    expect(await nextTask(ctx, ada)).toMatchObject({ campaign: { name: "other" } });
    // a program agrees to nothing
    const bot = await testActor(ctx, "labeler", "A program", true);
    expect(await nextTask(ctx, bot, asking)).not.toBeNull();

    await agree();
    await agree(); // twice is once
    expect(await yetToEnter(ctx, ada)).toEqual([]);
    expect(await nextTask(ctx, ada, asking)).not.toBeNull();
    expect(await listCampaignConsents(ctx, admin, asking)).toMatchObject([
      { version: 1, agreed: 1, by: "admin" },
    ]);
    const { text } = await exportPerson(ctx, admin, { userId: ada.id });
    expect(text).toContain("We publish what you rank here.");
  });

  test("a new version is asked before the next new task; what was begun is finished", async () => {
    await publish("one");
    const first = await agree();
    const begun = (await nextTask(ctx, ada))!;
    await publish("two");
    expect(await nextTask(ctx, ada)).toMatchObject({ assignmentId: begun.assignmentId });
    const groups = [begun.completions.map(({ letter }) => letter)];
    const ranking = { groups, notRankable: [], noneAcceptable: false, seconds: 1 };
    await submitRanking(ctx, ada, { ...begun, ranking });
    expect(await nextTask(ctx, ada)).toBeNull();
    const old = agreeToCampaign(ctx, ada, { ...asking, consentId: first });
    await expect(old).rejects.toMatchObject({ code: "conflict" });
    await agree();
    expect(await nextTask(ctx, ada)).not.toBeNull();
    await publish(""); // nothing is asked any more
    const ben = await testActor(ctx, "labeler", "Ben");
    expect((await getEntry(ctx, ben, asking)).consent).toBeNull();
    expect(await nextTask(ctx, ben)).not.toBeNull();
  });

  test("it comes before the questions; a copy of the campaign asks anew", async () => {
    const question = { id: "age", text: "Are you 18?", options: ["Yes", "No"], accepted: ["Yes"] };
    await configureEntry(ctx, admin, { ...asking, entry: { screening: [question], quiz: null } });
    await publish("one");
    const answer = () => answerScreening(ctx, ada, { ...asking, answers: { age: "Yes" } });
    await expect(answer()).rejects.toMatchObject({ code: "forbidden" });
    await agree();
    await answer();
    expect(await nextTask(ctx, ada)).not.toBeNull();
    const { id: campaignId } = await cloneCampaign(ctx, admin, {
      ...asking,
      name: "copy",
      prompts: false,
    });
    expect(await listCampaignConsents(ctx, admin, { campaignId })).toMatchObject([
      { version: 1, text: "one", agreed: 0 },
    ]);
  });

  test("only the campaign's admins publish, only a text that differs, and the log has both", async () => {
    const ben = await testActor(ctx, "researcher", "Ben");
    await expect(publishCampaignConsent(ctx, ben, { ...asking, text: "x" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(publish("")).rejects.toMatchObject({ code: "conflict" });
    await publish("one");
    await publish("two");
    const { rows } = await listAudit(ctx, admin, zListAudit.parse({ action: "campaign.consent" }));
    expect(rows[0]).toMatchObject({ before: { text: "one" }, after: { text: "two" } });
  });
});
