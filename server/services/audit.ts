import { z } from "zod";
import type { Sql } from "../db/client";
import { auditEntries, insertAudit } from "../db/queries/audit";
import { type AuditAction, auditActions, changedFacts } from "../domain/audit";
import { type CampaignId, zCampaignId, zUserId } from "../domain/ids";
import { zMoment } from "../domain/moment";
import { type Actor, requireRole, type Services } from "./context";

export interface Change {
  action: AuditAction;
  /** What was changed, and what it is called for whoever reads the log later. */
  target: { id: string; name: string };
  campaignId?: CampaignId | null;
  /** The row, or the fields that matter, as they were; absent for what came to be. */
  before?: object | null;
  after?: object | null;
}

/**
 * Writes a change to the audit log, in the transaction that makes it: both are there or neither. Only fields that
 * differ are kept, of secrets only that they changed; nothing is written when nothing changed.
 * @param actor null for what the install does by itself
 */
export async function recordChange(
  tx: Sql,
  actor: Pick<Actor, "id"> | null,
  { action, target, campaignId = null, before = null, after = null }: Change,
): Promise<void> {
  const facts = changedFacts(before && { ...before }, after && { ...after });
  if (!facts) return;
  await insertAudit(tx, {
    actorId: actor?.id ?? null,
    action,
    targetId: target.id,
    targetName: target.name.slice(0, 200),
    campaignId,
    ...facts,
  });
}

export const auditPerPage = 50;
export const zListAudit = z.object({
  /** Words in what was changed, in the names, or in the values before and after. */
  search: z.string().max(200).optional(),
  /** "user", "campaign" …: changes of that noun. */
  noun: z.string().max(40).optional(),
  action: z.enum(auditActions).optional(),
  actorId: zUserId.optional(),
  campaignId: zCampaignId.optional(),
  since: zMoment.optional(),
  until: zMoment.optional(),
  page: z.int().min(0).default(0),
});

/** The audit log, newest first. A campaign's admin reads what concerns that campaign. */
export async function listAudit(
  { db }: Services,
  actor: Actor,
  { page, ...filter }: z.output<typeof zListAudit>,
) {
  requireRole(actor, "admin", filter.campaignId);
  return await auditEntries(db.read, {
    ...filter,
    offset: page * auditPerPage,
    limit: auditPerPage,
  });
}
export type AuditEntry = Awaited<ReturnType<typeof listAudit>>["rows"][number];
