import { z } from "zod";
import {
  draftsOf,
  findImport,
  linesOfDrafts,
  shownDrafts,
  waitingImport,
} from "../db/queries/prompt-import";
import { textsOf } from "../db/queries/prompt-near";
import { AppError } from "../domain/app-error";
import { zCampaignId, zImportId } from "../domain/ids";
import { nearLevels } from "../domain/prompts/import";
import { personalDataIn } from "../domain/prompts/personal-data";
import { type Actor, requireRole, type Services } from "./context";

export const importRowsPerPage = 20;

export const zReadImport = z.object({
  importId: zImportId,
  shown: z.enum(shownDrafts),
  /** Of near-duplicates, those at least so alike. */
  atLeast: z.number().min(0).max(1).default(nearLevels[0]),
  page: z.int().min(0).default(0),
});

/** What was found in a file, and one page of the lines of one kind, each with what it is like. */
export async function readImport(
  { db }: Services,
  actor: Actor,
  { page, ...filter }: z.output<typeof zReadImport>,
) {
  const { importId } = filter;
  const found = await findImport(db.read, importId);
  if (!found) throw new AppError("not-found", "This import is gone: choose the file again.");
  requireRole(actor, "admin", found.campaignId);
  const pageAt = { offset: page * importRowsPerPage, limit: importRowsPerPage };
  const { rows, total } = await draftsOf(db.read, filter, pageAt);
  const others = rows.flatMap(({ nearId }) => nearId ?? []);
  const texts = await textsOf(db.read, others, importId);
  const lines = await linesOfDrafts(db.read, importId, others);
  return {
    source: found.source,
    status: found.status,
    counts: found.counts,
    total,
    rows: rows.map(({ id, line, text, nearId, resemblance, personal, answers, bad }) => {
      const other = nearId === null ? undefined : texts.get(nearId);
      return {
        id,
        line,
        text,
        personal: personal ?? [],
        answers: (answers ?? []).map(({ text, origin }) => ({
          text,
          origin,
          personal: personalDataIn(text),
        })),
        bad,
        near:
          nearId === null || other === undefined
            ? null
            : {
                text: other,
                /** Of the same file; null where it is stored. */
                line: lines.get(nearId) ?? null,
                resemblance: resemblance ?? 1,
              },
      };
    }),
  };
}

export const zWaitingImport = z.object({ campaignId: zCampaignId });

/** A file that this admin read and has not decided on, so that a closed page loses nothing. */
export async function waitingImportOf(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zWaitingImport>,
) {
  requireRole(actor, "admin", campaignId);
  const row = await waitingImport(db.read, campaignId, actor.id);
  return row && { importId: row.id, source: row.source, counts: row.counts };
}
