import { and, asc, count, desc, eq, gte, sql } from "drizzle-orm";
import type { CampaignId, StudyId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { campaign, ranking, task, user } from "../schema";
import { identity, participation, study } from "../schema-people";
import { countIf } from "./campaign";

export type StudyRow = typeof study.$inferSelect;
export type ParticipationRow = typeof participation.$inferSelect;

export async function insertStudy(tx: Sql, values: typeof study.$inferInsert): Promise<StudyRow> {
  const [row] = await tx.insert(study).values(values).returning();
  return row;
}

export async function updateStudy(
  tx: Sql,
  id: StudyId,
  values: Partial<typeof study.$inferInsert>,
): Promise<StudyRow | null> {
  const [row] = await tx.update(study).set(values).where(eq(study.id, id)).returning();
  return row ?? null;
}

/** A study with its campaign's name and status. */
export async function findStudy(db: Reader, id: StudyId) {
  const [row] = await db
    .select({ study, campaign: campaign.name, campaignStatus: campaign.status })
    .from(study)
    .innerJoin(campaign, eq(study.campaignId, campaign.id))
    .where(eq(study.id, id));
  return row ?? null;
}

/** A campaign's studies with how many came and how many finished, newest first. */
export async function studiesOf(db: Reader, campaignId: CampaignId) {
  const rows = await db
    .select({
      study,
      came: count(participation.id),
      completed: countIf(sql`${participation.completedAt} is not null`),
    })
    .from(study)
    .leftJoin(participation, eq(participation.studyId, study.id))
    .where(eq(study.campaignId, campaignId))
    .groupBy(study.id)
    .orderBy(desc(study.createdAt), asc(study.id));
  return rows.map(({ study: row, ...rest }) => Object.assign(row, rest));
}

export async function findParticipation(
  db: Reader,
  studyId: StudyId,
  userId: UserId,
): Promise<ParticipationRow | null> {
  const [row] = await db
    .select()
    .from(participation)
    .where(and(eq(participation.studyId, studyId), eq(participation.userId, userId)));
  return row ?? null;
}

export async function insertParticipation(
  tx: Sql,
  values: typeof participation.$inferInsert,
): Promise<ParticipationRow> {
  const [row] = await tx.insert(participation).values(values).returning();
  return row;
}

export async function updateParticipation(
  tx: Sql,
  id: ParticipationRow["id"],
  values: Partial<typeof participation.$inferInsert>,
): Promise<void> {
  await tx.update(participation).set(values).where(eq(participation.id, id));
}

/** The part that somebody takes now: the one they began last. */
export async function lastParticipation(db: Reader, userId: UserId) {
  const [row] = await db
    .select({ participation, study })
    .from(participation)
    .innerJoin(study, eq(participation.studyId, study.id))
    .where(eq(participation.userId, userId))
    .orderBy(desc(participation.createdAt), desc(participation.id))
    .limit(1);
  return row ?? null;
}

/** Rankings of a campaign that somebody gave since a moment, and the seconds that they took. */
export async function rankedSince(
  db: Reader,
  { campaignId, userId, since }: { campaignId: CampaignId; userId: UserId; since: Date },
): Promise<{ done: number; seconds: number }> {
  const [row] = await db
    .select({
      done: count(),
      seconds: sql`coalesce(sum(${ranking.seconds}), 0)`.mapWith(Number),
    })
    .from(ranking)
    .innerJoin(task, eq(ranking.taskId, task.id))
    .where(
      and(
        eq(task.campaignId, campaignId),
        eq(ranking.labelerId, userId),
        gte(ranking.createdAt, since),
      ),
    );
  return row;
}

/** Everybody who came by a study, the newest first, with how the market calls them. */
export async function participantsOf(db: Reader, studyId: StudyId) {
  const rows = await db
    .select({ participation, worker: identity.subject, name: user.name })
    .from(participation)
    .innerJoin(study, eq(participation.studyId, study.id))
    .innerJoin(user, eq(participation.userId, user.id))
    .leftJoin(identity, and(eq(identity.userId, user.id), eq(identity.provider, study.market)))
    .where(eq(participation.studyId, studyId))
    .orderBy(desc(participation.createdAt), asc(participation.id));
  return rows.map(({ participation: row, ...rest }) => Object.assign(row, rest));
}
