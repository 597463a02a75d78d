import { readFileSync } from "node:fs";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Sql } from "../db/client";
import { dialect } from "../db/dialect";
import { migrationsFolder } from "../db/migrate";
import * as schema from "../db/schema";
import { gold } from "../db/schema-quality";
import { tally } from "../db/schema-tally";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import { labelingProgress, nextTask } from "./labeling";
import { submitRanking } from "./labeling-submit";
import { testCampaign, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

/** Either of what drizzle calls it. */
interface Raw {
  run?: (query: unknown) => unknown;
  execute?: (query: unknown) => unknown;
}

forEachDialect((makeDb) => {
  test("work is counted as it is lent and taken, and a database from before has the same counted", async () => {
    const ctx = await testServices(makeDb);
    const campaign = await testCampaign(ctx, "counted");
    const kinds = ["plain", "plain", "plain", "plain", "pool", "pool", "gold", "gold"];
    for (const [i, kind] of kinds.entries()) {
      const texts = ["1", "2", "3", "4"].map((n) => `${kind} ${i} ${n}`);
      const { taskId, completionIds } = await testTask(ctx, campaign, `${kind} ${i}`, texts);
      await write(ctx.db, async (tx) => {
        const values = {
          plain: { overlap: 2 },
          pool: { overlap: 1, calibration: true },
          gold: { overlap: 0, open: false },
        }[kind];
        await tx.update(schema.task).set(values!).where(eq(schema.task.id, taskId));
        const expected = completionIds.map((id) => [id]);
        const { campaignId } = campaign;
        if (kind === "gold") await tx.insert(gold).values({ taskId, campaignId, expected });
      });
    }
    const distribution = { goldRate: 0.2, calibrationShare: 0.3 };
    await write(ctx.db, (tx) => tx.update(schema.campaign).set({ config: { distribution } }));
    for (const name of ["Ann", "Bea", "Cem"]) {
      const labeler = await testActor(ctx, "labeler", name);
      let mine = 0;
      for (let at = 0; at < 20; at++) {
        const task = await nextTask(ctx, labeler);
        if (!task) break;
        const groups = task.completions.map(({ letter }) => [letter]);
        const ranking = { groups, notRankable: [], noneAcceptable: false, seconds: 1 };
        if (at === 1) continue; // is lent it again, and ranks it then
        await submitRanking(ctx, labeler, { assignmentId: task.assignmentId, ranking });
        mine++;
        expect((await labelingProgress(ctx, labeler))[0]).toMatchObject({ mine });
      }
      expect(mine).toBeGreaterThan(1);
    }
    const counted = () => ctx.db.read.select().from(tally).orderBy(tally.labelerId);
    const asItWent = await counted();
    expect(asItWent).toHaveLength(3);
    for (const counts of ["gold", "calibration", "beyond"] as const)
      expect(asItWent.some((row) => row[counts] > 0)).toBe(true);

    const file = path.join(migrationsFolder(dialect), "0015_tally.sql");
    const fill = readFileSync(file, "utf8").split("--> statement-breakpoint").at(-1)!;
    await write(ctx.db, async (tx: Sql) => {
      await tx.delete(tally);
      const raw = tx as Raw;
      await (raw.run ?? raw.execute)!.call(tx, sql.raw(fill));
    });
    expect(await counted()).toEqual(asItWent);
  });
});
