import { and, asc, eq, isNotNull, ne, or, sql } from "drizzle-orm";
import type { RankingId, UserId } from "../../domain/ids";
import type { KeptRatings } from "../../domain/ratings-schema";
import type { Reader, Sql } from "../client";
import { assignment, campaign, demonstration, prompt, ranking, task } from "../schema";
import { comparison } from "../schema-comparison";
import {
  audit,
  erasure,
  invite,
  linkRequest,
  member,
  participation,
  session,
  study,
} from "../schema-people";
import { notice } from "../schema-quality";

/** Sessions of a person, ended ones too. */
export const allSessions = (db: Reader, userId: UserId) =>
  db
    .select({
      method: session.method,
      device: session.device,
      createdAt: session.createdAt,
      seenAt: session.seenAt,
      endedAt: session.endedAt,
    })
    .from(session)
    .where(eq(session.userId, userId))
    .orderBy(asc(session.createdAt));

export const membershipsOf = (db: Reader, userId: UserId) =>
  db
    .select({
      campaignId: member.campaignId,
      campaign: campaign.name,
      role: member.role,
      createdAt: member.createdAt,
    })
    .from(member)
    .innerJoin(campaign, eq(member.campaignId, campaign.id))
    .where(eq(member.userId, userId))
    .orderBy(asc(campaign.name));

