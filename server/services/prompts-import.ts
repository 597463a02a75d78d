import { z } from "zod";
import type { Sql } from "../db/client";
import { findCampaign } from "../db/queries/campaign";
import { insertGiven } from "../db/queries/given";
import { insertPrompts, knownTexts } from "../db/queries/prompt";
import {
  anyDrafts,
  deleteDrafts,
  deleteImport,
  draftsByHash,
  findImport,
  freshDrafts,
  type ImportRow,
  insertDrafts,
  insertImport,
  oldImports,
  updateImport,
} from "../db/queries/prompt-import";
import { deleteSketches, insertSketches, textsOf } from "../db/queries/prompt-near";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { heldoutShare } from "../domain/campaign";
import { type ImportId, newId, type PromptId, zCampaignId, zImportId } from "../domain/ids";
import { promptSplit } from "../domain/prompt-file";
import {
  choiceFor,
  countMore,
  type ImportChoices,
  noCounts,
  type PersonalChoice,
  pieceLines,
  zImportChoices,
  zReadLine,
} from "../domain/prompts/import";
import type { GivenAnswer, GivenPair } from "../domain/prompts/given-answers";
import type { PersonalData } from "../domain/prompts/personal-kinds";
import { masked, personalDataIn } from "../domain/prompts/personal-data";
import { isBad, type PromptLine, type ReadLine } from "../domain/prompts/row";
import { hashOf, mix } from "../domain/prompts/shingles";
import { recordChange } from "./audit";
import { type Actor, requireRole, type Services } from "./context";
import { likenessOf } from "./prompts-likeness";

/** Personal data of the two answers that come with a prompt. */
const inAnswers = ({ answers }: Pick<PromptLine, "answers">) =>
  (answers ?? []).flatMap(({ text }) => personalDataIn(text));

const day = 24 * 60 * 60 * 1000;

export const zBeginImport = z.object({
  campaignId: zCampaignId,
  source: z.string().trim().max(200).default(""),
});

/** Begins to read a file into a campaign: nothing becomes a prompt before `finishImport`. */
export async function beginImport(
  ctx: Services,
  actor: Actor,
  { campaignId, source }: z.output<typeof zBeginImport>,
): Promise<{ importId: ImportId }> {
  requireRole(actor, "admin", campaignId);
  for (const old of await oldImports(ctx.db.read, campaignId, new Date(Date.now() - day)))
    await sweep(ctx, old.id);
  return await write(ctx.db, async (tx) => {
    if (!(await findCampaign(tx, campaignId)))
      throw new AppError("not-found", "There is no such campaign: choose another.");
    const row = await insertImport(tx, {
      campaignId,
      source: source || "pasted",
      status: "reading",
      counts: noCounts,
      createdById: actor.id,
    });
    return { importId: row.id };
  });
}

export const zImportPiece = z.object({
  importId: zImportId,
  /** The first is 0. */
  piece: z.int().min(0),
  lines: z.array(zReadLine).max(pieceLines),
  /** Nothing comes after it. */
  last: z.boolean().default(false),
});

/** More bad lines than this are counted and not kept: it is another kind of file. */
const badKept = 1000;

/** Takes in one piece of the file and looks what is in it. The same piece again changes nothing. */
export async function addPiece(
  { db }: Services,
  actor: Actor,
  { importId, piece, lines, last }: z.output<typeof zImportPiece>,
): Promise<Pick<ImportRow, "counts" | "status">> {
  const found = await requireImport(db.read, actor, importId);
  const drafts = await draftsFrom(db.read, found, lines);
  return await write(db, async (tx) => {
    const now = await requireImport(tx, actor, importId);
    if (now.status !== "reading" || piece < now.pieces) return now;
    if (piece > now.pieces)
      throw new AppError("conflict", "A part of the file is missing: choose the file again.");
    const counts = countMore(
      now.counts,
      drafts.rows.map(({ state, resemblance, personal, ...line }) => {
        const { answers } = "answers" in line ? line : {};
        const found = personal && [...personal, ...inAnswers({ answers })];
        return { state, resemblance, personal: found, ...(answers && { answers }) };
      }),
    );
    const room = Math.max(0, badKept - now.counts.bad);
    const bad = drafts.rows.filter((row) => row.state === "bad").slice(0, room);
    await insertDrafts(tx, [...drafts.rows.filter((row) => row.state !== "bad"), ...bad]);
    await insertSketches(tx, found.campaignId, drafts.sketches);
    const status = last ? ("read" as const) : now.status;
    await updateImport(tx, importId, { counts, status, pieces: piece + 1 });
    return { counts, status };
  });
}

