import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import type { ImportId } from "../domain/ids";
import { pieceLines } from "../domain/prompts/import";
import { type PromptFormat, promptReader } from "../domain/prompts/reader";
import type { Actor, Services } from "./context";
import { addPrompts, listPrompts } from "./prompts";
import { addPiece, beginImport, discardImport, finishImport } from "./prompts-import";
import { readImport, waitingImportOf } from "./prompts-import-view";
import { type TestCampaign, testCampaign } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

const sky = "Explain to a child of six why the sky is blue and the sunset is red.";
const nearSky = "Explain to a child of five why the sky is blue and the sunset is red.";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let campaign: TestCampaign;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    campaign = await testCampaign(ctx, "tiny");
  });
  /** Reads a file as the page does, piece by piece. */
  async function read(content: string, format: PromptFormat = "lines", size = pieceLines) {
    const where = { campaignId: campaign.campaignId, source: "questions.txt" };
    const { importId } = await beginImport(ctx, admin, where);
    const reader = promptReader(format);
    const lines = [...reader.push(content), ...reader.end()];
    let piece = 0;
    do {
      const some = lines.slice(piece * size, (piece + 1) * size);
      const last = (piece + 1) * size >= lines.length;
      await addPiece(ctx, admin, { importId, piece, lines: some, last });
      piece += 1;
    } while (piece * size < lines.length);
    return importId;
  }
  const show = (importId: ImportId, shown: Parameters<typeof readImport>[2]["shown"]) =>
    readImport(ctx, admin, { importId, shown, atLeast: 0.65, page: 0 });
  const stored = async () => {
    const { rows } = await listPrompts(ctx, admin, { campaignId: campaign.campaignId, page: 0 });
    return rows.map((row) => row.text).sort();
  };

  test("what is in a file is said before anything is written", async () => {
    await addPrompts(ctx, admin, {
      campaignId: campaign.campaignId,
      content: "There already",
      fileName: "",
    });
    const rows = [
      { prompt: sky },
      { prompt: "There already" },
      { prompt: nearSky },
      { prompt: sky },
      { prompt: "Write to ada@example.org or call 010-1234-5678." },
      { prompt: "안녕", language: "Korean!" },
    ];
    const importId = await read(
      rows.map((row) => JSON.stringify(row)).join("\n") + "\n{oops",
      "jsonl",
      2,
    );
    const { counts } = await show(importId, "fresh");
    expect(counts).toEqual({
      lines: 7,
      fresh: 3,
      repeat: 1,
      known: 1,
      bad: 2,
      near: [1, 0, 0],
      personal: 1,
      kinds: { email: 1, phone: 1 },
    });
    const bad = await show(importId, "bad");
    expect(bad.rows.map((row) => row.bad)).toEqual([
      { line: 6, field: "language", why: "language" },
      { line: 7, field: "", why: "json" },
    ]);
    const near = await show(importId, "near");
    expect(near.rows).toMatchObject([{ line: 3, text: nearSky, near: { text: sky, line: 1 } }]);
    expect((await show(importId, "repeat")).rows).toMatchObject([{ line: 4, near: { line: 1 } }]);
    expect((await show(importId, "known")).rows).toMatchObject([
      { line: 2, text: "There already" },
    ]);
    const [personal] = (await show(importId, "personal")).rows;
    expect(personal.personal.map(({ start, end }) => personal.text.slice(start, end))).toEqual([
      "ada@example.org",
      "010-1234-5678",
    ]);
    expect(await stored()).toEqual(["There already"]);
  });

  test("personal data is masked, near-duplicates are left out when asked, and the id stays", async () => {
    const importId = await read(`${sky}\n${nearSky}\nAsk kim@example.com\nCall 010-1234-5678`);
    const [{ id }] = (await show(importId, "fresh")).rows;
    const done = await finishImport(ctx, admin, {
      importId,
      leaveOutNear: 0.65,
      personal: { phone: "leave-out" },
      language: "en",
    });
    expect(done).toMatchObject({ added: 2, masked: 1, leftOut: 2 });
    const { rows } = await listPrompts(ctx, admin, { campaignId: campaign.campaignId, page: 0 });
    expect(rows.map((row) => row.text).sort()).toEqual(["Ask [EMAIL]", sky]);
    expect(rows.find((row) => row.text === sky)).toMatchObject({ id, source: "questions.txt" });
    await expect(show(importId, "fresh")).rejects.toMatchObject({ code: "not-found" });
  });

  test("what a file says of a prompt goes along", async () => {
    const row = { prompt: sky, language: "en", cluster: "air", label: 42, source: "a friend" };
    const importId = await read(JSON.stringify(row), "jsonl");
    await finishImport(ctx, admin, { importId, leaveOutNear: null, personal: {} });
    const { rows } = await listPrompts(ctx, admin, { campaignId: campaign.campaignId, page: 0 });
    expect(rows).toMatchObject([
      { text: sky, language: "en", cluster: "air", label: "42", source: "a friend" },
    ]);
  });

  test("kept as they are when an admin says so; masked alike, two become one", async () => {
    const asked = "Mail a@example.com\nMail b@example.com";
    const kept = { leaveOutNear: null, personal: { email: "keep" } } as const;
    expect(await finishImport(ctx, admin, { importId: await read(asked), ...kept })).toMatchObject({
      added: 2,
      masked: 0,
    });
    const again = "Write a@example.com\nWrite b@example.com";
    const masks = { leaveOutNear: null, personal: {} };
    expect(await finishImport(ctx, admin, { importId: await read(again), ...masks })).toMatchObject(
      {
        added: 1,
        leftOut: 1,
      },
    );
  });

  test("a near-duplicate is found among stored prompts too", async () => {
    await finishImport(ctx, admin, { importId: await read(sky), leaveOutNear: null, personal: {} });
    const near = await show(await read(nearSky), "near");
    expect(near.rows).toMatchObject([{ near: { text: sky, line: null } }]);
  });

  test("a piece sent twice counts once, and a missing one is said", async () => {
    const { importId } = await beginImport(ctx, admin, {
      campaignId: campaign.campaignId,
      source: "",
    });
    const piece = { importId, piece: 0, lines: [{ line: 1, text: "one" }], last: false };
    await addPiece(ctx, admin, piece);
    expect((await addPiece(ctx, admin, piece)).counts.lines).toBe(1);
    const later = { ...piece, piece: 2 };
    await expect(addPiece(ctx, admin, later)).rejects.toMatchObject({ code: "conflict" });
    const choices = { importId, leaveOutNear: null, personal: {} };
    await expect(finishImport(ctx, admin, choices)).rejects.toThrow(/not read to its end/);
    expect(await stored()).toEqual([]);
  });

  test("what was read waits for a decision, and can be thrown away", async () => {
    const importId = await read(sky);
    const where = { campaignId: campaign.campaignId };
    expect(await waitingImportOf(ctx, admin, where)).toMatchObject({
      importId,
      source: "questions.txt",
    });
    await discardImport(ctx, admin, { importId });
    expect(await waitingImportOf(ctx, admin, where)).toBeNull();
    expect(await stored()).toEqual([]);
    const near = await show(await read(nearSky), "near");
    expect(near.rows).toEqual([]); // nothing is left of what was thrown away
  });

  test("only an admin imports, and into a campaign that is there", async () => {
    const researcher = await testActor(ctx, "researcher");
    const input = { campaignId: campaign.campaignId, source: "" };
    await expect(beginImport(ctx, researcher, input)).rejects.toMatchObject({ code: "forbidden" });
    const gone = { campaignId: "gone" as TestCampaign["campaignId"], source: "" };
    await expect(beginImport(ctx, admin, gone)).rejects.toMatchObject({ code: "not-found" });
    const importId = await read("x");
    const choices = { importId, leaveOutNear: null, personal: {} };
    await expect(finishImport(ctx, researcher, choices)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("a long prompt of letters drawn at random is stored as it is", async () => {
    let seed = 7;
    const letter = () =>
      String.fromCharCode(0xac00 + ((seed = (seed * 48271) % 2147483647) % 11172));
    const text = Array.from({ length: 6000 }, letter).join("");
    const importId = await read(text);
    await finishImport(ctx, admin, { importId, leaveOutNear: null, personal: {} });
    expect(await stored()).toEqual([text]);
    expect((await show(await read(text), "known")).rows).toHaveLength(1);
  });
});
