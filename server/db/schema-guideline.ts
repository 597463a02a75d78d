import type * as Ids from "../domain/ids";
import { createdAt, integer, optional, primaryKey, ref, table, text } from "./kit";
import { campaign, user } from "./schema";

/** Every text that a campaign's guidelines had, in order. Append-only; `campaign.guidelines` is the last. */
export const guideline = table(
  "guideline",
  {
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    /** From 1. */
    version: integer(),
    text: text(),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.version] })],
);
