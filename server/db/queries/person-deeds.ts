import { eq } from "drizzle-orm";
import type { UserId } from "../../domain/ids";
import type { Reader } from "../client";
import type { Column } from "../kit";
import * as schema from "../schema";
import { campaignConsent } from "../schema-consent";
import { guideline } from "../schema-guideline";
import * as people from "../schema-people";
import { promptArchive, promptImport } from "../schema-prompts";
import * as quality from "../schema-quality";

/** What rows were made, changed or decided by a person: in which column it says so, what it was, and when. */
interface Deed {
  by: Column;
  of: Column;
  at: Column;
}

const deeds: Record<string, Deed> = {
  "campaign made": {
    by: schema.campaign.createdById,
    of: schema.campaign.name,
    at: schema.campaign.createdAt,
  },
  "prompt added": {
    by: schema.prompt.createdById,
    of: schema.prompt.text,
    at: schema.prompt.createdAt,
  },
  "demonstration reviewed": {
    by: schema.demonstration.reviewerId,
    of: schema.demonstration.id,
    at: schema.demonstration.updatedAt,
  },
  "snapshot frozen": {
    by: schema.snapshot.createdById,
    of: schema.snapshot.hash,
    at: schema.snapshot.createdAt,
  },
  "run started": { by: schema.run.createdById, of: schema.run.id, at: schema.run.createdAt },
  "job queued": { by: schema.job.createdById, of: schema.job.name, at: schema.job.createdAt },
  "guidelines written": { by: guideline.createdById, of: guideline.text, at: guideline.createdAt },
  "prompts imported": {
    by: promptImport.createdById,
    of: promptImport.source,
    at: promptImport.createdAt,
  },
  "prompt archived": {
    by: promptArchive.archivedById,
    of: promptArchive.promptId,
    at: promptArchive.createdAt,
  },
  "gold made": { by: quality.gold.createdById, of: quality.gold.id, at: quality.gold.createdAt },
  "task adjudicated": {
    by: quality.adjudication.reviewerId,
    of: quality.adjudication.reason,
    at: quality.adjudication.createdAt,
  },
  "labeler told": {
    by: quality.notice.createdById,
    of: quality.notice.id,
    at: quality.notice.createdAt,
  },
  "notice settled": {
    by: quality.notice.resolvedById,
    of: quality.notice.id,
    at: quality.notice.resolvedAt,
  },
  "link made": { by: people.invite.createdById, of: people.invite.id, at: people.invite.createdAt },
  "personal data deleted": {
    by: people.erasure.createdById,
    of: people.erasure.userId,
    at: people.erasure.createdAt,
  },
  "consent text published": {
    by: people.consent.createdById,
    of: people.consent.text,
    at: people.consent.createdAt,
  },
  "consent text of a campaign published": {
    by: campaignConsent.createdById,
    of: campaignConsent.text,
    at: campaignConsent.createdAt,
  },
  "study made": { by: people.study.createdById, of: people.study.name, at: people.study.createdAt },
};

/** What a person made, changed or decided, that is not their own to take along: which it was, and when. */
export async function deedsOf(db: Reader, userId: UserId) {
  const found = await Promise.all(
    Object.entries(deeds).map(async ([did, { by, of, at }]) => {
      const rows = await db.select({ of, at }).from(by.table).where(eq(by, userId));
      return rows.map((row) => ({ did, of: row.of, at: row.at }));
    }),
  );
  return found.flat();
}