async function requireImport(db: Pick<Sql, "select">, actor: Actor, id: ImportId) {
  const row = await findImport(db as Sql, id);
  if (!row) throw new AppError("not-found", "This import is gone: choose the file again.");
  requireRole(actor, "admin", row.campaignId);
  return row;
}

/** 53 bits that two different texts hardly share. */
const textHashOf = (text: string) =>
  (mix(hashOf(text) ^ text.length) >>> 11) * 2 ** 32 + hashOf(text);

/** What is kept of each line, and of the likeness of those that are new. */
async function draftsFrom(
  db: Services["db"]["read"],
  { id: importId, campaignId }: ImportRow,
  lines: readonly ReadLine[],
) {
  const good = lines.filter((line): line is PromptLine => !isBad(line));
  const known = new Set(
    await knownTexts(
      db,
      campaignId,
      good.map(({ text }) => text),
    ),
  );
  const before = await draftsByHash(
    db,
    importId,
    good.map(({ text }) => textHashOf(text)),
  );
  const said = new Map(before.map((row) => [row.text, row.id]));
  const base = { importId, textHash: 0, text: "", nearId: null, resemblance: null, personal: null };
  const rows = lines.map((line) => {
    const id = newId<PromptId>();
    if (isBad(line)) return { ...base, id, line: line.line, state: "bad" as const, bad: line };
    const { text } = line;
    const first = said.get(text);
    if (first === undefined) said.set(text, id);
    const state = known.has(text)
      ? ("known" as const)
      : first === undefined
        ? ("fresh" as const)
        : ("repeat" as const);
    const found = state === "fresh" ? personalDataIn(text) : [];
    const isPersonal = found.length > 0 || inAnswers(line).length > 0;
    return {
      ...base,
      ...line,
      id,
      state,
      textHash: textHashOf(text),
      // in the prompt; empty where its answers alone have some
      personal: state === "fresh" && isPersonal ? found : null,
      nearId: state === "repeat" ? (first ?? null) : null,
    };
  });
  const fresh = rows.filter((row) => row.state === "fresh");
  const likeness = await likenessOf(db, campaignId, fresh, importId);
  const nearest = new Map(likeness.map(({ sketch, nearest }) => [sketch.promptId, nearest]));
  return {
    rows: rows.map((row) => {
      const near = nearest.get(row.id);
      return near ? Object.assign(row, { nearId: near.id, resemblance: near.resemblance }) : row;
    }),
    sketches: likeness.map(({ sketch }) => sketch),
  };
}

export const zImportRef = z.object({ importId: zImportId });
export const zFinishImport = zImportChoices.extend(zImportRef.shape);

/** What became of an import. */
export interface Imported {
  added: number;
  heldout: number;
  masked: number;
  leftOut: number;
}

const batch = 500;
/** Lets others be served between two steps of a long write. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Makes prompts of what was read, by the choices: all of them in one transaction, or none. */
export async function finishImport(
  ctx: Services,
  actor: Actor,
  { importId, ...choices }: z.output<typeof zFinishImport>,
): Promise<Imported> {
  const imported = await write(ctx.db, async (tx) => {
    const found = await requireImport(tx, actor, importId);
    if (found.status !== "read")
      throw new AppError(
        "conflict",
        found.status === "done"
          ? "These prompts were added already."
          : "The file is not read to its end: choose it again.",
      );
    const result: Imported = { added: 0, heldout: 0, masked: 0, leftOut: 0 };
    for (let line = 0; ;) {
      const drafts = await freshDrafts(tx, importId, line, batch);
      if (drafts.length === 0) break;
      line = drafts.at(-1)!.line;
      await addDrafts(tx, { found, choices, actor, drafts, result });
      await breathe();
    }
    await updateImport(tx, importId, { status: "done" });
    if (result.added > 0)
      await recordChange(tx, actor, {
        action: "prompt.add",
        target: { id: found.campaignId, name: found.source },
        campaignId: found.campaignId,
        after: { prompts: result.added, source: found.source, masked: result.masked },
      });
    return result;
  });
  await sweep(ctx, importId);
  return imported;
}

