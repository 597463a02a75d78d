import { expect, test } from "vitest";
import * as schema from "../db/schema";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import { listPeople } from "./people";
import { testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  test("people are listed with what they did, those a program plays apart", async () => {
    const ctx = await testServices(makeDb);
    const bot = await testActor(ctx, "labeler", "A program", true);
    const admin = await testActor(ctx, "admin", "Zoe");
    const ann = await testActor(ctx, "labeler", "Ann");
    const task = await testTask(ctx, await testCampaign(ctx, "tiny"), "p", ["1", "2", "3", "4"]);
    const before = new Date(Date.now() - 1000);
    await testRanking(ctx, task, ann, [[0], [1], [2], [3]]);

    const { rows, played, ...counts } = await listPeople(ctx, admin);
    expect(counts).toEqual({ people: 2, admins: 1, found: 2 });
    expect(rows.map(({ name, rankings }) => [name, rankings])).toEqual([
      ["Ann", 1],
      ["Zoe", 0],
    ]);
    expect(rows[0].lastWork!.getTime()).toBeGreaterThan(before.getTime());
    expect(rows[1].lastWork).toBeNull();
    expect(played).toMatchObject([{ id: bot.id, name: "A program", rankings: 0 }]);
    await expect(listPeople(ctx, ann)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a crowd is found by part of a name or an address, and comes a page at a time", async () => {
    const ctx = await testServices(makeDb);
    const admin = await testActor(ctx, "admin", "Zoe");
    await write(ctx.db, (tx) =>
      tx.insert(schema.user).values(
        Array.from({ length: 120 }, (_, i) => ({
          name: `Worker ${String(i).padStart(3, "0")}`,
          role: "labeler" as const,
          email: `W${i}@example.org`,
        })),
      ),
    );
    const names: string[] = [];
    for (let page = 0; page < 4; page++) {
      const { rows, found } = await listPeople(ctx, admin, { page });
      expect(found).toBe(121);
      names.push(...rows.map(({ name }) => name));
    }
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(121);
    const find = async (search: string) => {
      const { rows, found } = await listPeople(ctx, admin, { search, page: 0 });
      expect(found).toBe(rows.length);
      return rows.map(({ name }) => name);
    };
    expect(await find("WORKER 01")).toHaveLength(10);
    expect(await find("w77@")).toEqual(["Worker 077"]);
    expect(await find("nobody")).toEqual([]);
  });
});
