"use client";

import { onStorage, parsed, readStored, store, storedKeys } from "@/app/lib/storage";
import type { RankingDraft } from "@/server/domain/assignment";
import type { AssignmentId } from "@/server/domain/ids";
import type { Letter } from "@/server/domain/ranking";
import type { Ratings } from "@/server/domain/ratings-schema";

/** A ranking that was finished and whose receipt the server has not confirmed yet. */
export interface Parcel {
  assignmentId: AssignmentId;
  ranking: {
    groups: Letter[][];
    notRankable: Letter[];
    noneAcceptable: boolean;
    /** Of a comparison. */
    preference?: number;
    comment?: string;
    ratings?: Ratings;
    seconds: number;
  };
}

const draftKey = (assignmentId: string) => `revealed-draft:${assignmentId}`;
/** A key for each parcel, so that two tabs never write over each other's. */
const outboxPrefix = (userId: string) => `revealed-outbox:${userId}:`;

/** What is kept in this browser: drafts at once, and finished rankings until the server has them. */
export const keptDraft = (assignmentId: string): RankingDraft | null =>
  readStored(draftKey(assignmentId)) as RankingDraft | null;
export const keepDraft = (assignmentId: string, draft: RankingDraft | null) =>
  store(draftKey(assignmentId), draft);

export const keepParcel = (userId: string, parcel: Parcel) =>
  store(outboxPrefix(userId) + parcel.assignmentId, parcel);
export const dropParcel = (userId: string, assignmentId: string) =>
  store(outboxPrefix(userId) + assignmentId, null);
/** Every finished ranking that waits, of this tab and of others. */
export const keptOutbox = (userId: string): Parcel[] =>
  storedKeys(outboxPrefix(userId)).flatMap((key) => (readStored(key) as Parcel | null) ?? []);

/** Tells of every draft of a task that another tab keeps. @returns what ends it */
export const onDraftElsewhere = (assignmentId: string, hear: (draft: RankingDraft) => void) =>
  onStorage((key, kept) => {
    if (key !== draftKey(assignmentId)) return;
    const draft = parsed(kept) as RankingDraft | null;
    if (draft) hear(draft);
  });

/** Tells of every task that is finished in another tab. @returns what ends it */
export const onParcelElsewhere = (userId: string, hear: (assignmentId: string) => void) =>
  onStorage((key, kept) => {
    if (kept !== null && key.startsWith(outboxPrefix(userId)))
      hear(key.slice(outboxPrefix(userId).length));
  });
