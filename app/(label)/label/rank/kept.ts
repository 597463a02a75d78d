"use client";

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

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null; // spoiled: the server's copy is what is left
  }
}

function read(key: string): unknown {
  try {
    return parsed(localStorage.getItem(key));
  } catch {
    return null; // storage forbidden: the server's copy is what is left
  }
}

function keep(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // storage full or forbidden: the server's copy, at most 2 s old, is what is left
  }
}

/** What is kept in this browser: drafts at once, and finished rankings until the server has them. */
export const keptDraft = (assignmentId: string): RankingDraft | null =>
  read(draftKey(assignmentId)) as RankingDraft | null;
export const keepDraft = (assignmentId: string, draft: RankingDraft | null) =>
  keep(draftKey(assignmentId), draft);

export const keepParcel = (userId: string, parcel: Parcel) =>
  keep(outboxPrefix(userId) + parcel.assignmentId, parcel);
export const dropParcel = (userId: string, assignmentId: string) =>
  keep(outboxPrefix(userId) + assignmentId, null);
/** Every finished ranking that waits, of this tab and of others. */
export function keptOutbox(userId: string): Parcel[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(outboxPrefix(userId)))
      .flatMap((key) => (read(key) as Parcel | null) ?? []);
  } catch {
    return []; // storage forbidden
  }
}

function onStorage(hear: (key: string, kept: string) => void): () => void {
  const listen = ({ key, newValue }: StorageEvent) => {
    if (key !== null && newValue !== null) hear(key, newValue);
  };
  addEventListener("storage", listen);
  return () => removeEventListener("storage", listen);
}

/** Tells of every draft of a task that another tab keeps. @returns what ends it */
export const onDraftElsewhere = (assignmentId: string, hear: (draft: RankingDraft) => void) =>
  onStorage((key, kept) => {
    if (key !== draftKey(assignmentId)) return;
    const draft = parsed(kept) as RankingDraft | null;
    if (draft) hear(draft);
  });

/** Tells of every task that is finished in another tab. @returns what ends it */
export const onParcelElsewhere = (userId: string, hear: (assignmentId: string) => void) =>
  onStorage((key) => {
    if (key.startsWith(outboxPrefix(userId))) hear(key.slice(outboxPrefix(userId).length));
  });
