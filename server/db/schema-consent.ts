import type * as Ids from "../domain/ids";
import {
  createdAt,
  id,
  index,
  integer,
  optional,
  primaryKey,
  ref,
  table,
  text,
  unique,
} from "./kit";
import { campaign, user } from "./schema";

/** What a campaign asks its labelers to agree to, besides what the install asks of all. Append-only. */
export const campaignConsent = table(
  "campaign_consent",
  {
    id: id<Ids.ConsentId>(),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    /** From 1. The last one is in force, which the campaign's config says too. */
    version: integer(),
    /** Markdown; empty from where on nothing is asked any more. */
    text: text(),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [unique("campaign_consent_version").on(t.campaignId, t.version)],
);

/** Who agreed to which version of a campaign's text, and when. */
export const campaignAgreement = table(
  "campaign_agreement",
  {
    consentId: ref<Ids.ConsentId>(() => campaignConsent.id),
    userId: ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.consentId, t.userId] }),
    index("campaign_agreement_user").on(t.userId),
  ],
);
