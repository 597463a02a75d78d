import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import { write } from "../db/write";
import { eq } from "drizzle-orm";
import type { Asked } from "../domain/asked";
import type { Letter } from "../domain/ranking";
import type { Ratings } from "../domain/ratings-schema";
import type { Actor, Services } from "./context";
import { labelingProgress, type LabelerTask, nextTask, ownRankingCount } from "./labeling";
import { renewLease, saveDraft, skipTask, submitRanking } from "./labeling-submit";
import { testCampaign, type TestCampaign, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

const minutes = (n: number) => n * 60_000;
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const strict = (task: LabelerTask, extra: { groups?: Letter[][]; comment?: string } = {}) => ({
  groups: task.completions.map(({ letter }) => [letter]),
  notRankable: [],
  noneAcceptable: false,
  seconds: 9,
  ...extra,
});
const draftOf = (version: number) => ({
  version,
  ranks: { A: 1, B: 1 },
  notRankable: ["C" as const],
  noneAcceptable: true,
  comment: "half done",
  seconds: 3,
});

forEachDialect((makeDb) => {
  let ctx: Services;
  let campaign: TestCampaign;
  let ada: Actor;
  let ben: Actor;
  let cleo: Actor;
  const addTask = (name: string) =>
    testTask(ctx, campaign, name, [`${name} 1`, `${name} 2`, `${name} 3`, `${name} 4`]);
  const rankings = () => ctx.db.read.select().from(schema.ranking);
  const submit = (actor: Actor, task: LabelerTask) =>
    submitRanking(ctx, actor, { assignmentId: task.assignmentId, ranking: strict(task) });
  const setCampaign = (values: Partial<typeof schema.campaign.$inferInsert>) =>
    write(ctx.db, (tx) => tx.update(schema.campaign).set(values));

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    ctx = await testServices(makeDb);
    campaign = await testCampaign(ctx, "sorting");
    [ada, ben, cleo] = [
      await testActor(ctx, "labeler", "Ada"),
      await testActor(ctx, "labeler", "Ben"),
      await testActor(ctx, "labeler", "Cleo"),
    ];
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("a labeler learns the words and letters of a task, and nothing else", async () => {
    const task = await addTask("sort: 3 1 2");
    const payload = (await nextTask(ctx, ada))!;
    expect(Object.keys(payload).sort()).toEqual(
      [
        "assignmentId",
        "campaign",
        "completions",
        "draft",
        "leaseExpiresAt",
        "prompt",
        "round",
      ].sort(),
    );
    for (const completion of payload.completions)
      expect(Object.keys(completion).sort()).toEqual(["letter", "text"]);
    const text = JSON.stringify(payload);
    const [model] = await ctx.db.read.select().from(schema.model);
    const hidden = [...task.completionIds, task.taskId, task.promptId, model.id, model.name];
    expect(hidden.filter((value) => text.includes(value))).toEqual([]);
  });

  test("letters lead to the completions in the order that was drawn and recorded", async () => {
    await addTask("p");
    const task = (await nextTask(ctx, ada))!;
    const groups: Letter[][] = [["C"], ["A", "D"]];
    await submitRanking(ctx, ada, {
      assignmentId: task.assignmentId,
      ranking: { ...strict(task, { groups, comment: " B is empty " }), notRankable: ["B"] },
    });
    const [row] = await rankings();
    const texts = await ctx.db.read.select().from(schema.completion);
    const textOf = (id: string) => texts.find((completion) => completion.id === id)!.text;
    const shown = (letter: Letter) =>
      task.completions.find((completion) => completion.letter === letter)!.text;
    expect(row.groups.map((group) => group.map(textOf))).toEqual([
      [shown("C")],
      [shown("A"), shown("D")],
    ]);
    expect(row.notRankable.map(textOf)).toEqual([shown("B")]);
    expect(row).toMatchObject({ labelerId: ada.id, seconds: 9, simulated: false });
  });

  test("a reload gives the same task in the same order, with its draft", async () => {
    await addTask("p");
    const first = (await nextTask(ctx, ada))!;
    const draft = draftOf(4);
    await saveDraft(ctx, ada, { assignmentId: first.assignmentId, draft });
    await saveDraft(ctx, ada, { assignmentId: first.assignmentId, draft: draftOf(2) });
    const { assignmentId } = first;
    const older = { ...draftOf(2), comment: "from another browser" };
    expect(await saveDraft(ctx, ada, { assignmentId, draft: older })).toMatchObject({ draft });
    expect(await renewLease(ctx, ada, { assignmentId, version: 3 })).toMatchObject({ draft });
    expect(await renewLease(ctx, ada, { assignmentId, version: 4 })).not.toHaveProperty("draft");
    const again = (await nextTask(ctx, ada))!;
    expect(again.assignmentId).toBe(first.assignmentId);
    expect(again.completions).toEqual(first.completions);
    expect(again.draft).toEqual(draft);
  });

  test("of two browsers at the same version the later is kept, and the other hears of it", async () => {
    await addTask("p");
    const { assignmentId } = (await nextTask(ctx, ada))!;
    const save = (by: string, version: number, comment: string) =>
      saveDraft(ctx, ada, { assignmentId, draft: { ...draftOf(version), by, comment } });
    expect(await save("laptop", 3, "one")).not.toHaveProperty("version");
    expect(await save("laptop", 3, "one")).not.toHaveProperty("version"); // its answer was lost
    expect(await save("phone", 3, "two")).toMatchObject({ version: 4 });
    const kept = { draft: { version: 4, by: "phone", comment: "two" } };
    expect(await renewLease(ctx, ada, { assignmentId, version: 3 })).toMatchObject(kept);
    expect(await save("laptop", 3, "three")).toMatchObject(kept);
  });

  test("the next task is fetched ahead of the one at hand", async () => {
    await addTask("p");
    await addTask("q");
    const first = (await nextTask(ctx, ada))!;
    const second = (await nextTask(ctx, ada, { besides: [first.assignmentId] }))!;
    expect(second.prompt).not.toBe(first.prompt);
    expect(await nextTask(ctx, ada, { besides: [first.assignmentId] })).toMatchObject({
      assignmentId: second.assignmentId,
    });
    expect(await nextTask(ctx, ben)).not.toBeNull();
  });

  test("at most `overlap` labelers hold or have ranked a task, however many ask at once", async () => {
    await addTask("p");
    const everybody = await Promise.all([ada, ben, cleo].map((actor) => nextTask(ctx, actor)));
    const lent = everybody.filter((task) => task !== null);
    expect(lent).toHaveLength(2);
    const winner = [ada, ben, cleo].findIndex((_, i) => everybody[i]);
    await submit([ada, ben, cleo][winner], everybody[winner]!);
    const loser = [ada, ben, cleo].findIndex((_, i) => !everybody[i]);
    expect(await nextTask(ctx, [ada, ben, cleo][loser])).toBeNull();
  });

  test("submitted twice is ranked once, with the first order", async () => {
    await addTask("p");
    const task = (await nextTask(ctx, ada))!;
    const outcomes = await Promise.all([submit(ada, task), submit(ada, task)]);
    expect(outcomes).toEqual([{ outcome: "accepted" }, { outcome: "accepted" }]);
    expect(await rankings()).toHaveLength(1);
    expect(await nextTask(ctx, ada)).toBeNull();
  });

  test("an incomplete ranking is refused with what is missing, and the task stays", async () => {
    await addTask("p");
    const task = (await nextTask(ctx, ada))!;
    const ranking = strict(task, { groups: [["A"], ["B"]] });
    await expect(
      submitRanking(ctx, ada, { assignmentId: task.assignmentId, ranking }),
    ).rejects.toThrow("leaves out C, D");
    expect(await nextTask(ctx, ada)).toMatchObject({ assignmentId: task.assignmentId });
  });

  test("a skip frees the place for others and does not come back", async () => {
    await addTask("p");
    const task = (await nextTask(ctx, ada))!;
    const { assignmentId } = task;
    await skipTask(ctx, ada, { assignmentId, reason: "unclear", note: "?" });
    // a skip that is sent again, by another tab too, changes nothing
    await skipTask(ctx, ada, { assignmentId, reason: "other", note: "" });
    expect(await nextTask(ctx, ada)).toBeNull();
    expect(await nextTask(ctx, ben)).not.toBeNull();
    expect(await nextTask(ctx, cleo)).not.toBeNull();
    await expect(submit(ada, task)).rejects.toThrow("skipped");
    const [row] = await ctx.db.read
      .select()
      .from(schema.assignment)
      .where(eq(schema.assignment.labelerId, ada.id));
    // why it was skipped is kept beside why it was served
    expect(row).toMatchObject({ skipReason: "unclear: ?", servedBecause: "uniform" });
  });

  test("nobody ranks their own prompt or their own demonstration", async () => {
    const own = await addTask("own prompt");
    const demonstrated = await addTask("own answer");
    await write(ctx.db, async (tx) => {
      await tx
        .update(schema.prompt)
        .set({ createdById: ada.id })
        .where(eq(schema.prompt.id, own.promptId));
      const [demonstration] = await tx
        .insert(schema.demonstration)
        .values({
          campaignId: campaign.campaignId,
          promptId: demonstrated.promptId,
          authorId: ada.id,
          text: "mine",
          status: "accepted",
        })
        .returning();
      await tx
        .update(schema.completion)
        .set({ demonstrationId: demonstration.id })
        .where(eq(schema.completion.id, demonstrated.completionIds[0]));
    });
    expect(await nextTask(ctx, ada)).toBeNull();
    expect(await nextTask(ctx, ben)).not.toBeNull();
  });

  test("a lease runs out unless it is renewed", async () => {
    await addTask("p");
    const task = (await nextTask(ctx, ada))!;
    await nextTask(ctx, ben);
    later(minutes(25));
    expect(await renewLease(ctx, ada, task)).toMatchObject({ held: true });
    later(minutes(20));
    expect(await nextTask(ctx, cleo)).not.toBeNull(); // Ben's place
    later(minutes(25));
    expect(await renewLease(ctx, ada, task)).toMatchObject({ held: true }); // expired, still free
  });

  test("a late submission counts while there is a place, and is kept when there is none", async () => {
    await addTask("p");
    const adas = (await nextTask(ctx, ada))!;
    const bens = (await nextTask(ctx, ben))!;
    later(minutes(31));
    const cleos = (await nextTask(ctx, cleo))!;
    expect(await submit(ada, adas)).toEqual({ outcome: "accepted" });
    expect(await renewLease(ctx, ben, bens)).toEqual({ held: false });
    expect(await submit(ben, bens)).toEqual({ outcome: "late" }); // the place is Cleo's
    expect(await submit(ben, bens)).toEqual({ outcome: "late" });
    expect(await submit(cleo, cleos)).toEqual({ outcome: "accepted" });
    expect(await rankings()).toHaveLength(2);
    const [row] = await ctx.db.read
      .select()
      .from(schema.assignment)
      .where(eq(schema.assignment.labelerId, ben.id));
    expect(row.draft).toEqual({ late: strict(bens) });
  });

  test("what is not lent to somebody is not theirs to draft, rank or skip", async () => {
    await addTask("p");
    const task = (await nextTask(ctx, ada))!;
    const { assignmentId } = task;
    await expect(submit(ben, task)).rejects.toThrow("not lent to you");
    await expect(saveDraft(ctx, ben, { assignmentId, draft: draftOf(1) })).rejects.toThrow(
      "not lent",
    );
    await expect(skipTask(ctx, ben, { assignmentId, reason: "other", note: "" })).rejects.toThrow(
      "not lent",
    );
    const researcher = await testActor(ctx, "researcher");
    await expect(nextTask(ctx, researcher)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a paused campaign lends nothing and takes what was lent; a closed one keeps it as late", async () => {
    await addTask("p");
    const adas = (await nextTask(ctx, ada))!;
    const bens = (await nextTask(ctx, ben))!;
    await setCampaign({ status: "paused" });
    expect(await nextTask(ctx, cleo)).toBeNull();
    expect(await submit(ada, adas)).toEqual({ outcome: "accepted" });
    await setCampaign({ status: "closed" });
    expect(await submit(ben, bens)).toEqual({ outcome: "late" });
  });

  test("what a campaign asks besides the order is kept by completion, and refused when it lacks", async () => {
    const asked: Asked = {
      quality: true,
      flags: ["hallucination"],
      questions: [{ id: "why", text: "Why?", about: "task", required: true, kind: "text" }],
    };
    await setCampaign({ config: { asked } });
    await addTask("p");
    const task = (await nextTask(ctx, ada))!;
    const { assignmentId } = task;
    expect(task.campaign.asked).toEqual(asked);
    const ranking = {
      ...strict(task, { groups: [["A"], ["B", "C"]] }),
      notRankable: ["D" as const],
    };
    await expect(submitRanking(ctx, ada, { assignmentId, ranking })).rejects.toThrow(
      "lacks the quality of A",
    );
    const ratings: Ratings = {
      each: {
        A: { quality: 7, seconds: 12.5 },
        B: { quality: 2, flags: ["hallucination"] },
        C: { quality: 2 },
        D: { reason: "broken" },
      },
      answers: { why: " A is right " },
    };
    await saveDraft(ctx, ada, { assignmentId, draft: { ...draftOf(1), ratings } });
    expect((await nextTask(ctx, ada))!.draft).toEqual({ ...draftOf(1), ratings });
    await submitRanking(ctx, ada, { assignmentId, ranking: { ...ranking, ratings } });
    const [row] = await rankings();
    const shown = row.groups.flat().concat(row.notRankable);
    expect(row.ratings).toEqual({
      each: Object.fromEntries(shown.map((id, i) => [id, Object.values(ratings.each)[i]])),
      answers: { why: "A is right" },
    });
    // a program that plays a labeler orders, and says no more
    const robot = await testActor(ctx, "labeler", "Robot", true);
    expect(await submit(robot, (await nextTask(ctx, robot))!)).toEqual({ outcome: "accepted" });
  });

  test("progress counts the round's rankings, one's own, and what is left for oneself", async () => {
    await addTask("p");
    await addTask("q");
    const adas = (await nextTask(ctx, ada))!;
    await submit(ada, adas);
    const bens = (await nextTask(ctx, ben))!;
    await saveDraft(ctx, ben, { assignmentId: bens.assignmentId, draft: draftOf(1) });
    const shown = { name: "sorting", round: 1, phase: "collecting", wanted: 4, done: 1 };
    expect(await labelingProgress(ctx, ada)).toMatchObject([{ ...shown, mine: 1, left: 1 }]);
    expect(await labelingProgress(ctx, ben)).toMatchObject([{ ...shown, mine: 0, left: 2 }]);
    await setCampaign({ status: "closed" });
    expect(await labelingProgress(ctx, ada)).toEqual([]);
    expect(await ownRankingCount(ctx, ada)).toBe(1);
  });

  test("simulated labelers leave rows that say so", async () => {
    await addTask("p");
    const robot = await testActor(ctx, "labeler", "Robot", true);
    await submit(robot, (await nextTask(ctx, robot))!);
    expect(await rankings()).toMatchObject([{ simulated: true }]);
  });
});
