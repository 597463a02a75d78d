import { z } from "zod";
import type { Reader, Sql } from "../db/client";
import { type CampaignRow, findCampaign, updateCampaign } from "../db/queries/campaign";
import {
  findNotice,
  insertNotices,
  type NoticeRow,
  noticesOf,
  openReviews,
  updateNotice,
} from "../db/queries/notice";
import { reportOf, usersById } from "../db/queries/quality";
import { findUser, updateUser } from "../db/queries/user";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { distributionOf, zDistribution } from "../domain/distribution";
import { type CampaignId, type UserId, zCampaignId, zNoticeId, zUserId } from "../domain/ids";
import { qualityOptionsOf, zQualityOptions } from "../domain/quality/options";
import type { QualityReport } from "../domain/quality/report";
import { recordChange } from "./audit";
import { type Actor, requireRole, requireSomewhere, type Services } from "./context";

/** How a labeler stands in a campaign: what the gravest open notice says. */
export type Standing = "good" | "warn" | "review" | "pause";

const gravest: readonly Standing[] = ["pause", "review", "warn"];

const standingOf = (notices: readonly NoticeRow[]): Standing => {
  const open = notices.filter((row) => row.resolvedAt === null).map((row) => row.action);
  return gravest.find((action) => open.some((one) => one === action)) ?? "good";
};

async function existing(db: Reader, id: CampaignId): Promise<CampaignRow> {
  const row = await findCampaign(db, id);
  if (!row) throw new AppError("not-found", "There is no such campaign: it may have been removed.");
  return row;
}

function withoutLabelers(report: QualityReport): Omit<QualityReport, "labelers" | "earlier"> {
  const { labelers: _labelers, earlier: _earlier, ...together } = report;
  return together;
}

export const zQualityRef = z.object({ campaignId: zCampaignId });
export const zListReviews = z.object({ campaignId: zCampaignId.optional() });

/** How a campaign's labelers agree, together and each, as last measured; and the options it is held against. */
export async function getQuality(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zQualityRef>,
) {
  requireRole(actor, "researcher", campaignId);
  const campaign = await existing(db.read, campaignId);
  const measured = await reportOf(db.read, campaignId);
  const notices = await noticesOf(db.read, campaignId);
  const labelers = measured?.report.labelers ?? [];
  const ids = new Set([...labelers.map((own) => own.labeler), ...notices.map((n) => n.labelerId)]);
  const people = await usersById(db.read, [...ids] as UserId[]);
  const rows = labelers.map((own) =>
    Object.assign({}, own, {
      name: people.get(own.labeler)?.name ?? "–",
      simulated: people.get(own.labeler)?.simulated ?? false,
      standing: standingOf(notices.filter((row) => row.labelerId === own.labeler)),
    }),
  );
  return {
    measuredAt: measured?.measuredAt ?? null,
    together: measured && withoutLabelers(measured.report),
    labelers: rows.sort((a, b) => b.rankings - a.rankings),
    distribution: distributionOf(campaign.config),
    options: qualityOptionsOf(campaign.config),
    templates: campaign.config.templates ?? "",
  };
}

export const zLabelerRef = z.object({ campaignId: zCampaignId, labelerId: zUserId });

/** One labeler in one campaign: how they work, what they were told, what they may be given. */
export async function getLabeler(
  { db }: Services,
  actor: Actor,
  { campaignId, labelerId }: z.output<typeof zLabelerRef>,
) {
  requireRole(actor, "researcher", campaignId);
  const campaign = await existing(db.read, campaignId);
  const person = (await usersById(db.read, [labelerId])).get(labelerId);
  if (!person) throw new AppError("not-found", "There is no such labeler: go back to the list.");
  const measured = await reportOf(db.read, campaignId);
  const notices = await noticesOf(db.read, campaignId);
  const own = notices.filter((row) => row.labelerId === labelerId);
  const report = measured?.report.labelers.find((row) => row.labeler === labelerId);
  return {
    person,
    report: report ?? null,
    measuredAt: measured?.measuredAt ?? null,
    standing: standingOf(own),
    notices: own,
    options: qualityOptionsOf(campaign.config),
  };
}

export const zConfigureQuality = z.object({
  campaignId: zCampaignId,
  distribution: zDistribution,
  quality: zQualityOptions,
  templates: z.string().max(50_000, "Keep the templates under 50,000 characters.").default(""),
});

