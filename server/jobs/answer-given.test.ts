import { gunzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import * as schema from "../db/schema";
import { givenAnswer } from "../db/schema-given";
import { forEachDialect } from "../db/testing";
import type { CampaignId, ModelId } from "../domain/ids";
import { groupsOfPreference } from "../domain/preference-scale";
import { promptReader } from "../domain/prompts/reader";
import { createCampaign, zNewCampaign } from "../services/campaigns-change";
import { cloneCampaign } from "../services/campaigns-clone";
import { getComparisonResults } from "../services/comparisons";
import type { Actor, Services } from "../services/context";
import { exportSnapshot } from "../services/export";
import { nextTask } from "../services/labeling";
import { submitRanking } from "../services/labeling-submit";
import { listPrompts, removePrompts } from "../services/prompts";
import { addPiece, beginImport, finishImport } from "../services/prompts-import";
import { readImport } from "../services/prompts-import-view";
import { openCampaign } from "../services/rounds";
import { createSnapshot, getSnapshot } from "../services/snapshots";
import { testCampaign } from "../services/snapshots-testing";
import { testActor, testServices } from "../services/testing";
import { answerJob } from "./answer";
import { work } from "./work";

const rows = [
  { prompt: "Is it late?", chosen: "Yes, quite.", rejected: "No." },
  { prompt: "Who knows?", chosen: "Ask ada@example.org.", rejected: "Nobody." },
  { prompt: "What is left?", chosen: "Right.", rejected: "Wrong." },
];

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let policyModelId: ModelId;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    await testCampaign(ctx, "another");
    const [model] = await ctx.db.read.select().from(schema.model);
    policyModelId = model.id;
  });
  const create = async (content = "") =>
    (
      await createCampaign(
        ctx,
        admin,
        zNewCampaign.parse({
          name: "Pairs",
          policyModelId,
          comparing: { againstModelId: null, steps: 5 },
          prompts: { content, fileName: "pairs.jsonl" },
        }),
      )
    ).id;
  const jsonl = (lines: readonly object[]) => lines.map((row) => JSON.stringify(row)).join("\n");
  const answer = async () => {
    const stop = new AbortController().signal;
    await work(ctx, { definitions: [answerJob], stop, untilIdle: true, log: () => {} });
  };
  const given = () => ctx.db.read.select().from(givenAnswer);
  const textsOf = async (campaignId: CampaignId) => {
    const { rows: prompts } = await listPrompts(ctx, admin, { campaignId, page: 0 });
    const all = await given();
    return prompts.map(({ id, text, split }) => ({
      text,
      split,
      answers: all
        .filter((row) => row.promptId === id)
        .sort((a, b) => a.place - b.place)
        .map((row) => row.text),
    }));
  };

  test("a file's pairs are shown, masked, and kept with their prompts, none of them held out", async () => {
    const campaignId = await create();
    const { importId } = await beginImport(ctx, admin, { campaignId, source: "pairs.jsonl" });
    const reader = promptReader("jsonl");
    const content = jsonl([...rows, { prompt: "One only", chosen: "x" }, { prompt: "Alone" }]);
    const lines = [...reader.push(content), ...reader.end()];
    const { counts } = await addPiece(ctx, admin, { importId, piece: 0, lines, last: true });
    expect(counts).toMatchObject({ lines: 5, fresh: 4, bad: 1, pairs: 3, personal: 1 });
    expect(counts.kinds).toEqual({ email: 1 });
    const show = (shown: "personal" | "bad") =>
      readImport(ctx, admin, { importId, shown, atLeast: 0.65, page: 0 });
    expect((await show("personal")).rows).toMatchObject([
      { text: "Who knows?", personal: [], answers: [{ personal: [{ kind: "email" }] }, {}] },
    ]);
    expect((await show("bad")).rows).toMatchObject([{ bad: { why: "answers", line: 4 } }]);
    expect(await finishImport(ctx, admin, { importId, leaveOutNear: null, personal: {} })).toEqual({
      added: 4,
      heldout: expect.any(Number) as number,
      masked: 1,
      leftOut: 0,
    });
    const found = await textsOf(campaignId);
    const withAnswers = found.filter((row) => row.answers.length > 0);
    expect(withAnswers.every((row) => row.split === "train")).toBe(true);
    expect(withAnswers.map((row) => row.answers.join(" | ")).toSorted()).toEqual([
      "Ask [EMAIL]. | Nobody.",
      "Right. | Wrong.",
      "Yes, quite. | No.",
    ]);
  });

  test("they become tasks without a model, blinded, and the results speak of their origins", async () => {
    const campaignId = await create(jsonl([...rows, { prompt: "Alone" }]));
    await openCampaign(ctx, admin, { campaignId });
    await answer();
    const tasks = await ctx.db.read
      .select()
      .from(schema.task)
      .where(eq(schema.task.campaignId, campaignId));
    expect(tasks).toHaveLength(3);
    const labeler = await testActor(ctx, "labeler");
    for (let i = 0; i < 3; i++) {
      const task = await nextTask(ctx, labeler, { campaignId });
      expect(JSON.stringify(task)).not.toMatch(/origin|chosen|rejected/);
      expect(task!.campaign.comparing).toEqual({ steps: 5 });
      const chosenLeft = rows.some((row) => row.chosen === task!.completions[0].text);
      const preference = chosenLeft ? -2 : 2;
      await submitRanking(ctx, labeler, {
        assignmentId: task!.assignmentId,
        ranking: {
          groups: groupsOfPreference(preference),
          notRankable: [],
          noneAcceptable: false,
          seconds: 3,
          preference,
        },
      });
    }
    const results = await getComparisonResults(ctx, admin, { campaignId });
    expect(results).toMatchObject({ comparisons: 3 });
    expect(results!.pairs).toMatchObject([
      { first: { name: "chosen" }, second: { name: "rejected" }, wins: 3, losses: 0, strength: 2 },
    ]);

    const { id } = await createSnapshot(ctx, admin, { campaignId });
    const { stream } = await exportSnapshot(ctx, admin, { snapshotId: id });
    const parts: Buffer[] = [];
    for await (const chunk of stream) parts.push(Buffer.from(chunk as Uint8Array));
    expect(gunzipSync(Buffer.concat(parts)).toString("utf8")).toContain('"origin":"chosen"');
    const { card } = await getSnapshot(ctx, admin, { id });
    expect(card).toContain("Two came with each prompt from a file");
  });

  test("without any it is not opened; a copy has them, and a removed prompt takes its own along", async () => {
    const empty = await create(jsonl([{ prompt: "Alone" }]));
    await expect(openCampaign(ctx, admin, { campaignId: empty })).rejects.toThrow(
      "prompts with two answers each",
    );
    const campaignId = await create(jsonl(rows));
    const copy = await cloneCampaign(ctx, admin, { campaignId, name: "Copy", prompts: true });
    const texts = (of: Awaited<ReturnType<typeof textsOf>>) =>
      of.map(({ text, answers }) => [text, ...answers].join(" | ")).toSorted();
    expect(texts(await textsOf(copy.id))).toEqual(texts(await textsOf(campaignId)));
    const { rows: prompts } = await listPrompts(ctx, admin, { campaignId, page: 0 });
    const promptIds = prompts.map((row) => row.id);
    expect(await removePrompts(ctx, admin, { campaignId, promptIds })).toMatchObject({
      removed: 3,
    });
    expect(await given()).toHaveLength(6);
  });
});
