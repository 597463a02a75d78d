/* oxlint-disable typescript/no-unnecessary-type-parameters -- the type parameter is the brand */
import { z } from "zod";

/** An id of one noun; the brand keeps a task's id from being passed where a user's is meant. */
const id = <Brand extends string>() => z.string().min(1).max(64).brand<Brand>();

export const zUserId = id<"UserId">();
export type UserId = z.infer<typeof zUserId>;
export const zInviteId = id<"InviteId">();
export type InviteId = z.infer<typeof zInviteId>;
export const zCampaignId = id<"CampaignId">();
export type CampaignId = z.infer<typeof zCampaignId>;
export const zRoundId = id<"RoundId">();
export type RoundId = z.infer<typeof zRoundId>;
export const zPromptId = id<"PromptId">();
export type PromptId = z.infer<typeof zPromptId>;
export const zImportId = id<"ImportId">();
export type ImportId = z.infer<typeof zImportId>;
export const zDemonstrationId = id<"DemonstrationId">();
export type DemonstrationId = z.infer<typeof zDemonstrationId>;
export const zCompletionId = id<"CompletionId">();
export type CompletionId = z.infer<typeof zCompletionId>;
export const zTaskId = id<"TaskId">();
export type TaskId = z.infer<typeof zTaskId>;
export const zAssignmentId = id<"AssignmentId">();
export type AssignmentId = z.infer<typeof zAssignmentId>;
export const zGoldId = id<"GoldId">();
export type GoldId = z.infer<typeof zGoldId>;
export const zRankingId = id<"RankingId">();
export type RankingId = z.infer<typeof zRankingId>;
export const zAdjudicationId = id<"AdjudicationId">();
export type AdjudicationId = z.infer<typeof zAdjudicationId>;
export const zNoticeId = id<"NoticeId">();
export type NoticeId = z.infer<typeof zNoticeId>;
export const zSnapshotId = id<"SnapshotId">();
export type SnapshotId = z.infer<typeof zSnapshotId>;
export const zModelId = id<"ModelId">();
export type ModelId = z.infer<typeof zModelId>;
export const zRunId = id<"RunId">();
export type RunId = z.infer<typeof zRunId>;
export const zJobId = id<"JobId">();
export type JobId = z.infer<typeof zJobId>;
export const zSessionId = id<"SessionId">();
export type SessionId = z.infer<typeof zSessionId>;
export const zQuizId = id<"QuizId">();
export type QuizId = z.infer<typeof zQuizId>;
export const zAuditId = id<"AuditId">();
export type AuditId = z.infer<typeof zAuditId>;
export const zConsentId = id<"ConsentId">();
export type ConsentId = z.infer<typeof zConsentId>;
export const zStudyId = id<"StudyId">();
export type StudyId = z.infer<typeof zStudyId>;
export const zParticipationId = id<"ParticipationId">();
export type ParticipationId = z.infer<typeof zParticipationId>;

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

/** A fresh random id, 103 bits in 20 lower-case characters: says nothing about order, author or origin. */
export function newId<Id extends string>(): Id {
  let text = "";
  while (text.length < 20) {
    // 252 = 7 · 36: bytes above it would favour the first characters
    for (const byte of globalThis.crypto.getRandomValues(new Uint8Array(24)))
      if (byte < 252 && text.length < 20) text += alphabet[byte % 36];
  }
  return text as Id;
}