/** Changes how a campaign hands out its tasks and what it does with what it learns of its labelers. */
export async function configureQuality(
  { db }: Services,
  actor: Actor,
  { campaignId, ...options }: z.output<typeof zConfigureQuality>,
): Promise<void> {
  requireRole(actor, "admin", campaignId);
  await write(db, async (tx) => {
    const campaign = await existing(tx, campaignId);
    const { config } = campaign;
    await updateCampaign(tx, campaignId, { config: { ...config, ...options } });
    const { distribution, quality, templates } = config;
    await recordChange(tx, actor, {
      action: "campaign.quality",
      target: campaign,
      campaignId,
      before: { distribution, quality, templates },
      after: options,
    });
  });
}

export const zTellLabeler = zLabelerRef.extend({
  action: z.enum(["warn", "pause"]),
  note: z.string().trim().min(1, "Say why: the labeler reads it.").max(2000),
});

/** An admin's own word to a labeler, or a pause by hand. */
export async function tellLabeler(
  { db }: Services,
  actor: Actor,
  { campaignId, labelerId, action, note }: z.output<typeof zTellLabeler>,
): Promise<void> {
  requireRole(actor, "admin", campaignId);
  const about = { campaignId, labelerId, action, note, createdById: actor.id };
  await write(db, async (tx) => {
    await existing(tx, campaignId);
    if (!(await findUser(tx, labelerId)))
      throw new AppError("not-found", "There is no such labeler: go back to the list.");
    const measured = await reportOf(tx, campaignId);
    const own = measured?.report.labelers.find((row) => row.labeler === labelerId);
    await insertNotices(tx, [{ ...about, measure: "person", rankings: own?.rankings ?? 0 }]);
    await recordChange(tx, actor, {
      action: "notice.send",
      target: await named(tx, labelerId),
      campaignId,
      after: { action, note },
    });
  });
}

export const zSettleNotice = z.object({ noticeId: zNoticeId });

/** Labelers whose work a rule sent to review, the longest wait first. */
export async function listReviews(
  { db }: Services,
  actor: Actor,
  { campaignId }: { campaignId?: CampaignId },
) {
  requireRole(actor, "reviewer", campaignId);
  return await openReviews(db.read, campaignId);
}

/**
 * A notice is over: a pause ends, and its rule speaks again only of as much new work as it asks for. What was sent to
 * review is settled by a reviewer.
 */
export async function settleNotice(
  { db }: Services,
  actor: Actor,
  { noticeId }: z.output<typeof zSettleNotice>,
): Promise<void> {
  requireSomewhere(actor, "reviewer");
  await write(db, async (tx) => {
    const row = await findNotice(tx, noticeId);
    if (!row) throw new AppError("not-found", "There is no such notice: reload the page.");
    requireRole(actor, row.action === "review" ? "reviewer" : "admin", row.campaignId);
    if (row.resolvedAt) return;
    const resolvedAt = new Date();
    await updateNotice(tx, noticeId, { resolvedAt, resolvedById: actor.id });
    await recordChange(tx, actor, {
      action: "notice.settle",
      target: await named(tx, row.labelerId),
      campaignId: row.campaignId,
      before: { action: row.action, measure: row.measure, resolvedAt: null },
      after: { action: row.action, measure: row.measure, resolvedAt },
    });
  });
}

export const zSetQualifications = z.object({
  labelerId: zUserId,
  qualifications: z.array(z.string().trim().min(1).max(60)).max(50),
});

/** What a labeler is known to be good at: campaigns that ask for one of these give them tasks. */
export async function setQualifications(
  { db }: Services,
  actor: Actor,
  { labelerId, qualifications }: z.output<typeof zSetQualifications>,
): Promise<void> {
  requireRole(actor, "admin");
  const all = [...new Set(qualifications)];
  await write(db, async (tx) => {
    const person = await findUser(tx, labelerId);
    if (!person) throw new AppError("not-found", "There is no such labeler: go back to the list.");
    await updateUser(tx, labelerId, { qualifications: all });
    await recordChange(tx, actor, {
      action: "user.qualifications",
      target: person,
      before: { qualifications: person.qualifications },
      after: { qualifications: all },
    });
  });
}

async function named(tx: Sql, id: UserId): Promise<{ id: string; name: string }> {
  return { id, name: (await findUser(tx, id))?.name ?? "" };
}
