"use client";

import { TRPCClientError } from "@trpc/client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTRPCClient } from "@/app/lib/trpc";
import type { AppRouter } from "@/server/api/root";
import { isFinal, isForbidden, isSignedOut } from "@/app/lib/error-message";
import {
  dropParcel,
  keepDraft,
  keepParcel,
  keptOutbox,
  onParcelElsewhere,
  type Parcel,
} from "./kept";

/** A call that hangs so long is tried again, and the network taken for gone. */
export const hangsAfter = 20_000;

export type Trouble = "offline" | "signed-out" | "forbidden" | null;

/** A role may be given back. */
const askAgainAfter = 15_000;

export interface Outbox {
  /** Finished rankings that the server has not confirmed yet. */
  waiting: number;
  /** All that was handed over here, confirmed or not: what the server may still take for unfinished. */
  sent: readonly string[];
  /** Why they wait: the last try found no server, nobody signed in, or somebody whose role does not reach. */
  trouble: Trouble;
  /** Hands a ranking over: from here on it is not lost. */
  send: (parcel: Parcel) => void;
}

interface Handlers {
  onTaken: (outcome: "accepted" | "late") => void;
  onRefused: (message: string) => void;
}

/**
 * Sends finished rankings one after the other, again until the server has them; the labeler goes on
 * meanwhile. Submitting twice is harmless, so that a lost answer is no matter.
 */
export function useOutbox(userId: string, handlers: Handlers): Outbox {
  const client = useTRPCClient();
  const [parcels, setParcels] = useState<Parcel[]>([]);
  const [sent, setSent] = useState<readonly string[]>([]);
  const [trouble, setTrouble] = useState<Trouble>(null);
  const queue = useRef<Parcel[]>([]);
  /** Refused for want of a role: sent again after a while. */
  const shelved = useRef<{ parcel: Parcel; at: number }[]>([]);
  const sending = useRef(false);
  const told = useRef(handlers);
  useEffect(() => {
    told.current = handlers;
  });

  const change = useCallback((next: Parcel[]) => {
    queue.current = next;
    setParcels(next);
    setSent((before) => [...new Set([...before, ...next.map((parcel) => parcel.assignmentId)])]);
  }, []);

  const flush = useCallback(async () => {
    if (sending.current) return;
    sending.current = true;
    try {
      for (let parcel = queue.current[0]; parcel; parcel = queue.current[0]) {
        const { assignmentId, ranking } = parcel;
        let refused: TRPCClientError<AppRouter> | null = null;
        let outcome: "accepted" | "late" | null = null;
        try {
          const signal = AbortSignal.timeout(hangsAfter);
          ({ outcome } = await client.labeling.submit.mutate(
            { assignmentId, ranking },
            { signal },
          ));
        } catch (error) {
          if (isSignedOut(error)) return setTrouble("signed-out");
          if (isForbidden(error)) {
            // whoever took the role away may give it back: kept, and in the way of nothing else
            shelved.current.push({ parcel, at: performance.now() });
            change(queue.current.slice(1));
            continue;
          }
          if (!isFinal(error)) return setTrouble("offline");
          refused = TRPCClientError.from<AppRouter>(error as TRPCClientError<AppRouter>);
        }
        dropParcel(userId, assignmentId);
        change(queue.current.slice(1));
        // what lacks something comes again, with all that was done
        if (refused?.data?.httpStatus === 400)
          setSent((before) => before.filter((id) => id !== assignmentId));
        else keepDraft(assignmentId, null);
        if (outcome) told.current.onTaken(outcome);
        else if (refused) told.current.onRefused(refused.message);
      }
      setTrouble(shelved.current.length > 0 ? "forbidden" : null);
    } finally {
      sending.current = false;
    }
  }, [change, client, userId]);

  useEffect(() => {
    // what a closed tab or a lost network left behind; sending what another tab sends too is harmless
    const again = () => {
      const due = shelved.current.filter(({ at }) => performance.now() - at > askAgainAfter);
      shelved.current = shelved.current.filter((one) => !due.includes(one));
      if (due.length > 0) change([...queue.current, ...due.map(({ parcel }) => parcel)]);
      const inHand = [...queue.current, ...shelved.current.map(({ parcel }) => parcel)];
      const known = new Set(inHand.map((parcel) => parcel.assignmentId));
      const left = keptOutbox(userId).filter((parcel) => !known.has(parcel.assignmentId));
      if (left.length > 0) change([...queue.current, ...left]);
      void flush();
    };
    again();
    const timer = setInterval(again, 5000);
    addEventListener("online", again);
    // finished in another tab: not to be done again here
    const deaf = onParcelElsewhere(userId, (assignmentId) =>
      setSent((before) => [...before, assignmentId]),
    );
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
      deaf();
    };
  }, [change, flush, userId]);

  const send = useCallback(
    (parcel: Parcel) => {
      keepParcel(userId, parcel);
      change([...queue.current, parcel]);
      void flush();
    },
    [change, flush, userId],
  );
  return { waiting: parcels.length, sent, trouble, send };
}
