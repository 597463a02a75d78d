import type { AuditAction, Facts } from "../domain/audit";
import type { CrowdMarket } from "../domain/crowd";
import type * as Ids from "../domain/ids";
import type { CampaignRole, Role } from "../domain/roles";
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
  timestamp,
  unique,
} from "./kit";
import { campaign, user } from "./schema";

/** One browser in which a person is signed in. Ended here, its cookie is worth nothing at the next request. */
export const session = table(
  "session",
  {
    id: id<Ids.SessionId>(),
    userId: ref<Ids.UserId>(() => user.id),
    /** How they came in: "password", "link", "crowd", or the provider's name. */
    method: text(),
    /** Browser and system in words, as the browser names itself. */
    device: text(),
    seenAt: timestamp(),
    expiresAt: timestamp(),
    endedAt: optional.timestamp(),
    createdAt: createdAt(),
  },
  (t) => [index("session_user").on(t.userId)],
);

/** A link that lets in: with `userId` a one-time sign-in of that person, without it an invitation. */
export const invite = table(
  "invite",
  {
    id: id<Ids.InviteId>(),
    /** SHA-256 of the token, hex; the token itself is shown once and never kept. */
    tokenHash: text(),
    role: text<Role>(),
    /** The one campaign that the role is for; in all of them when absent. */
    campaignId: optional.ref<Ids.CampaignId>(() => campaign.id),
    userId: optional.ref<Ids.UserId>(() => user.id),
    usesLeft: integer(),
    expiresAt: timestamp(),
    revokedAt: optional.timestamp(),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [unique("invite_token").on(t.tokenHash)],
);

/** Who asked for a sign-in link that no mail could bring: an admin makes it. */
export const linkRequest = table("link_request", {
  userId: ref<Ids.UserId>(() => user.id).primaryKey(),
  createdAt: createdAt(),
});

/** Whose personal data were deleted; what they ranked and wrote stays under no name. */
export const erasure = table("erasure", {
  userId: ref<Ids.UserId>(() => user.id).primaryKey(),
  createdById: optional.ref<Ids.UserId>(() => user.id),
  createdAt: createdAt(),
});

/**
 * An account elsewhere that is a person's: of GitHub, Google or OIDC it signs them in, of a crowd market it lets
 * them in by a study's link.
 */
export const identity = table(
  "identity",
  {
    provider: text(),
    /** The provider's own, unchanging name of the account. */
    subject: text(),
    userId: ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.subject] }), index("identity_user").on(t.userId)],
);

/** A person's role in one campaign, besides the one they have in all. */
export const member = table(
  "member",
  {
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    userId: ref<Ids.UserId>(() => user.id),
    role: text<CampaignRole>(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.userId] }), index("member_user").on(t.userId)],
);

/** A change: who, what, when, before and after. Append-only, written in the transaction of the change. */
export const audit = table(
  "audit",
  {
    id: id<Ids.AuditId>(),
    /** Absent for what the install did by itself. */
    actorId: optional.ref<Ids.UserId>(() => user.id),
    action: text<AuditAction>(),
    targetId: text(),
    /** What it was called then. */
    targetName: text(),
    campaignId: optional.ref<Ids.CampaignId>(() => campaign.id),
    before: optional.json<Facts>(),
    after: optional.json<Facts>(),
    createdAt: createdAt(),
  },
  (t) => [
    index("audit_time").on(t.createdAt),
    index("audit_target").on(t.targetId),
    index("audit_actor").on(t.actorId),
  ],
);

/** What labelers agree to before they work. A new version is asked of everybody again. */
export const consent = table(
  "consent",
  {
    id: id<Ids.ConsentId>(),
    version: integer(),
    /** Markdown; empty from where on nothing is asked any more. */
    text: text(),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [unique("consent_version").on(t.version)],
);

/** Who agreed to which version, and when. */
export const agreement = table(
  "agreement",
  {
    consentId: ref<Ids.ConsentId>(() => consent.id),
    userId: ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.consentId, t.userId] })],
);

/** A campaign's door for a crowd market's workers: so many tasks, then a completion code. */
export const study = table(
  "study",
  {
    id: id<Ids.StudyId>(),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    name: text(),
    market: text<CrowdMarket>(),
    /** Rankings that earn the completion code. */
    tasks: integer(),
    /** The one code that the market gave for all; absent where each worker gets one of their own. */
    code: optional.text(),
    /** Where workers go back to, for a market whose address is not known. */
    returnUrl: optional.text(),
    status: text<"open" | "closed">(),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [index("study_campaign").on(t.campaignId)],
);

/** One worker's part in a study. */
export const participation = table(
  "participation",
  {
    id: id<Ids.ParticipationId>(),
    studyId: ref<Ids.StudyId>(() => study.id),
    userId: ref<Ids.UserId>(() => user.id),
    /** The market's name of this submission (Prolific SESSION_ID, MTurk assignmentId). */
    submission: optional.text(),
    /** Where MTurk wants the submission: one of its own hosts. */
    submitTo: optional.text(),
    code: text(),
    completedAt: optional.timestamp(),
    createdAt: createdAt(),
  },
  (t) => [unique("participation_user").on(t.studyId, t.userId)],
);
