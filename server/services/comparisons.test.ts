import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import { comparison } from "../db/schema-comparison";
import { write } from "../db/write";
import { groupsOfPreference } from "../domain/preference-scale";
import type { ModelId } from "../domain/ids";
import { borderOf, snapshotRows } from "./snapshots-rows";
import { Tally } from "./snapshots-tally";
import { getComparisonResults } from "./comparisons";
import { createSnapshot, getSnapshot } from "./snapshots";
import type { Actor, Services } from "./context";
import { type LabelerTask, nextTask } from "./labeling";
import { saveDraft, submitRanking } from "./labeling-submit";
import { exportPerson } from "./person-data";
import { testCampaign, type TestCampaign, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let ctx: Services;
  let campaign: TestCampaign;
  let ada: Actor;
  let researcher: Actor;
  let [own, other] = ["", ""] as ModelId[];

  /** A pair of answers: "good …" by the campaign's policy, "bad …" by the model it stands against. */
  const addPair = async (name: string) => {
    const made = await testTask(ctx, campaign, name, [`good ${name}`, `bad ${name}`]);
    const [a, b] = made.completionIds;
    await write(ctx.db, async (tx) => {
      const by = (modelId: ModelId) => tx.update(schema.completion).set({ modelId });
      await by(own).where(eq(schema.completion.id, a));
      await by(other).where(eq(schema.completion.id, b));
    });
    return made;
  };
  const judged = (preference: number | null) => ({
    groups: preference === null ? [] : groupsOfPreference(preference),
    notRankable: preference === null ? (["A", "B"] as ("A" | "B")[]) : [],
    noneAcceptable: false,
    seconds: 9,
    ...(preference !== null && { preference }),
  });
  const send = (task: LabelerTask, preference: number | null, actor = ada) => {
    const { assignmentId } = task;
    return submitRanking(ctx, actor, { assignmentId, ranking: judged(preference) });
  };
  const given = async (actor = ada): Promise<LabelerTask> => {
    const task = await nextTask(ctx, actor);
    if (!task) throw new Error("Nothing was lent.");
    return task;
  };
  const results = async () => {
    const { campaignId } = campaign;
    return await getComparisonResults(ctx, researcher, { campaignId });
  };

  beforeEach(async () => {
    ctx = await testServices(makeDb);
    campaign = await testCampaign(ctx, "duel");
    ada = await testActor(ctx, "labeler", "Ada");
    researcher = await testActor(ctx, "researcher", "Rosa");
    await write(ctx.db, async (tx) => {
      const [policy] = await tx.select().from(schema.model);
      own = policy.id;
      const row = { ...policy, id: undefined, name: "the other one", path: "/models/other" };
      const [made] = await tx.insert(schema.model).values(row).returning();
      other = made.id;
      const comparing = { againstModelId: other, steps: 7 as const };
      await tx
        .update(schema.campaign)
        .set({ config: { comparing }, completionsPerTask: 2 })
        .where(eq(schema.campaign.id, campaign.campaignId));
    });
  });

  test("a labeler is given two blinded answers and the scale, and no more", async () => {
    await addPair("p");
    const task = await given();
    expect(task.campaign.comparing).toEqual({ steps: 7 });
    expect(task.completions.map(({ letter }) => letter)).toEqual(["A", "B"]);
    expect(task.completions.map(({ text }) => text).sort()).toEqual(["bad p", "good p"]);
    const told = JSON.stringify(task);
    for (const secret of [own, other, "the other one", "duel policy"])
      expect(told).not.toContain(secret);
  });

  test("a comparison is a ranking of two, with its sides and its strength; twice is once", async () => {
    const { completionIds } = await addPair("p");
    const task = await given();
    expect(await send(task, -2)).toEqual({ outcome: "accepted" });
    expect(await send(task, 3)).toEqual({ outcome: "accepted" });
    const rows = await ctx.db.read.select().from(comparison);
    expect(rows).toHaveLength(1);
    const left = completionIds[task.completions[0].text === "good p" ? 0 : 1];
    const right = completionIds.find((id) => id !== left);
    expect(rows[0]).toMatchObject({ leftId: left, rightId: right, steps: 7, preference: -2 });
    const [ranking] = await ctx.db.read.select().from(schema.ranking);
    expect(ranking).toMatchObject({ id: rows[0].rankingId, groups: [[left], [right]] });
  });

  test("what is no comparison is refused, and a preference where orders are asked", async () => {
    await addPair("p");
    const task = await given();
    const { assignmentId } = task;
    const submit = (ranking: ReturnType<typeof judged>) =>
      submitRanking(ctx, ada, { assignmentId, ranking });
    const { preference: _, ...orderAlone } = judged(-1);
    await expect(submit(orderAlone)).rejects.toThrow("lacks a preference");
    await expect(submit({ ...judged(-1), preference: 1 })).rejects.toThrow("different things");
    await write(ctx.db, (tx) => tx.update(schema.campaign).set({ config: {} }));
    await expect(submit(judged(-1))).rejects.toThrow("asks for an order");
    expect(await ctx.db.read.select().from(comparison)).toEqual([]);
  });

  test("the sides are drawn for each labeler", async () => {
    await addPair("p");
    await write(ctx.db, (tx) => tx.update(schema.task).set({ overlap: 60 }));
    const left = new Set<string>();
    for (let i = 0; i < 40 && left.size < 2; i++) {
      const task = await given(await testActor(ctx, "labeler", `L${i}`));
      left.add(task.completions[0].text);
    }
    expect(left).toEqual(new Set(["good p", "bad p"]));
  });

  test("a draft comes back with the point that was chosen", async () => {
    await addPair("p");
    const { assignmentId } = await given();
    const draft = {
      version: 3,
      ranks: { A: 2, B: 1 },
      notRankable: [],
      noneAcceptable: false,
      preference: 2,
      comment: "clearer",
      seconds: 4,
    };
    await saveDraft(ctx, ada, { assignmentId, draft });
    expect((await given()).draft).toEqual(draft);
  });

  test("win rate, ties, what was not judged, and the sides", async () => {
    const said = [3, 1, -1, 0, null];
    for (const index of said.keys()) await addPair(`p${index}`);
    let leftWins = 0;
    for (const towards of said) {
      const task = await given();
      // towards the good one, wherever it stands
      const goodOnLeft = task.completions[0].text.startsWith("good");
      const preference = towards === null ? null : goodOnLeft ? -towards : towards;
      if (preference !== null && preference < 0) leftWins++;
      await send(task, preference);
    }
    const found = await results();
    expect(found).toMatchObject({ comparisons: 5, tasks: 5, labelers: 1, reach: 3 });
    expect(found?.pairs).toHaveLength(1);
    expect(found?.pairs[0]).toMatchObject({
      first: { id: own, name: "duel policy" },
      second: { id: other, name: "the other one" },
      wins: 2,
      ties: 1,
      losses: 1,
      unjudged: 1,
      strength: 0.75,
    });
    expect(found?.pairs[0].rate.withoutTies).toBeCloseTo(2 / 3);
    expect(found?.sides).toMatchObject({ left: leftWins, right: 3 - leftWins });
    expect(found?.points.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  });

  test("programs are left out unless the campaign counts them, and say no more than the order", async () => {
    await addPair("p");
    const program = await testActor(ctx, "labeler", "Program", true);
    const task = await given(program);
    const { preference: _, ...orderAlone } = judged(2);
    const { assignmentId } = task;
    await submitRanking(ctx, program, { assignmentId, ranking: orderAlone });
    expect((await ctx.db.read.select().from(comparison))[0].preference).toBe(1);
    expect(await results()).toMatchObject({ comparisons: 0 });
  });

  test("a snapshot has them as rows of two with side and strength", async () => {
    await addPair("p");
    await send(await given(), 2);
    const { campaignId } = campaign;
    const wanted = { campaignId, includeSimulated: false, until: new Date(Date.now() + 1000) };
    const border = await borderOf(ctx.db.read, wanted);
    const rows: object[] = [];
    const all = snapshotRows(ctx.db.read, wanted, border, new Tally(), { identical: 0 });
    for await (const row of all) rows.push(row);
    const [{ leftId, rightId }] = await ctx.db.read.select().from(comparison);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      ranking: [[rightId], [leftId]],
      comparison: { left: leftId, right: rightId, preference: 2, steps: 7 },
    });
  });

  test("the snapshot's card names both models and explains the scale", async () => {
    await addPair("p");
    await send(await given(), 2);
    const { id } = await createSnapshot(ctx, researcher, campaign);
    const { card } = await getSnapshot(ctx, researcher, { id });
    expect(card).toContain(`round 1: duel policy (id \`${own}\``);
    expect(card).toMatch(
      new RegExp(
        `round 1: the other one \\(id \`${other}\`.*\\), which the policy is compared with`,
      ),
    );
    expect(card).toContain("from -3 (the left one is much better) over 0 (no difference) to 3");
    expect(card).toContain("pairwise");
  });

  test("one's own data have the preference and no ids", async () => {
    await addPair("p");
    await send(await given(), -3);
    const { text } = await exportPerson(ctx, ada, { userId: ada.id });
    const { rankings } = JSON.parse(text) as { rankings: object[] };
    expect(rankings).toMatchObject([{ preference: -3, groups: [[1], [2]] }]);
    expect(text).not.toContain(own);
  });
});
