import { and, count, desc, eq } from "drizzle-orm";
import type { CampaignId, ConsentId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { type Given, prepared } from "../prepared";
import { campaign, user } from "../schema";
import { campaignAgreement, campaignConsent } from "../schema-consent";

type CampaignConsentRow = typeof campaignConsent.$inferSelect;

/** A campaign's last version; null before the first. */
export async function latestCampaignConsent(
  db: Reader,
  campaignId: CampaignId,
): Promise<CampaignConsentRow | null> {
  const [row] = await db
    .select()
    .from(campaignConsent)
    .where(eq(campaignConsent.campaignId, campaignId))
    .orderBy(desc(campaignConsent.version))
    .limit(1);
  return row ?? null;
}

export async function insertCampaignConsent(
  tx: Sql,
  values: typeof campaignConsent.$inferInsert,
): Promise<CampaignConsentRow> {
  const [row] = await tx.insert(campaignConsent).values(values).returning();
  return row;
}

/** Every version of a campaign with how many agreed to it, newest first. */
export const campaignConsentVersions = (db: Reader, campaignId: CampaignId) =>
  db
    .select({
      id: campaignConsent.id,
      version: campaignConsent.version,
      text: campaignConsent.text,
      by: user.name,
      createdAt: campaignConsent.createdAt,
      agreed: count(campaignAgreement.userId),
    })
    .from(campaignConsent)
    .leftJoin(campaignAgreement, eq(campaignAgreement.consentId, campaignConsent.id))
    .leftJoin(user, eq(campaignConsent.createdById, user.id))
    .where(eq(campaignConsent.campaignId, campaignId))
    .groupBy(
      campaignConsent.id,
      campaignConsent.version,
      campaignConsent.text,
      user.name,
      campaignConsent.createdAt,
    )
    .orderBy(desc(campaignConsent.version));

/** Agreed twice it stays as it was first. */
export async function insertCampaignAgreement(
  tx: Sql,
  consentId: ConsentId,
  userId: UserId,
): Promise<void> {
  await tx.insert(campaignAgreement).values({ consentId, userId }).onConflictDoNothing();
}

const agreedBy = prepared((db, { userId }: Given<{ userId: UserId }>) =>
  db
    .select({ id: campaignAgreement.consentId })
    .from(campaignAgreement)
    .where(eq(campaignAgreement.userId, userId)),
);

/** The texts of campaigns that a person agreed to. */
export async function agreedConsents(db: Reader, userId: UserId): Promise<Set<ConsentId>> {
  const rows = await agreedBy(db, { userId });
  return new Set(rows.map((row) => row.id));
}

export const hasAgreedTo = async (db: Reader, consentId: ConsentId, userId: UserId) =>
  (await db.$count(
    campaignAgreement,
    and(eq(campaignAgreement.consentId, consentId), eq(campaignAgreement.userId, userId)),
  )) > 0;

/** What a person agreed to in campaigns, and when. */
export const campaignAgreementsOf = (db: Reader, userId: UserId) =>
  db
    .select({
      campaign: campaign.name,
      version: campaignConsent.version,
      text: campaignConsent.text,
      at: campaignAgreement.createdAt,
    })
    .from(campaignAgreement)
    .innerJoin(campaignConsent, eq(campaignAgreement.consentId, campaignConsent.id))
    .innerJoin(campaign, eq(campaignConsent.campaignId, campaign.id))
    .where(eq(campaignAgreement.userId, userId))
    .orderBy(desc(campaignAgreement.createdAt));
