"use client";

import { TRPCClientError } from "@trpc/client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTRPCClient } from "@/app/lib/trpc";
import { isFinal, isSignedOut } from "@/app/lib/error-message";
import { keepDraft, keepOutbox, keptOutbox, type Parcel } from "./kept";

export interface Outbox {
  /** Finished rankings that the server has not confirmed yet. */
  waiting: number;
  /** All that was handed over here, confirmed or not: what the server may still take for unfinished. */
  sent: readonly string[];
  /** Why they wait: the last try found no server, or nobody signed in. */
  trouble: "offline" | "signed-out" | null;
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
  const [trouble, setTrouble] = useState<Outbox["trouble"]>(null);
  const queue = useRef<Parcel[]>([]);
  const sending = useRef(false);
  const told = useRef(handlers);
  useEffect(() => {
    told.current = handlers;
  });

  const change = useCallback(
    (next: Parcel[]) => {
      queue.current = next;
      keepOutbox(userId, next);
      setParcels(next);
      setSent((before) => [...new Set([...before, ...next.map((parcel) => parcel.assignmentId)])]);
    },
    [userId],
  );

  const flush = useCallback(async () => {
    if (sending.current) return;
    sending.current = true;
    try {
      for (let parcel = queue.current[0]; parcel; parcel = queue.current[0]) {
        const { assignmentId, ranking } = parcel;
        let refused: string | null = null;
        let outcome: "accepted" | "late" | null = null;
        try {
          ({ outcome } = await client.labeling.submit.mutate({ assignmentId, ranking }));
        } catch (error) {
          if (isSignedOut(error)) return setTrouble("signed-out");
          if (!isFinal(error)) return setTrouble("offline");
          refused = error instanceof TRPCClientError ? error.message : String(error);
        }
        setTrouble(null);
        keepDraft(assignmentId, null);
        change(queue.current.slice(1));
        if (outcome) told.current.onTaken(outcome);
        else if (refused !== null) told.current.onRefused(refused);
      }
    } finally {
      sending.current = false;
    }
  }, [change, client]);

  useEffect(() => {
    // what a closed tab or a lost network left behind
    const pickUp = async () => {
      change(keptOutbox(userId));
      await flush();
    };
    void pickUp();
    const again = () => void flush();
    const timer = setInterval(again, 5000);
    addEventListener("online", again);
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
    };
  }, [change, flush, userId]);

  const send = useCallback(
    (parcel: Parcel) => {
      change([...queue.current, parcel]);
      void flush();
    },
    [change, flush],
  );
  return { waiting: parcels.length, sent, trouble, send };
}