/** What a person ranked, as they gave it: positions among the completions that they were shown. */
export const rankingsBy = (db: Reader, userId: UserId) =>
  db
    .select({
      campaign: campaign.name,
      prompt: prompt.text,
      shownOrder: assignment.shownOrder,
      groups: ranking.groups,
      notRankable: ranking.notRankable,
      noneAcceptable: ranking.noneAcceptable,
      comment: ranking.comment,
      ratings: ranking.ratings,
      /** Of a comparison: below zero the first one shown was preferred, above it the second. */
      preference: comparison.preference,
      seconds: ranking.seconds,
      guidelinesVersion: ranking.guidelinesVersion,
      createdAt: ranking.createdAt,
    })
    .from(ranking)
    .leftJoin(comparison, eq(comparison.rankingId, ranking.id))
    .innerJoin(assignment, eq(ranking.assignmentId, assignment.id))
    .innerJoin(task, eq(ranking.taskId, task.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .where(eq(ranking.labelerId, userId))
    .orderBy(asc(ranking.createdAt));

/** What a person was lent and has not ranked, or not in time: what they began of it, or why they passed it on. */
export const unrankedBy = (db: Reader, userId: UserId) =>
  db
    .select({
      campaign: campaign.name,
      prompt: prompt.text,
      status: assignment.status,
      skipReason: assignment.skipReason,
      draft: assignment.draft,
      createdAt: assignment.createdAt,
    })
    .from(assignment)
    .innerJoin(task, eq(assignment.taskId, task.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .where(
      and(
        eq(assignment.labelerId, userId),
        or(ne(assignment.status, "submitted"), isNotNull(assignment.draft)),
      ),
    )
    .orderBy(asc(assignment.createdAt));

/** What a person was told of their work. */
export const noticesAbout = (db: Reader, userId: UserId) =>
  db
    .select({
      campaign: campaign.name,
      measure: notice.measure,
      action: notice.action,
      value: notice.value,
      threshold: notice.threshold,
      note: notice.note,
      createdAt: notice.createdAt,
      seenAt: notice.seenAt,
      resolvedAt: notice.resolvedAt,
    })
    .from(notice)
    .innerJoin(campaign, eq(notice.campaignId, campaign.id))
    .where(eq(notice.labelerId, userId))
    .orderBy(asc(notice.createdAt));

/** Links that were made to let a person in, and whether they asked for one. */
export async function linksFor(db: Reader, userId: UserId) {
  const links = await db
    .select({
      createdAt: invite.createdAt,
      expiresAt: invite.expiresAt,
      revokedAt: invite.revokedAt,
      usesLeft: invite.usesLeft,
    })
    .from(invite)
    .where(eq(invite.userId, userId))
    .orderBy(asc(invite.createdAt));
  const [asked] = await db.select().from(linkRequest).where(eq(linkRequest.userId, userId));
  return { links, askedAt: asked?.createdAt ?? null };
}

/** When a person's data were deleted; null where they were not. */
export async function erasedAt(db: Reader, userId: UserId): Promise<Date | null> {
  const [row] = await db.select().from(erasure).where(eq(erasure.userId, userId));
  return row?.createdAt ?? null;
}

/** What a person said besides the order, with what their campaigns ask. */
export const ratingsBy = (db: Reader, userId: UserId) =>
  db
    .select({ id: ranking.id, ratings: ranking.ratings, config: campaign.config })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .innerJoin(campaign, eq(task.campaignId, campaign.id))
    .where(and(eq(ranking.labelerId, userId), isNotNull(ranking.ratings)));

export const updateRatings = async (tx: Sql, id: RankingId, ratings: KeptRatings) => {
  await tx.update(ranking).set({ ratings }).where(eq(ranking.id, id));
};

export const demonstrationsBy = (db: Reader, userId: UserId) =>
  db
    .select({
      campaign: campaign.name,
      prompt: prompt.text,
      text: demonstration.text,
      status: demonstration.status,
      reason: demonstration.reason,
      createdAt: demonstration.createdAt,
      updatedAt: demonstration.updatedAt,
    })
    .from(demonstration)
    .innerJoin(prompt, eq(demonstration.promptId, prompt.id))
    .innerJoin(campaign, eq(demonstration.campaignId, campaign.id))
    .where(eq(demonstration.authorId, userId))
    .orderBy(asc(demonstration.createdAt));

export const participationsOf = (db: Reader, userId: UserId) =>
  db
    .select({
      study: study.name,
      market: study.market,
      submission: participation.submission,
      code: participation.code,
      createdAt: participation.createdAt,
      completedAt: participation.completedAt,
    })
    .from(participation)
    .innerJoin(study, eq(participation.studyId, study.id))
    .where(eq(participation.userId, userId))
    .orderBy(asc(participation.createdAt));

/** What the log keeps of a person: what they changed, and what was changed of them. */
export const auditAbout = (db: Reader, userId: UserId) =>
  db
    .select({
      action: audit.action,
      target: audit.targetName,
      before: audit.before,
      after: audit.after,
      createdAt: audit.createdAt,
    })
    .from(audit)
    .where(or(eq(audit.actorId, userId), eq(audit.targetId, userId)))
    .orderBy(asc(audit.createdAt));

/**
 * Takes out of every table what tells who somebody was, the log included; their rankings, demonstrations that were
 * sent, and that something was changed, stay.
 */
export async function erasePersonalRows(tx: Sql, userId: UserId): Promise<void> {
  await tx.delete(session).where(eq(session.userId, userId));
  await tx.delete(member).where(eq(member.userId, userId));
  await tx.update(invite).set({ usesLeft: 0 }).where(eq(invite.userId, userId));
  await tx
    .update(participation)
    .set({ submission: null, submitTo: null, code: "" })
    .where(eq(participation.userId, userId));
  await tx
    .update(assignment)
    .set({ draft: null, skipReason: null })
    .where(eq(assignment.labelerId, userId));
  await tx
    .update(demonstration)
    .set({ text: "", written: null, status: "skipped", reason: null })
    .where(and(eq(demonstration.authorId, userId), eq(demonstration.status, "draft")));
  // a comment may say who wrote it; so may answers to a campaign's questions, which the service looks through
  await tx.update(ranking).set({ comment: null }).where(eq(ranking.labelerId, userId));
  await tx.update(notice).set({ note: null }).where(eq(notice.labelerId, userId));
  await tx
    .update(audit)
    .set({ targetName: "", before: sql`null`, after: sql`null` })
    .where(eq(audit.targetId, userId));
}

export async function insertErasure(
  tx: Sql,
  userId: UserId,
  createdById: UserId | null,
): Promise<void> {
  await tx.insert(erasure).values({ userId, createdById }).onConflictDoNothing();
}
