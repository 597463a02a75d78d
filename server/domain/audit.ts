/** What changed, by the name of the field. */
export type Facts = Record<string, unknown>;

/** Every kind of change that the audit log records, by noun. */
export const auditActions = [
  "user.create",
  "user.join",
  "user.role",
  "user.profile",
  "user.password",
  "user.disable",
  "user.enable",
  "user.delete",
  "user.export",
  "user.identity",
  "user.qualifications",
  "user.languages",
  "session.end",
  "invite.create",
  "invite.link",
  "invite.revoke",
  "member.set",
  "member.remove",
  "consent.publish",
  "study.create",
  "study.change",
  "payment.export",
  "campaign.create",
  "campaign.settings",
  "campaign.status",
  "campaign.access",
  "campaign.pay",
  "campaign.quality",
  "campaign.rule",
  "campaign.entry",
  "campaign.consent",
  "campaign.clone",
  "user.screening",
  "user.quiz",
  "prompt.add",
  "prompt.remove",
  "prompt.archive",
  "prompt.restore",
  "prompt.cluster",
  "demonstration.review",
  "round.pass",
  "round.hold",
  "round.stop",
  "round.mend",
  "task.adjudicate",
  "task.overlap",
  "gold.make",
  "gold.retire",
  "notice.send",
  "notice.settle",
  "simulation.start",
  "snapshot.create",
  "run.start",
  "run.pause",
  "run.resume",
  "job.cancel",
  "model.import",
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Never written down, only that they changed. */
const secrets = new Set(["password", "passwordHash", "token", "tokenHash"]);
/** Said by the entry itself. */
const bookkeeping = new Set(["id", "campaignId", "createdById", "createdAt", "updatedAt"]);
const longest = 20_000;

function fact(name: string, value: unknown): unknown {
  if (secrets.has(name)) return value === null || value === undefined ? null : "(secret)";
  if (typeof value === "string" && value.length > longest)
    return `${value.slice(0, longest)}… (${value.length} characters)`;
  return value ?? null;
}

const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * The fields that differ, as they were and as they are; without `before` all that came to be, without `after` all
 * that was. Null when nothing changed.
 */
export function changedFacts(
  before: Facts | null,
  after: Facts | null,
): { before: Facts | null; after: Facts | null } | null {
  const names = Object.keys({ ...before, ...after }).filter(
    (name) => !bookkeeping.has(name) && !same(before?.[name], after?.[name]),
  );
  if (before && after && names.length === 0) return null;
  const pick = (facts: Facts | null) =>
    facts && Object.fromEntries(names.map((name) => [name, fact(name, facts[name])]));
  return { before: pick(before), after: pick(after) };
}
