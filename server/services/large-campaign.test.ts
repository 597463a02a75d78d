import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { recentRankings, roundTallies } from "../db/queries/campaign";
import { clusterCoverage } from "../db/queries/prompt-cluster";
import { promptCounts, promptFacets } from "../db/queries/prompt-counts";
import { promptsOf, type PromptFilter } from "../db/queries/prompt-list";
import { hasOrder } from "../db/queries/round";
import { campaignsToFreeze } from "../db/queries/snapshot";
import * as schema from "../db/schema";
import { promptArchive } from "../db/schema-prompts";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import type { PromptId } from "../domain/ids";
import { seededUniform } from "../domain/sorter/random";
import { listConsensus } from "./consensus";
import { listCompletions, listRankings } from "./campaigns-work";
import type { Actor, Services } from "./context";
import { demonstrationProgress } from "./demonstrations";
import { listPayments } from "./payment";
import { listClusters } from "./prompts-clusters";
import { type TestCampaign, testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

/**
 * What the admins' pages count from indexes, and a page at a time, is what there is: everything is counted again here,
 * plainly, from all rows of a world drawn at random.
 */
forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let people: Actor[];
  let campaigns: TestCampaign[];
  const uniform = seededUniform("large campaign");
  const drawn = <T>(from: readonly T[]): T => from[Math.floor(uniform() * from.length)];
  const hour = 3_600_000;

  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    people = [];
    for (const [name, simulated] of [["Ann"], ["Bea"], ["Bot", true]] as const)
      people.push(await testActor(ctx, "labeler", name, simulated));
    campaigns = [await testCampaign(ctx, "one"), await testCampaign(ctx, "two")];
    for (const [number, campaign] of campaigns.entries()) {
      for (let i = 0; i < 12; i++) {
        const task = await testTask(ctx, campaign, `p${number} ${i}`, ["a", "b", "c", "d"]);
        for (const labeler of people) {
          if (uniform() < 0.4) continue;
          const order = uniform() < 0.5 ? [[0], [1], [2], [3]] : [[3, 2], [1], [0]];
          await testRanking(ctx, task, labeler, order, {
            purpose: drawn(["ordinary", "ordinary", "gold", "calibration"] as const),
            createdAt: new Date(Date.now() - Math.floor(uniform() * 30) * hour),
          });
        }
      }
      await addUnasked(campaign, number);
    }
    await write(ctx.db, async (tx) => {
      for (const { id } of await tx.select().from(schema.prompt))
        if (uniform() < 0.2) await tx.insert(promptArchive).values({ promptId: id });
    });
  });

  async function addUnasked({ campaignId }: TestCampaign, number: number) {
    await write(ctx.db, (tx) =>
      tx.insert(schema.prompt).values(
        Array.from({ length: 15 }, (_, i) => ({
          campaignId,
          text: `free${number} ${i}`,
          split: drawn(["train", "heldout"] as const),
          source: drawn(["web", "a crowd"]),
          cluster: drawn(["sums", "words", null]),
          language: drawn(["en", "ko", null]),
          createdAt: new Date(Date.now() - Math.floor(uniform() * 5) * hour),
        })),
      ),
    );
  }
  /** All rows of one campaign. */
  async function everything({ campaignId }: TestCampaign) {
    const { read } = ctx.db;
    const tasks = (await read.select().from(schema.task)).filter(
      (row) => row.campaignId === campaignId,
    );
    const taskOf = new Map(tasks.map((row) => [row.id, row]));
    const rankings = (await read.select().from(schema.ranking)).filter((row) =>
      taskOf.has(row.taskId),
    );
    const archived = new Set((await read.select().from(promptArchive)).map((row) => row.promptId));
    const prompts = (await read.select().from(schema.prompt)).filter(
      (row) => row.campaignId === campaignId,
    );
    const asked = new Set(tasks.map((row) => row.promptId));
    const current = prompts.filter(({ id }) => !archived.has(id));
    return { tasks, taskOf, rankings, prompts, current, archived, asked };
  }
  const groupBy = <T, K>(rows: readonly T[], of: (row: T) => K): Map<K, T[]> => {
    const groups = new Map<K, T[]>();
    for (const row of rows) groups.set(of(row), [...(groups.get(of(row)) ?? []), row]);
    return groups;
  };
  type Row = Awaited<ReturnType<typeof everything>>["rankings"][number];
  const isOrdinary = (row: Row) => row.purpose === "ordinary";

  test("rounds, the pace, what a snapshot would hold", async () => {
    const now = new Date();
    const tallies = await roundTallies(
      ctx.db.read,
      campaigns.map((one) => one.campaignId),
    );
    const choices = await campaignsToFreeze(ctx.db.read);
    for (const campaign of campaigns) {
      const { tasks, rankings } = await everything(campaign);
      const placed = rankings.filter(isOrdinary);
      expect(tallies.find((row) => row.roundId === campaign.roundId)).toEqual({
        roundId: campaign.roundId,
        tasks: tasks.length,
        wanted: tasks.reduce((sum, row) => sum + row.overlap, 0),
        done: placed.length,
        simulated: placed.filter((row) => row.simulated).length,
      });
      const since = (hours: number) =>
        placed.filter(
          (row) => !row.simulated && row.createdAt.getTime() >= now.getTime() - hours * hour,
        ).length;
      expect(await recentRankings(ctx.db.read, campaign.roundId, now)).toEqual({
        lastHour: since(1),
        lastDay: since(24),
      });
      const teaching = rankings.filter((row) => row.purpose !== "gold");
      expect(choices.find((row) => row.id === campaign.campaignId)).toMatchObject({
        people: teaching.filter((row) => !row.simulated).length,
        simulated: teaching.filter((row) => row.simulated).length,
      });
    }
  });

  test("pages of rankings and of completions are the whole, once each, in order", async () => {
    for (const campaign of campaigns) {
      const { rankings, tasks } = await everything(campaign);
      const seen: { id: string; at: number }[] = [];
      for (let page = 0, more = true; more; page++) {
        const found = await listRankings(ctx, admin, { campaignId: campaign.campaignId, page });
        seen.push(...found.rows.map(({ id, createdAt }) => ({ id, at: createdAt.getTime() })));
        more = found.more;
      }
      expect(seen.map(({ id }) => id).toSorted()).toEqual(rankings.map(({ id }) => id).toSorted());
      expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).toSorted((a, b) => b - a));
      const { rows } = await listCompletions(ctx, admin, { roundId: campaign.roundId, page: 0 });
      expect(rows.map(({ id }) => id).toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
      const { shared } = await listConsensus(ctx, admin, {
        campaignId: campaign.campaignId,
        show: "all",
        page: 0,
      });
      const votes = groupBy(rankings, (row) => row.taskId);
      expect(shared).toBe([...votes.values()].filter((of) => of.length > 1).length);
    }
  });

  test("prompts are counted, told apart and found as plainly", async () => {
    for (const campaign of campaigns) {
      const { campaignId } = campaign;
      const { prompts, current, archived, asked } = await everything(campaign);
      const counts = await promptCounts(ctx.db.read, campaignId);
      expect(counts).toEqual({
        total: current.length,
        heldout: current.filter((row) => row.split === "heldout").length,
        unanswered: current.filter((row) => row.split === "train" && !asked.has(row.id)).length,
        archived: prompts.length - current.length,
      });
      const facets = await promptFacets(ctx.db.read, campaignId);
      const plainly = (of: "source" | "cluster" | "language") =>
        new Map([...groupBy(current, (row) => row[of])].map(([k, rows]) => [k, rows.length]));
      for (const [list, of] of [
        [facets.sources, "source"],
        [facets.clusters, "cluster"],
        [facets.languages, "language"],
      ] as const) {
        expect(new Map(list.map((row) => [row.value, row.n]))).toEqual(plainly(of));
        expect(list.map((row) => row.n)).toEqual(
          list.map((row) => row.n).toSorted((a, b) => b - a),
        );
      }
      const filters: [
        Omit<PromptFilter, "campaignId">,
        (row: (typeof prompts)[number]) => boolean,
      ][] = [
        [{}, (row) => !archived.has(row.id)],
        [{ split: "heldout" }, (row) => !archived.has(row.id) && row.split === "heldout"],
        [{ state: "archived" }, (row) => archived.has(row.id)],
        [{ state: "unused" }, (row) => !archived.has(row.id) && !asked.has(row.id)],
        [{ state: "used" }, (row) => !archived.has(row.id) && asked.has(row.id)],
        [{ search: "FREE" }, (row) => !archived.has(row.id) && row.text.startsWith("free")],
        [{ cluster: null }, (row) => !archived.has(row.id) && row.cluster === null],
        [{ language: "ko" }, (row) => !archived.has(row.id) && row.language === "ko"],
      ];
      for (const [filter, matches] of filters) {
        const wanted = prompts.filter(matches).map(({ id }) => id);
        const found: string[] = [];
        for (let offset = 0; ; offset += 4) {
          const at = { campaignId, ...filter, offset, limit: 4 };
          const { rows, total } = await promptsOf(ctx.db.read, at, counts, 5);
          expect(total).toBe(wanted.length);
          found.push(...rows.map(({ id }) => id));
          if (rows.length === 0) break;
        }
        expect(found.toSorted()).toEqual(wanted.toSorted());
      }
    }
  });

  test("clusters with what was asked and ranked of them", async () => {
    for (const campaign of campaigns) {
      await write(ctx.db, async (tx) => {
        for (const { id } of await tx.select().from(schema.prompt))
          if (uniform() < 0.5)
            await tx
              .update(schema.prompt)
              .set({ cluster: drawn(["sums", "words"]) })
              .where(eq(schema.prompt.id, id));
      });
      const { current, prompts, tasks, taskOf, rankings } = await everything(campaign);
      const clusterOf = new Map(prompts.map((row) => [row.id, row.cluster]));
      const rows = await listClusters(ctx, admin, campaign);
      for (const { name, prompts: size, asked, rankings: ranked } of rows) {
        expect(size).toBe(current.filter((row) => row.cluster === name).length);
        expect(asked).toBe(tasks.filter((row) => clusterOf.get(row.promptId) === name).length);
        expect(ranked).toBe(
          rankings.filter((row) => clusterOf.get(taskOf.get(row.taskId)!.promptId) === name).length,
        );
      }
      expect(rows.reduce((sum, row) => sum + row.prompts, 0)).toBe(current.length);
      const { campaignId } = campaign;
      const whole = await clusterCoverage(ctx.db.read, campaignId);
      expect(await clusterCoverage(ctx.db.read, campaignId, 5)).toEqual(whole);
    }
  });

  test("what people earned, and what is left for them to write", async () => {
    const all = await Promise.all(campaigns.map(everything));
    const period = { since: new Date(Date.now() - 20 * hour), until: new Date() };
    const inPeriod = all
      .flatMap(({ rankings }) => rankings)
      .filter((row) => !row.simulated && row.createdAt >= period.since);
    const payments = await listPayments(ctx, admin, period);
    expect(payments.reduce((sum, row) => sum + row.rankings, 0)).toBe(inPeriod.length);
    for (const labeler of people.filter((one) => !one.simulated))
      expect(
        payments
          .filter((row) => row.userId === labeler.id)
          .reduce((sum, row) => sum + row.seconds, 0),
      ).toBe(inPeriod.filter((row) => row.labelerId === labeler.id).length * 12);

    const [ann, bea] = people;
    const train = all[0].current.filter((row) => row.split === "train");
    const { campaignId } = campaigns[0];
    const says = (
      promptId: PromptId,
      authorId: typeof ann.id,
      status: "draft" | "submitted" | "rejected",
    ) =>
      write(ctx.db, (tx) =>
        tx
          .insert(schema.demonstration)
          .values({ campaignId, promptId, authorId, text: "x", status }),
      );
    await says(train[0].id, bea.id, "submitted");
    await says(train[1].id, bea.id, "rejected");
    await says(train[2].id, bea.id, "draft");
    await says(train[2].id, ann.id, "rejected");
    await says(train[3].id, ann.id, "rejected");
    const progress = await demonstrationProgress(ctx, ann);
    expect(progress.find((row) => row.campaignId === campaignId)?.left).toBe(train.length - 3);
  });

  test("an order anywhere is found, and none is not", async () => {
    const [campaign] = campaigns;
    const asked = { campaignId: campaign.campaignId, includeSimulated: false };
    expect(await hasOrder(ctx.db.read, asked)).toBe(true);
    await write(ctx.db, (tx) => tx.update(schema.ranking).set({ groups: [] }));
    expect(await hasOrder(ctx.db.read, asked)).toBe(false);
    const task = await testTask(ctx, campaign, "the last", ["a", "b", "c", "d"]);
    await testRanking(ctx, task, people[2], [[0], [1], [2], [3]]);
    expect(await hasOrder(ctx.db.read, asked)).toBe(false);
    expect(await hasOrder(ctx.db.read, { ...asked, includeSimulated: true })).toBe(true);
  });
});
