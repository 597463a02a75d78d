import { expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import { listPeople } from "./people";
import { testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  test("people are listed with what they did, those a program plays last", async () => {
    const ctx = await testServices(makeDb);
    const bot = await testActor(ctx, "labeler", "A program", true);
    const admin = await testActor(ctx, "admin", "Zoe");
    const ann = await testActor(ctx, "labeler", "Ann");
    const task = await testTask(ctx, await testCampaign(ctx, "tiny"), "p", ["1", "2", "3", "4"]);
    const before = new Date(Date.now() - 1000);
    await testRanking(ctx, task, ann, [[0], [1], [2], [3]]);

    const people = await listPeople(ctx, admin);
    expect(people.map(({ name, rankings }) => [name, rankings])).toEqual([
      ["Ann", 1],
      ["Zoe", 0],
      ["A program", 0],
    ]);
    expect(people[0].lastWork!.getTime()).toBeGreaterThan(before.getTime());
    expect(people[1].lastWork).toBeNull();
    expect(people[2]).toMatchObject({ id: bot.id, simulated: true });
    await expect(listPeople(ctx, ann)).rejects.toMatchObject({ code: "forbidden" });
  });
});
