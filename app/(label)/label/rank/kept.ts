"use client";

import type { RankingDraft } from "@/server/domain/assignment";
import type { AssignmentId } from "@/server/domain/ids";
import type { Letter } from "@/server/domain/ranking";
import type { Ratings } from "@/server/domain/ratings";

/** A ranking that was finished and whose receipt the server has not confirmed yet. */
export interface Parcel {
  assignmentId: AssignmentId;
  ranking: {
    groups: Letter[][];
    notRankable: Letter[];
    noneAcceptable: boolean;
    comment?: string;
    ratings?: Ratings;
    seconds: number;
  };
}

const draftKey = (assignmentId: string) => `revealed-draft:${assignmentId}`;
const outboxKey = (userId: string) => `revealed-outbox:${userId}`;

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null; // storage forbidden or spoiled: the server's copy is what is left
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
export const keptDraft = (assignmentId: string) =>
  read(draftKey(assignmentId)) as RankingDraft | null;
export const keepDraft = (assignmentId: string, draft: RankingDraft | null) =>
  keep(draftKey(assignmentId), draft);
export const keptOutbox = (userId: string) => (read(outboxKey(userId)) as Parcel[] | null) ?? [];
export const keepOutbox = (userId: string, parcels: readonly Parcel[]) =>
  keep(outboxKey(userId), parcels.length > 0 ? parcels : null);
