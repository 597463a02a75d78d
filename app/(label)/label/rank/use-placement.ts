"use client";

import { useReducer } from "react";
import type { RankingDraft } from "@/server/domain/assignment";
import type { Ratings } from "@/server/domain/ratings-schema";
import { nothingSaid } from "@/server/domain/unsaid";
import { nothingPlaced, type Placement } from "./placement";

/** A ranking in the making, with the way back. */
export interface DraftState {
  placement: Placement;
  comment: string;
  /** What is said besides the order; undo leaves it as it is. */
  ratings: Ratings;
  /** Grows with every change. */
  version: number;
  past: Placement[];
  future: Placement[];
}

export type DraftAction =
  | { type: "change"; change: (placement: Placement) => Placement }
  | { type: "comment"; comment: string }
  | { type: "rate"; change: (ratings: Ratings) => Ratings }
  | { type: "undo" }
  | { type: "redo" }
  /** A copy that was kept elsewhere and may be newer. */
  | { type: "restore"; draft: RankingDraft };

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
  };
}

export function reduceDraft(state: DraftState, action: DraftAction): DraftState {
  const { placement, past, future } = state;
  const version = state.version + 1;
  switch (action.type) {
    case "change": {
      const next = action.change(placement);
      if (JSON.stringify(next) === JSON.stringify(placement)) return state;
      return { ...state, version, placement: next, past: [...past, placement], future: [] };
    }
    case "comment":
      return { ...state, version, comment: action.comment };
    case "rate":
      return { ...state, version, ratings: action.change(state.ratings) };
    case "undo": {
      const before = past.at(-1);
      if (!before) return state;
      return {
        ...state,
        version,
        placement: before,
        past: past.slice(0, -1),
        future: [placement, ...future],
      };
    }
    case "redo": {
      const [after, ...rest] = future;
      if (!after) return state;
      return { ...state, version, placement: after, past: [...past, placement], future: rest };
    }
    case "restore":
      return action.draft.version > state.version ? draftState(action.draft) : state;
  }
}

export const usePlacement = (draft: RankingDraft | null) =>
  useReducer(reduceDraft, draft, draftState);
