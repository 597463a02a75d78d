"use client";

import { useEffect, useRef } from "react";
import { useTRPCClient } from "@/app/lib/trpc";
import type { LabelerTask } from "@/server/services/labeling";
import type { RankingDraft } from "@/server/domain/assignment";
import { keepDraft } from "./kept";
import type { DraftState } from "./use-placement";
import { type Spent, withSeconds } from "./spent";

const saveAfter = 800;
const renewEvery = 4 * 60_000;

interface DraftSync {
  assignmentId: LabelerTask["assignmentId"];
  state: DraftState;
  spent: () => Spent;
  present: () => boolean;
  /** Others filled the task: what is submitted now would be late. */
  onLost: (lost: boolean) => void;
}

/**
 * Keeps every change in the browser at once and on the server within 2 s, and the lease while
 * somebody is there. A lost network is no concern: the next change or heartbeat tries again.
 */
export function useDraftSync({ assignmentId, state, spent, present, onLost }: DraftSync): void {
  const client = useTRPCClient();
  const { version, placement, comment, ratings } = state;
  const saved = useRef(version);

  useEffect(() => {
    if (version === saved.current) return;
    const { seconds, each } = spent();
    const draft: RankingDraft = {
      ...placement,
      comment,
      version,
      ratings: withSeconds(ratings, each),
      seconds,
    };
    keepDraft(assignmentId, draft);
    const save = async () => {
      try {
        const lease = await client.labeling.saveDraft.mutate({ assignmentId, draft });
        saved.current = Math.max(saved.current, lease.version);
        onLost(!lease.held);
      } catch {
        // kept in the browser; the next change sends it along
      }
    };
    const timer = setTimeout(() => void save(), saveAfter);
    return () => clearTimeout(timer);
  }, [assignmentId, client, comment, onLost, placement, ratings, spent, version]);

  useEffect(() => {
    const renew = async () => {
      if (!present()) return;
      try {
        onLost(!(await client.labeling.renew.mutate({ assignmentId })).held);
      } catch {
        // no network: the next heartbeat tells
      }
    };
    const timer = setInterval(() => void renew(), renewEvery);
    const onReturn = () => {
      if (document.visibilityState === "visible") void renew();
    };
    document.addEventListener("visibilitychange", onReturn);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onReturn);
    };
  }, [assignmentId, client, onLost, present]);
}
