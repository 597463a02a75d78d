import { and, asc, desc, eq, inArray, max, ne } from "drizzle-orm";
import type { AssignmentId, CampaignId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { type Given, prepared } from "../prepared";
import { assignment, task, user } from "../schema";
import { guideline } from "../schema-guideline";

const latestOf = prepared((db, { campaignId }: Given<{ campaignId: CampaignId }>) =>
  db
    .select({ version: max(guideline.version) })
    .from(guideline)
    .where(eq(guideline.campaignId, campaignId)),
);

/** Campaigns from before versions were kept have no row until their guidelines change: theirs is the first. */
export async function guidelinesVersion(db: Reader, campaignId: CampaignId): Promise<number> {
  const [row] = await latestOf(db, { campaignId });
  return row?.version ?? 1;
}

export const insertGuideline = async (
  tx: Sql,
  values: typeof guideline.$inferInsert,
): Promise<void> => {
  await tx.insert(guideline).values(values).onConflictDoNothing();
};

/** Every version with who wrote it, the newest first. */
export const guidelinesOf = (db: Reader, campaignId: CampaignId) =>
  db
    .select({
      version: guideline.version,
      text: guideline.text,
      by: user.name,
      createdAt: guideline.createdAt,
    })
    .from(guideline)
    .leftJoin(user, eq(guideline.createdById, user.id))
    .where(eq(guideline.campaignId, campaignId))
    .orderBy(desc(guideline.version));

export async function guidelinesText(
  db: Reader,
  campaignId: CampaignId,
  version: number,
): Promise<string | null> {
  const [row] = await db
    .select({ text: guideline.text })
    .from(guideline)
    .where(and(eq(guideline.campaignId, campaignId), eq(guideline.version, version)));
  return row?.text ?? null;
}

interface LastOf {
  labelerId: UserId;
  campaignId: CampaignId;
  but: AssignmentId;
}

const finishedUnder = prepared((db, { labelerId, campaignId, but }: Given<LastOf>) =>
  db
    .select({ version: max(assignment.guidelinesVersion) })
    .from(assignment)
    .innerJoin(task, eq(assignment.taskId, task.id))
    .where(
      and(
        eq(assignment.labelerId, labelerId),
        eq(task.campaignId, campaignId),
        inArray(assignment.status, ["submitted", "skipped"]),
        ne(assignment.id, but),
      ),
    ),
);

/** The version that a labeler last finished a task under, but for one task; null when there is none. */
export async function lastVersionOf(db: Reader, of: LastOf): Promise<number | null> {
  const [row] = await finishedUnder(db, of);
  return row?.version ?? null;
}

/** The versions and texts, the oldest first, as a dataset card lists them. */
export const guidelineTexts = (db: Reader, campaignId: CampaignId) =>
  db
    .select({ version: guideline.version, text: guideline.text, createdAt: guideline.createdAt })
    .from(guideline)
    .where(eq(guideline.campaignId, campaignId))
    .orderBy(asc(guideline.version));