interface Adding {
  found: ImportRow;
  choices: ImportChoices;
  actor: Actor;
  drafts: Awaited<ReturnType<typeof freshDrafts>>;
  result: Imported;
}

async function addDrafts(tx: Sql, { found, choices, actor, drafts, result }: Adding) {
  const { leaveOutNear, language } = choices;
  const kept = drafts.flatMap((draft) => {
    if (leaveOutNear !== null && (draft.resemblance ?? 0) >= leaveOutNear) return [];
    const isFor = (wanted: PersonalChoice, found: readonly PersonalData[]) =>
      found.filter((one) => choiceFor(choices, one.kind) === wanted);
    const answers = draft.answers ?? undefined;
    const personal = draft.personal ?? [];
    if (isFor("leave-out", [...personal, ...inAnswers({ answers })]).length > 0) return [];
    const maskedAnswer = ({ text, origin }: GivenAnswer): GivenAnswer => ({
      text: masked(text, isFor("mask", personalDataIn(text))),
      origin,
    });
    const given: GivenPair | null = answers
      ? [maskedAnswer(answers[0]), maskedAnswer(answers[1])]
      : null;
    return [{ draft, text: masked(draft.text, isFor("mask", personal)), given }];
  });
  const rows = kept.map(({ draft, text, given }) => ({
    id: draft.id,
    campaignId: found.campaignId,
    text,
    language: draft.language ?? language ?? null,
    cluster: draft.cluster,
    label: draft.label,
    priority: draft.priority,
    // what came with answers is there for them to be compared
    split: given ? ("train" as const) : promptSplit(text, heldoutShare),
    source: draft.source ?? found.source,
    createdById: actor.id,
  }));
  // masked alike, two may have become one
  const added = new Set(await insertPrompts(tx, rows));
  const there = rows.filter((row) => added.delete(row.text));
  const isThere = new Set(there.map(({ id }) => id));
  await insertGiven(
    tx,
    kept.flatMap(({ draft: { id }, given }) =>
      given && isThere.has(id) ? [{ promptId: id, answers: given }] : [],
    ),
  );
  result.added += there.length;
  result.heldout += there.filter((row) => row.split === "heldout").length;
  result.masked += kept.filter(
    ({ draft, text, given }) =>
      draft.text !== text || given?.some((one, i) => one.text !== draft.answers?.[i].text),
  ).length;
  result.leftOut += drafts.length - there.length;
}

/** Throws away what was read. */
export async function discardImport(
  ctx: Services,
  actor: Actor,
  { importId }: z.output<typeof zImportRef>,
): Promise<void> {
  const found = await findImport(ctx.db.read, importId);
  if (!found) return;
  requireRole(actor, "admin", found.campaignId);
  await sweep(ctx, importId);
}

/** Takes away an import and what only it knows, in short writes: of prompts that came of it nothing is lost. */
async function sweep({ db }: Services, importId: ImportId): Promise<void> {
  for (;;) {
    const left = await write(db, async (tx) => {
      const drafts = (await anyDrafts(tx, importId, batch)).map(({ id }) => id);
      const prompts = await textsOf(tx, drafts);
      await deleteSketches(
        tx,
        drafts.filter((id) => !prompts.has(id)),
      );
      if (drafts.length > 0) await deleteDrafts(tx, drafts);
      else await deleteImport(tx, importId);
      return drafts.length;
    });
    if (left === 0) return;
    await breathe();
  }
}
