import { expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import { ownPay } from "./own-pay";
import { setPay } from "./payment";
import { testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  test("one's own accepted work at the campaign's rates, where it shows them", async () => {
    const ctx = await testServices(makeDb);
    const admin = await testActor(ctx, "admin");
    const ann = await testActor(ctx, "labeler", "Ann");
    const bea = await testActor(ctx, "labeler", "Bea");
    const paid = await testCampaign(ctx, "paid");
    await testCampaign(ctx, "unpaid");
    for (const prompt of ["p", "q"]) {
      const task = await testTask(ctx, paid, prompt, ["1", "2", "3", "4"]);
      await testRanking(ctx, task, ann, [[0], [1], [2], [3]]);
      if (prompt === "p") await testRanking(ctx, task, bea, [[0], [1], [2], [3]]);
    }
    const { campaignId } = paid;
    expect(await ownPay(ctx, ann)).toEqual([]);
    const pay = { currency: "USD", ranking: 0.35, demonstration: 2 };
    await setPay(ctx, admin, { campaignId, pay });
    expect(await ownPay(ctx, ann)).toMatchObject([
      { name: "paid", rankings: 2, accepted: 0.7, waiting: 0, pending: 0, currency: "USD" },
    ]);
    expect(await ownPay(ctx, bea)).toMatchObject([{ rankings: 1, accepted: 0.35 }]);
    await setPay(ctx, admin, { campaignId, pay: { ...pay, shown: false } });
    expect(await ownPay(ctx, ann)).toEqual([]);
  });
});
