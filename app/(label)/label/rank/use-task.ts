"use client";

import { useEffect, useRef } from "react";
import type { LabelerTask } from "@/server/services/labeling";
import { keptDraft, type Parcel } from "./kept";
import { groupsOf } from "./placement";
import { spentBefore, withSeconds } from "./spent";
import { useDraftSync } from "./use-draft-sync";
import type { Trouble } from "./use-outbox";
import { usePlacement } from "./use-placement";
import { useReadingTime } from "./use-reading-time";

export interface TaskProps {
  task: LabelerTask;
  /** A sample, or a quiz: nothing of it goes to the server before it is submitted. */
  rehearsal?: "sample" | "quiz";
  onSubmit: (parcel: Parcel) => void;
  onSkip: () => void;
  onHelp: () => void;
  onLost: (lost: boolean) => void;
  onTrouble: (trouble: Trouble) => void;
}

/** What a labeler has said of a task so far, kept in the browser and on the server, and how it is sent. */
export function useTask({ task, rehearsal, onLost, onTrouble }: TaskProps) {
  const { assignmentId } = task;
  const [state, dispatch] = usePlacement(task.draft);
  const { spent, present, raise } = useReadingTime(spentBefore(task.draft));
  const finished = useRef(false);
  useDraftSync({
    assignmentId,
    rehearsal: rehearsal !== undefined,
    state,
    spent,
    present,
    finished: () => finished.current,
    onLost,
    onTrouble,
    onNewer: (draft) => dispatch({ type: "restore", draft }),
    onRenumbered: (kept) => dispatch({ type: "renumber", ...kept }),
  });
  useEffect(() => {
    const kept = keptDraft(assignmentId);
    if (!kept) return;
    raise(spentBefore(kept));
    dispatch({ type: "restore", draft: kept });
  }, [assignmentId, dispatch, raise]);

  /** The finished ranking, to be handed over. */
  const parcel = (): Parcel => {
    finished.current = true;
    const { placement, ratings } = state;
    const { notRankable, noneAcceptable, preference } = placement;
    const comment = state.comment.trim();
    const { seconds, each } = spent();
    return {
      assignmentId,
      ranking: {
        groups: groupsOf(placement),
        notRankable,
        noneAcceptable,
        ...(preference === undefined ? {} : { preference }),
        ...(comment ? { comment } : {}),
        ratings: withSeconds(ratings, each),
        seconds: Math.round(seconds),
      },
    };
  };
  return { state, dispatch, parcel };
}
