import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import type { Actor, Services } from "../services/context";
import { addPrompts, listPrompts } from "../services/prompts";
import {
  listClusters,
  makeClusters,
  movePrompts,
  renameCluster,
} from "../services/prompts-clusters";
import { type TestCampaign, testCampaign, testTask } from "../services/snapshots-testing";
import { testActor, testServices } from "../services/testing";
import { clusterPromptsJob } from "./cluster-prompts";
import { work } from "./work";

const topics = ["bake bread with flour", "write a python function", "김치찌개 끓이는 방법"];
const texts = Array.from({ length: 30 }, (_, i) => `${topics[i % 3]} ${i}`);

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let campaign: TestCampaign;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    campaign = await testCampaign(ctx, "tiny");
    const content = texts.join("\n");
    await addPrompts(ctx, admin, { campaignId: campaign.campaignId, content, fileName: "" });
  });
  const here = () => ({ campaignId: campaign.campaignId });
  const list = () => listClusters(ctx, admin, here());
  async function make(all = false): Promise<void> {
    await makeClusters(ctx, admin, { ...here(), clusters: 3, all, seed: 1 });
    const stop = new AbortController();
    await work(ctx, { definitions: [clusterPromptsJob], stop: stop.signal, untilIdle: true });
  }

  test("prompts come into clusters of their topics, with words and what was asked of each", async () => {
    await testTask(ctx, campaign, "a baker's python", ["a", "b", "c", "d"]);
    await make();
    const clusters = await list();
    expect(clusters.map((row) => row.prompts).reduce((a, b) => a + b)).toBe(31);
    expect(clusters.map((row) => row.asked).filter((n) => n > 0)).toEqual([1]);
    const words = clusters.map((row) => row.words.join(" "));
    for (const word of ["bread", "python", "김치찌개"])
      expect(words.filter((one) => one.includes(word)).length).toBeGreaterThan(0);
    await make(true);
    expect(await list()).toEqual(clusters); // the same seed, the same clusters
  });

  test("a cluster is renamed, joined with another, and left alone by what sorts the rest", async () => {
    await make();
    const before = await list();
    const [first, second] = before;
    await renameCluster(ctx, admin, { ...here(), from: first.name!, to: "One" });
    expect((await list()).find((row) => row.name === "One")?.words).toEqual(first.words);
    await renameCluster(ctx, admin, { ...here(), from: second.name!, to: "One" });
    expect(await list()).toHaveLength(before.length - 1);
    await make();
    expect((await list()).find((row) => row.name === "One")?.prompts).toBe(
      first.prompts + second.prompts,
    );
  });

  test("prompts are moved by hand", async () => {
    const { rows } = await listPrompts(ctx, admin, { ...here(), page: 0 });
    const promptIds = rows.slice(0, 2).map((row) => row.id);
    expect(await movePrompts(ctx, admin, { ...here(), promptIds, cluster: "Mine" })).toEqual({
      moved: 2,
    });
    expect(await list()).toMatchObject([
      { name: null, prompts: 28 },
      { name: "Mine", prompts: 2, words: [] },
    ]);
    const researcher = await testActor(ctx, "researcher");
    const move = { ...here(), promptIds, cluster: null };
    await expect(movePrompts(ctx, researcher, move)).rejects.toMatchObject({ code: "forbidden" });
  });
});
