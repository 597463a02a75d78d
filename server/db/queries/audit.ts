import { and, count, desc, eq, gte, like, lt, or, type SQL, sql } from "drizzle-orm";
import type { AuditAction } from "../../domain/audit";
import { type AuditId, type CampaignId, newId, type UserId, zAuditId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { campaign, user } from "../schema";
import { audit } from "../schema-people";

let written = 0;

/** Ids of one process sort as they were made, so that two changes of the same millisecond keep their order. */
function nextAuditId(): AuditId {
  written = (written + 1) % 36 ** 4;
  const count = written.toString(36).padStart(4, "0");
  return zAuditId.parse(`${count}${newId().slice(4)}`);
}

export async function insertAudit(
  tx: Sql,
  values: Omit<typeof audit.$inferInsert, "id">,
): Promise<void> {
  await tx.insert(audit).values({ ...values, id: nextAuditId() });
}

export interface AuditFilter {
  search?: string;
  noun?: string;
  action?: AuditAction;
  actorId?: UserId;
  campaignId?: CampaignId;
  since?: Date;
  until?: Date;
}

const contains = (column: SQL.Aliased | SQL | object, words: string): SQL =>
  like(sql`lower(cast(${column} as text))`, `%${words.toLowerCase().replaceAll(/[\\%_]/g, "")}%`);

function matching({ search, noun, action, actorId, campaignId, since, until }: AuditFilter) {
  const words = search?.trim();
  return and(
    words
      ? or(
          ...[audit.targetName, audit.targetId, audit.action, audit.before, audit.after].map(
            (column) => contains(column, words),
          ),
          contains(user.name, words),
        )
      : undefined,
    noun ? like(audit.action, `${noun.replaceAll(/[\\%_]/g, "")}.%`) : undefined,
    action ? eq(audit.action, action) : undefined,
    actorId ? eq(audit.actorId, actorId) : undefined,
    campaignId ? eq(audit.campaignId, campaignId) : undefined,
    since ? gte(audit.createdAt, since) : undefined,
    until ? lt(audit.createdAt, until) : undefined,
  );
}

/** Entries that match, newest first, with who made the change and in which campaign. */
export async function auditEntries(
  db: Reader,
  { offset, limit, ...filter }: AuditFilter & { offset: number; limit: number },
) {
  const where = matching(filter);
  const rows = await db
    .select({ audit, actor: user.name, campaign: campaign.name })
    .from(audit)
    .leftJoin(user, eq(audit.actorId, user.id))
    .leftJoin(campaign, eq(audit.campaignId, campaign.id))
    .where(where)
    .orderBy(desc(audit.createdAt), desc(audit.id))
    .limit(limit)
    .offset(offset);
  const [total] = await db
    .select({ n: count() })
    .from(audit)
    .leftJoin(user, eq(audit.actorId, user.id))
    .where(where);
  return {
    total: total.n,
    rows: rows.map((row) => Object.assign(row.audit, { actor: row.actor, campaign: row.campaign })),
  };
}
