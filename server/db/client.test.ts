import { count, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { UserId } from "../domain/ids";
import type { Db } from "./client";
import { campaign, metric, run, user } from "./schema";
import { forEachDialect } from "./testing";
import { write } from "./write";

forEachDialect((makeDb) => {
  let db: Db;
  beforeEach(async () => {
    db = await makeDb();
  });
  const ann = { name: "Ann", email: "ann@example.org", role: "labeler" } as const;

  test("a row comes back with the same JavaScript values that went in", async () => {
    const moment = new Date("2026-02-03T04:05:06.789Z");
    const [written] = await write(db, (tx) =>
      tx
        .insert(campaign)
        .values({
          name: "Sort",
          guidelines: "",
          status: "draft",
          completionsPerTask: 6,
          tasksPerRound: 20,
          overlap: 1,
          config: { sampling: { temperature: 0.5 }, includeSimulated: true },
          openedAt: moment,
        })
        .returning(),
    );
    const [read] = await db.read.select().from(campaign);
    expect(read).toStrictEqual(written);
    expect(read).toMatchObject({ openedAt: moment, round: 0, verifier: null });
    expect(read.config).toStrictEqual({ sampling: { temperature: 0.5 }, includeSimulated: true });
    expect(read.id).toMatch(/^[0-9a-z]{20}$/);
  });

  test("booleans, reals and big whole numbers keep their kind", async () => {
    await write(db, async (tx) => {
      await tx.insert(user).values({ ...ann, simulated: true });
      const [made] = await tx
        .insert(run)
        .values({ kind: "ppo", config: {}, seed: 2 ** 40, status: "queued", secondsLeft: 1.25 })
        .returning();
      await tx.insert(metric).values({ runId: made.id, step: 3, values: { "loss/policy": -0.5 } });
    });
    const [person] = await db.read.select({ simulated: user.simulated }).from(user);
    const [trained] = await db.read.select({ seed: run.seed, left: run.secondsLeft }).from(run);
    const [{ n }] = (await db.read.select({ n: count() }).from(metric)) as [{ n: number }];
    expect([person, trained, n]).toStrictEqual([
      { simulated: true },
      { seed: 2 ** 40, left: 1.25 },
      1,
    ]);
  });

  test("a write that throws leaves nothing behind", async () => {
    const failing = write(db, async (tx) => {
      await tx.insert(user).values(ann);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await db.read.$count(user)).toBe(0);
  });

  test("writes at once do not overwrite each other", async () => {
    await write(db, (tx) => tx.insert(user).values(ann));
    await Promise.all(
      Array.from({ length: 20 }, () =>
        write(db, async (tx) => {
          const [{ name }] = (await tx.select({ name: user.name }).from(user)) as [
            { name: string },
          ];
          await tx.update(user).set({ name: `${name}!` });
        }),
      ),
    );
    const [after] = await db.read.select({ name: user.name }).from(user);
    expect(after.name).toBe(`Ann${"!".repeat(20)}`);
  });

  test("a unique column refuses a second row, and onConflictDoNothing returns none", async () => {
    await write(db, (tx) => tx.insert(user).values(ann));
    await expect(write(db, (tx) => tx.insert(user).values(ann))).rejects.toThrow(
      /unique|failed query/i,
    );
    const none = await write(db, (tx) =>
      tx.insert(user).values(ann).onConflictDoNothing().returning(),
    );
    expect(none).toStrictEqual([]);
  });

  test("a reference to nothing is refused", async () => {
    const dangling = write(db, (tx) =>
      tx.insert(campaign).values({
        name: "x",
        guidelines: "",
        status: "draft",
        completionsPerTask: 4,
        tasksPerRound: 1,
        overlap: 1,
        config: {},
        createdById: "nobody" as UserId,
      }),
    );
    await expect(dangling).rejects.toThrow(/foreign key|failed query/i);
    expect(await db.read.$count(campaign)).toBe(0);
  });

  test("a write inside a write is refused instead of waiting for itself", async () => {
    const nested = write(db, () => write(db, async () => 1));
    await expect(nested).rejects.toThrow("pass its tx on");
    await write(db, (tx) => tx.insert(user).values(ann));
    const [found] = await db.read.select().from(user).where(eq(user.email, ann.email));
    expect(found.name).toBe("Ann");
  });
});
