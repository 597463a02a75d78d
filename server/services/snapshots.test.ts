import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { and, eq } from "drizzle-orm";
import * as schema from "../db/schema";
import { forEachDialect, type MakeDb } from "../db/testing";
import { write } from "../db/write";
import type { Asked } from "../domain/asked";
import { zCampaignId, zSnapshotId } from "../domain/ids";
import { exportSnapshot } from "./export";
import {
  createSnapshot,
  findSnapshot,
  getSnapshot,
  listSnapshots,
  previewSnapshot,
  snapshotChoices,
} from "./snapshots";
import { snapshotRows } from "./snapshots-rows";
import { Tally } from "./snapshots-tally";
import { testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

const texts = ["1 2 3", "1 3 2", "3 2 1", "2 1"];

/** Six prompts, two people ranking each, one simulated labeler ranking two of them. */
async function world(makeDb: MakeDb) {
  const ctx = await testServices(makeDb);
  const researcher = await testActor(ctx, "researcher");
  const people = [await testActor(ctx, "labeler", "Ada"), await testActor(ctx, "labeler", "Bob")];
  const robot = await testActor(ctx, "labeler", "Robot", true);
  const campaign = await testCampaign(ctx, "Sorter — 정렬");
  const tasks = [];
  for (let i = 0; i < 6; i++) tasks.push(await testTask(ctx, campaign, `sort: ${i} 3 1`, texts));
  for (const task of tasks) {
    await testRanking(ctx, task, people[0], [[0], [1, 3], [2]]);
    await testRanking(ctx, task, people[1], [[0], [1], [2], [3]]);
  }
  for (const task of tasks.slice(0, 2)) await testRanking(ctx, task, robot, [[2], [1], [0], [3]]);
  return { ctx, researcher, people, robot, campaign, tasks };
}

async function exported(...args: Parameters<typeof exportSnapshot>) {
  const { stream, fileName } = await exportSnapshot(...args);
  const parts: Buffer[] = [];
  for await (const chunk of stream) parts.push(Buffer.from(chunk as Uint8Array | string));
  const bytes = Buffer.concat(parts);
  const text = (fileName.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const rows = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { fileName, rows };
}

forEachDialect((makeDb) => {
  test("a snapshot holds people's rankings, split by prompt, and says what it left out", async () => {
    const { ctx, researcher, campaign, tasks } = await world(makeDb);
    const snapshot = await createSnapshot(ctx, researcher, campaign);
    expect(snapshot.counts).toMatchObject({
      rankings: 12,
      prompts: 6,
      tasks: 6,
      completions: 24,
      comparisons: 6 * (5 + 6),
      ties: 6,
      labelers: 2,
      simulated: 0,
      leftOut: { simulated: 2, identical: 0 },
      agreement: { pairs: 30, share: (30 - 6) / 30 },
    });
    expect(snapshot.counts.heldout.prompts).toBeGreaterThan(0);
    expect(snapshot.counts.train.prompts + snapshot.counts.heldout.prompts).toBe(6);

    const { rows } = await exported(ctx, researcher, { snapshotId: snapshot.id });
    expect(rows).toHaveLength(12);
    const row = rows.find((one) => one.task_id === tasks[0].taskId)!;
    expect(row).toMatchObject({
      prompt: "sort: 0 3 1",
      not_rankable: [],
      simulated: false,
      round: 1,
      none_acceptable: false,
    });
    expect(row.completions).toEqual(
      tasks[0].completionIds.map((id, i) => ({
        id,
        text: texts[i],
        params: { temperature: 1, seed: i },
      })),
    );
    // A prompt is on one side only.
    const sides = new Map<unknown, Set<unknown>>();
    for (const { prompt_id, split } of rows)
      sides.set(prompt_id, (sides.get(prompt_id) ?? new Set()).add(split));
    for (const side of sides.values()) expect(side.size).toBe(1);
    expect(JSON.stringify(rows)).not.toContain("Ada");
  });

  test("what was said besides the order is in its row, and the card says what it answers", async () => {
    const { ctx, researcher, campaign, people, tasks } = await world(makeDb);
    const asked: Asked = {
      quality: true,
      flags: [],
      questions: [{ id: "why", text: "Why?", about: "task", required: false, kind: "text" }],
    };
    await write(ctx.db, async (tx) => {
      await tx.update(schema.campaign).set({ config: { asked } });
      const [first, second] = tasks[0].completionIds;
      const each = { [first]: { quality: 6, seconds: 4 }, [second]: { reason: "broken" as const } };
      await tx
        .update(schema.ranking)
        .set({ ratings: { each, answers: { why: "so" } } })
        .where(
          and(
            eq(schema.ranking.taskId, tasks[0].taskId),
            eq(schema.ranking.labelerId, people[0].id),
          ),
        );
    });
    const { id } = await createSnapshot(ctx, researcher, campaign);
    const { rows } = await exported(ctx, researcher, { snapshotId: id });
    const [first, second] = tasks[0].completionIds;
    expect(rows.filter((row) => "ratings" in row || "answers" in row)).toMatchObject([
      {
        task_id: tasks[0].taskId,
        labeler: people[0].id,
        ratings: { [first]: { quality: 6, seconds: 4 }, [second]: { cannot_judge: "broken" } },
        answers: { why: "so" },
      },
    ]);
    const { card } = await getSnapshot(ctx, researcher, { id });
    expect(card).toContain("- `ratings.ID.quality`: overall quality, 1 (worst) to 7 (best)");
    expect(card).toContain('- `answers.why`: "Why?", in words (optional)');
  });

  test("simulated rankings come in only on request, marked, and leave again on export", async () => {
    const { ctx, researcher, campaign, robot } = await world(makeDb);
    const snapshot = await createSnapshot(ctx, researcher, { ...campaign, includeSimulated: true });
    expect(snapshot.counts).toMatchObject({
      rankings: 14,
      simulated: 2,
      leftOut: { simulated: 0 },
    });

    const people = await exported(ctx, researcher, { snapshotId: snapshot.id, gzip: false });
    expect(people.rows).toHaveLength(12);
    const all = await exported(ctx, researcher, {
      snapshotId: snapshot.id,
      includeSimulated: true,
    });
    expect(all.rows).toHaveLength(14);
    for (const row of all.rows) expect(row.simulated).toBe(row.labeler === robot.id);
  });

  test("pairs carry their ranking, and follow its order without its ties", async () => {
    const { ctx, researcher, campaign, people } = await world(makeDb);
    const { id, counts } = await createSnapshot(ctx, researcher, campaign);
    const { rows, fileName } = await exported(ctx, researcher, { snapshotId: id, format: "pairs" });
    expect(fileName).toMatch(/^sorter-[0-9a-f]{8}-pairs\.jsonl\.gz$/);
    expect(rows).toHaveLength(counts.comparisons);
    const ofAda = rows.filter((row) => row.labeler === people[0].id);
    const one = ofAda.filter((row) => row.ranking_id === ofAda[0].ranking_id);
    expect(one.map((row) => [row.chosen, row.rejected])).toEqual([
      ["1 2 3", "1 3 2"],
      ["1 2 3", "2 1"],
      ["1 2 3", "3 2 1"],
      ["1 3 2", "3 2 1"],
      ["2 1", "3 2 1"],
    ]);
    const held = await exported(ctx, researcher, {
      snapshotId: id,
      format: "pairs",
      split: "heldout",
    });
    expect(held.rows).toHaveLength(counts.heldout.comparisons);
    expect(held.rows.every((row) => row.split === "heldout")).toBe(true);
  });

  test("the same rankings are the same snapshot; a new one is another; the old file stays as it was", async () => {
    const { ctx, researcher, campaign, tasks } = await world(makeDb);
    const first = await createSnapshot(ctx, researcher, campaign);
    expect(await createSnapshot(ctx, researcher, campaign)).toEqual(first);
    const file = (await findSnapshot(ctx, first.id)).path;
    const bytes = await readFile(file);

    const cid = await testActor(ctx, "labeler", "Cid");
    await testRanking(ctx, tasks[3], cid, [[3], [2], [1], [0]]);
    const second = await createSnapshot(ctx, researcher, campaign);
    expect(second.hash).not.toBe(first.hash);
    expect(second.counts.rankings).toBe(13);
    expect(await readFile(file)).toEqual(bytes);
    expect((await listSnapshots(ctx, researcher)).map((row) => row.id).sort()).toEqual(
      [first.id, second.id].sort(),
    );
    expect((await readdir(ctx.folders.snapshots)).filter((name) => name.endsWith(".tmp"))).toEqual(
      [],
    );
  });

  test("a round's training gets a snapshot of its own, without a person", async () => {
    const { ctx, researcher, campaign } = await world(makeDb);
    const input = { campaignId: campaign.campaignId };
    const byHand = await createSnapshot(ctx, researcher, input);
    const byRound = await createSnapshot(ctx, null, campaign);
    expect(byRound).toMatchObject({ hash: byHand.hash, createdById: null });
    expect(byRound.id).not.toBe(byHand.id);
    const listed = await listSnapshots(ctx, researcher, input);
    expect(listed.find((row) => row.id === byRound.id)).toMatchObject({
      round: 1,
      createdBy: null,
    });
  });

  test("the card says it in words and the preview shows the rows", async () => {
    const { ctx, researcher, campaign } = await world(makeDb);
    const { id, hash } = await createSnapshot(ctx, researcher, campaign);
    const { card } = await getSnapshot(ctx, researcher, { id });
    expect(card).toContain("12 rankings of 24 completions to 6 prompts, by 2 labelers");
    expect(card).toContain("2 rankings by simulated labelers (programs) were left out.");
    expect(card).toContain("Of 30 pairs that two labelers of one task both put in order, 80.0 %");
    expect(card).toContain(hash);
    expect(card).toContain("> Rank the better sorted list first.");
    const rows = await previewSnapshot(ctx, researcher, { id, rows: 3 });
    expect(rows).toHaveLength(3);
    expect(rows[0].completions).toHaveLength(4);
  });

  test("identical answers and 'none is acceptable' stay readable", async () => {
    const { ctx, researcher, campaign, people } = await world(makeDb);
    const same = await testTask(ctx, campaign, "sort: 9 9 9", ["9", "9 ", "9", " 9"]);
    await testRanking(ctx, same, people[0], [[0, 1, 2, 3]]);
    const bad = await testTask(ctx, campaign, "sort: 8 9 7", texts);
    await testRanking(ctx, bad, people[0], [], { noneAcceptable: true, comment: "all wrong 😀" });
    const { id, counts } = await createSnapshot(ctx, researcher, campaign);
    expect(counts).toMatchObject({ rankings: 13, noneAcceptable: 1, leftOut: { identical: 1 } });
    const { rows } = await exported(ctx, researcher, { snapshotId: id });
    const row = rows.find((one) => one.prompt === "sort: 8 9 7")!;
    expect(row).toMatchObject({ ranking: [], not_rankable: bad.completionIds });
    expect(row.comment).toBe("all wrong 😀");
  });

  test("what cannot be done is said", async () => {
    const { ctx, researcher, people, campaign } = await world(makeDb);
    await expect(createSnapshot(ctx, people[0], campaign)).rejects.toMatchObject({
      code: "forbidden",
    });
    const none = zCampaignId.parse("none");
    await expect(createSnapshot(ctx, researcher, { campaignId: none })).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(
      exportSnapshot(ctx, researcher, { snapshotId: zSnapshotId.parse("none") }),
    ).rejects.toMatchObject({ code: "not-found" });
    await expect(
      exportSnapshot(ctx, people[0], { snapshotId: zSnapshotId.parse("none") }),
    ).rejects.toMatchObject({ code: "forbidden" });

    const empty = await testCampaign(ctx, "empty");
    await expect(createSnapshot(ctx, researcher, empty)).rejects.toThrow("no ranking yet");
    const robot = await testActor(ctx, "labeler", "R2", true);
    await testRanking(ctx, await testTask(ctx, empty, "sort: 1", texts), robot, [[0], [1]]);
    await expect(createSnapshot(ctx, researcher, empty)).rejects.toThrow(
      "no ranking by a person yet (1 by simulated",
    );
    expect(await snapshotChoices(ctx, researcher)).toContainEqual({
      id: empty.campaignId,
      name: "empty",
      people: 0,
      simulated: 1,
    });
  });

  test("rows come out the same however many prompts are fetched together", async () => {
    const { ctx, campaign } = await world(makeDb);
    const wanted = { ...campaign, includeSimulated: true, until: new Date() };
    const rowsBy = async (size: number) => {
      const tally = new Tally();
      const rows: object[] = [];
      const all = snapshotRows(ctx.db.read, wanted, 0.1, tally, { identical: 0 }, size);
      for await (const row of all) rows.push(row);
      return { rows, counts: tally.counts({ simulated: 0, identical: 0 }) };
    };
    const whole = await rowsBy(100);
    expect(whole.rows).toHaveLength(14);
    for (const size of [1, 2, 3, 6]) expect(await rowsBy(size)).toEqual(whole);
  });

  test("a file that is gone or broken is named when it is read", async () => {
    const { ctx, researcher, campaign } = await world(makeDb);
    const { id } = await createSnapshot(ctx, researcher, campaign);
    const { path } = await findSnapshot(ctx, id);
    await writeFile(path, "not gzip");
    await expect(exported(ctx, researcher, { snapshotId: id })).rejects.toThrow(
      "is damaged; put it back",
    );
    await rm(path);
    await expect(previewSnapshot(ctx, researcher, { id })).rejects.toThrow("is gone; put it back");
  });
});
