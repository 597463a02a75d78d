import { z } from "zod";
import { labelerTraits } from "../db/queries/distribution";
import { findNotice, noticesTo, updateNotice } from "../db/queries/notice";
import { ownCampaigns, ownRankings, promptLanguages } from "../db/queries/own-work";
import { findUser, updateUser } from "../db/queries/user";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zNoticeId } from "../domain/ids";
import { qualityOptionsOf } from "../domain/quality/options";
import { ownQuality } from "../domain/quality/own-work";
import { recordChange } from "./audit";
import { type Actor, requireSomewhere, type Services } from "./context";

/**
 * How a labeler's work stands, campaign by campaign, and what they are told of it: as much as each
 * campaign allows.
 */
export async function ownWork({ db }: Services, actor: Actor) {
  requireSomewhere(actor, "labeler");
  const [campaigns, told, { languages }, choices] = await Promise.all([
    ownCampaigns(db.read, actor.id),
    noticesTo(db.read, actor.id),
    labelerTraits(db.read, actor.id),
    promptLanguages(db.read),
  ]);
  return {
    campaigns: campaigns.map(({ config, report, ...row }) => {
      const own = report?.labelers.find((one) => one.labeler === actor.id);
      const quality = ownQuality(own, report?.pairwise ?? null, qualityOptionsOf(config));
      return Object.assign(row, quality);
    }),
    notices: told.map(({ notice, campaign, by }) => ({
      id: notice.id,
      campaign,
      by,
      measure: notice.measure,
      action: notice.action,
      value: notice.value,
      threshold: notice.threshold,
      rankings: notice.rankings,
      note: notice.note,
      createdAt: notice.createdAt,
      seen: notice.seenAt !== null,
      resolvedAt: notice.resolvedAt,
    })),
    languages: {
      mine: languages,
      choices: [...new Set([...choices, ...(languages ?? [])])].sort(),
    },
  };
}
export type OwnNotice = Awaited<ReturnType<typeof ownWork>>["notices"][number];

export const rankingsPerPage = 20;
export const zOwnRankings = z.object({ page: z.int().min(0).default(0) });

/** One's own rankings, the newest first. */
export async function listOwnRankings(
  { db }: Services,
  actor: Actor,
  { page }: z.output<typeof zOwnRankings>,
) {
  requireSomewhere(actor, "labeler");
  const rows = await ownRankings(db.read, {
    labelerId: actor.id,
    offset: page * rankingsPerPage,
    limit: rankingsPerPage + 1,
  });
  return {
    more: rows.length > rankingsPerPage,
    rows: rows.slice(0, rankingsPerPage).map(({ ranks, notRankable, ...row }) =>
      Object.assign(row, {
        ranked: ranks.flat().length,
        ranks: ranks.length,
        notRankable: notRankable.length,
      }),
    ),
  };
}

export const zReadNotice = z.object({ noticeId: zNoticeId });

/** The labeler has read what they were told. */
export async function readNotice(
  { db }: Services,
  actor: Actor,
  { noticeId }: z.output<typeof zReadNotice>,
): Promise<void> {
  requireSomewhere(actor, "labeler");
  await write(db, async (tx) => {
    const row = await findNotice(tx, noticeId);
    if (row?.labelerId !== actor.id)
      throw new AppError("not-found", "This notice is not yours: reload the page.");
    if (!row.seenAt) await updateNotice(tx, noticeId, { seenAt: new Date() });
  });
}

export const zSetLanguages = z.object({
  /** Null: any. */
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "Choose from the list."))
    .max(100)
    .nullable(),
});

/** Which languages one reads: prompts in others do not come any more. */
export async function setLanguages(
  { db }: Services,
  actor: Actor,
  { languages }: z.output<typeof zSetLanguages>,
): Promise<void> {
  requireSomewhere(actor, "labeler");
  const all = languages && [...new Set(languages)];
  await write(db, async (tx) => {
    const before = await findUser(tx, actor.id);
    await updateUser(tx, actor.id, { languages: all });
    await recordChange(tx, actor, {
      action: "user.languages",
      target: { id: actor.id, name: actor.name },
      before: { languages: before?.languages ?? null },
      after: { languages: all },
    });
  });
}

/** How many notices about one's work wait to be read. */
export async function unreadNotices({ db }: Services, actor: Actor): Promise<number> {
  requireSomewhere(actor, "labeler");
  const told = await noticesTo(db.read, actor.id);
  return told.filter(({ notice }) => notice.seenAt === null).length;
}
