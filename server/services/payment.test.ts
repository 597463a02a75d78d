import { expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import { listAudit, zListAudit } from "./audit";
import { changeSettings, zCampaignUpdate } from "./campaigns-change";
import { getCampaign } from "./campaigns";
import { listPayments, paymentCsv, setPay, zPaymentOf } from "./payment";
import { testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  test("accepted work times the campaign's rate, of people and of the period alone", async () => {
    const ctx = await testServices(makeDb);
    const admin = await testActor(ctx, "admin");
    const ann = await testActor(ctx, "labeler", "=Ann");
    const bea = await testActor(ctx, "labeler", "Bea");
    const bot = await testActor(ctx, "labeler", "A program", true);
    const paid = await testCampaign(ctx, "paid");
    const unpaid = await testCampaign(ctx, "unpaid");
    const texts = ["1", "2", "3", "4"];
    const task = await testTask(ctx, paid, "p", texts);
    const other = await testTask(ctx, paid, "q", texts);
    const free = await testTask(ctx, unpaid, "r", texts);
    const order = [[0], [1], [2], [3]];
    for (const who of [ann, bot]) await testRanking(ctx, task, who, order);
    await testRanking(ctx, other, ann, order);
    await testRanking(ctx, free, bea, order);
    const { campaignId } = paid;
    const pay = { currency: "USD", ranking: 0.35, demonstration: 2 };
    await setPay(ctx, admin, { campaignId, pay });
    await expect(setPay(ctx, ann, { campaignId, pay: null })).rejects.toMatchObject({
      code: "forbidden",
    });
    // the settings form leaves the rates as they are
    const { campaign } = await getCampaign(ctx, admin, { campaignId });
    await changeSettings(ctx, admin, zCampaignUpdate.parse({ ...campaign, campaignId }));

    const hour = 3_600_000;
    const now = Date.now();
    const period = { since: new Date(now - hour), until: new Date(now + hour) };
    const rows = await listPayments(ctx, admin, period);
    expect(rows.map((row) => [row.name, row.campaign, row.rankings, row.amount])).toEqual([
      ["=Ann", "paid", 2, 0.7],
      ["Bea", "unpaid", 1, null],
    ]);
    expect(await listPayments(ctx, admin, { ...period, campaignId })).toHaveLength(1);
    const before = { since: new Date(now - 2 * hour), until: new Date(now - hour) };
    expect(await listPayments(ctx, admin, before)).toEqual([]);
    await expect(listPayments(ctx, ann, period)).rejects.toMatchObject({ code: "forbidden" });
    expect(zPaymentOf.safeParse({ since: period.until, until: period.since }).success).toBe(false);

    const { text } = await paymentCsv(ctx, admin, period);
    expect(text.split("\r\n")[1]).toMatch(/^'=Ann,,,,paid,2,0,[\d.]+,0\.35,2,USD,0\.7$/);
    const { rows: log } = await listAudit(ctx, admin, { ...zListAudit.parse({}), campaignId });
    expect(log.map((row) => row.action)).toEqual(["campaign.settings", "campaign.pay"]);
    const exported = await listAudit(ctx, admin, { ...zListAudit.parse({}), noun: "payment" });
    expect(exported.rows[0].after).toMatchObject({ people: 2 });
  });
});
