import { z } from "zod";
import { completionsById, rankingsOf, tasksOf } from "../db/queries/campaign";
import type { Reader } from "../db/client";
import { type CompletionId, zCampaignId, zRoundId } from "../domain/ids";
import { findRound } from "../db/queries/run";
import { type Actor, requireRole, type Services } from "./context";

async function textsOf(db: Reader, ids: Iterable<CompletionId>) {
  const found = await completionsById(db, [...new Set(ids)]);
  const byId = new Map(found.map((row) => [row.id, row]));
  return (id: CompletionId) => byId.get(id) ?? { id, text: "", correct: null };
}

export const rankingsPerPage = 20;
export const zListRankings = z.object({
  campaignId: zCampaignId,
  roundId: zRoundId.optional(),
  page: z.int().min(0).default(0),
});

/** Raw rankings, newest first: what each labeler put above what, the texts in their order. */
export async function listRankings(
  { db }: Services,
  actor: Actor,
  { page, ...filter }: z.output<typeof zListRankings>,
) {
  requireRole(actor, "researcher", filter.campaignId);
  const rows = await rankingsOf(db.read, {
    ...filter,
    offset: page * rankingsPerPage,
    limit: rankingsPerPage + 1,
  });
  const shown = rows.slice(0, rankingsPerPage);
  const textOf = await textsOf(
    db.read,
    shown.flatMap((row) => [...row.groups.flat(), ...row.notRankable]),
  );
  return {
    more: rows.length > rankingsPerPage,
    rows: shown.map(({ groups, notRankable, ...row }) =>
      Object.assign(row, {
        groups: groups.map((group) => group.map(textOf)),
        notRankable: notRankable.map(textOf),
      }),
    ),
  };
}

export const completionsPerPage = 20;
export const zListCompletions = z.object({
  roundId: zRoundId,
  page: z.int().min(0).default(0),
});

/** What a round's policy answered, prompt by prompt, with the program's verdict where there is one. */
export async function listCompletions(
  { db }: Services,
  actor: Actor,
  { roundId, page }: z.output<typeof zListCompletions>,
) {
  const campaignId = (await findRound(db.read, roundId))?.campaignId;
  requireRole(actor, "researcher", campaignId);
  if (!campaignId) return { more: false, rows: [] };
  const rows = await tasksOf(db.read, {
    campaignId,
    roundId,
    offset: page * completionsPerPage,
    limit: completionsPerPage + 1,
  });
  const shown = rows.slice(0, completionsPerPage);
  const textOf = await textsOf(
    db.read,
    shown.flatMap((row) => row.completionIds),
  );
  return {
    more: rows.length > completionsPerPage,
    rows: shown.map(({ id, prompt, completionIds }) => ({
      id,
      prompt,
      completions: completionIds.map(textOf),
    })),
  };
}
