"use client";

import { useReducer } from "react";
import type { RankingDraft } from "@/server/domain/assignment";
import type { Ratings } from "@/server/domain/ratings-schema";
import { nothingSaid } from "@/server/domain/unsaid";
import { nothingPlaced, type Placement } from "./placement";

/** All that a step back brings back; a field of words has its own. */
interface Moment {
  placement: Placement;
  /** What is said besides the order. */
  ratings: Ratings;
}

/** A ranking in the making, with the way back. */
export interface DraftState extends Moment {
  comment: string;
  /** Grows with every change. */
  version: number;
  past: Moment[];
  future: Moment[];
  /** The words that the last change went on writing: all of them are one step. */
  writing: string | null;
}

export type DraftAction =
  | { type: "change"; change: (placement: Placement) => Placement }
  | { type: "comment"; comment: string }
  | { type: "rate"; change: (ratings: Ratings) => Ratings }
  | { type: "undo" }
  | { type: "redo" }
  /** A copy that was kept elsewhere and may be newer. */
  | { type: "restore"; draft: RankingDraft }
  /** The server keeps what was sent as `sent` as `version`: another browser had said something else as `sent`. */
  | { type: "renumber"; sent: number; version: number };

export function draftState(draft: RankingDraft | null): DraftState {
  const { ranks, notRankable, noneAcceptable, preference } = draft ?? nothingPlaced;
  return {
    placement: {
      ranks,
      notRankable,
      noneAcceptable,
      ...(preference !== undefined && { preference }),
    },
    comment: draft?.comment ?? "",
    ratings: draft?.ratings ?? nothingSaid,
    version: draft?.version ?? 0,
    past: [],
    future: [],
    writing: null,
  };
}

/** Which answer in words differs, of those of a completion or of the task. */
function wordsOf(before: Ratings, after: Ratings): string | null {
  const answersOf = (ratings: Ratings) => [
    ...Object.entries(ratings.answers).map(([id, answer]) => [`task ${id}`, answer] as const),
    ...Object.entries(ratings.each).flatMap(([letter, { answers = {} }]) =>
      Object.entries(answers).map(([id, answer]) => [`${letter} ${id}`, answer] as const),
    ),
  ];
  const old = new Map(answersOf(before));
  const changed = answersOf(after).find(
    ([key, answer]) => typeof answer === "string" && old.get(key) !== answer,
  );
  return changed?.[0] ?? null;
}

/** The state after a change that can be undone. */
function after(state: DraftState, next: Moment, writing: string | null): DraftState {
  const { placement, ratings, past } = state;
  const goesOn = writing !== null && writing === state.writing;
  return {
    ...state,
    ...next,
    version: state.version + 1,
    past: goesOn ? past : [...past, { placement, ratings }],
    future: [],
    writing,
  };
}

export function reduceDraft(state: DraftState, action: DraftAction): DraftState {
  const { placement, ratings, past, future } = state;
  const here = { placement, ratings };
  const version = state.version + 1;
  switch (action.type) {
    case "change": {
      const next = action.change(placement);
      if (JSON.stringify(next) === JSON.stringify(placement)) return state;
      return after(state, { placement: next, ratings }, null);
    }
    case "comment":
      return { ...state, version, comment: action.comment };
    case "rate": {
      const next = action.change(ratings);
      if (JSON.stringify(next) === JSON.stringify(ratings)) return state;
      return after(state, { placement, ratings: next }, wordsOf(ratings, next));
    }
    case "undo": {
      const before = past.at(-1);
      if (!before) return state;
      return {
        ...state,
        ...before,
        version,
        past: past.slice(0, -1),
        future: [here, ...future],
        writing: null,
      };
    }
    case "redo": {
      const [next, ...rest] = future;
      if (!next) return state;
      return { ...state, ...next, version, past: [...past, here], future: rest, writing: null };
    }
    case "restore":
      return action.draft.version > state.version ? draftState(action.draft) : state;
    case "renumber": {
      // what was changed meanwhile comes after it
      const since = Math.max(0, state.version - action.sent);
      return { ...state, version: Math.max(state.version, action.version + since) };
    }
  }
}

export const usePlacement = (draft: RankingDraft | null) =>
  useReducer(reduceDraft, draft, draftState);
