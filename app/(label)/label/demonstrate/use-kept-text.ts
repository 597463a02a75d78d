"use client";

import { useEffect, useRef, useState } from "react";
import { useTRPCClient } from "@/app/lib/trpc";
import type { DemonstrationTask } from "@/server/services/demonstrations";
import type { Similar } from "@/server/services/demonstrations-similar";

const saveAfter = 1000;
const key = (id: string) => `revealed-demonstration:${id}`;

function keptText(id: string): string | null {
  try {
    return localStorage.getItem(key(id));
  } catch {
    return null; // storage forbidden: the server's copy is what is left
  }
}

function keepText(id: string, text: string): void {
  try {
    localStorage.setItem(key(id), text);
  } catch {
    // storage full or forbidden: the server's copy, a pause old, is what is left
  }
}

/** What was kept here is not needed any more. */
export function forgetText(id: string): void {
  try {
    localStorage.removeItem(key(id));
  } catch {
    // there is nothing to forget
  }
}

export type Kept = { where: "server"; at: Date } | { where: "here" } | null;

/**
 * A text that is kept in the browser with every stroke and on the server after every pause. What is
 * kept here and has not reached the server, as after a lost network, comes back.
 */
export function useKeptText(task: DemonstrationTask) {
  const client = useTRPCClient();
  const { demonstrationId } = task;
  const [text, setText] = useState(task.text);
  const [kept, setKept] = useState<Kept>(null);
  const [similar, setSimilar] = useState<Similar | null>(null);
  const sent = useRef(task.text);

  useEffect(() => {
    const local = keptText(demonstrationId);
    // oxlint-disable-next-line react/set-state-in-effect -- the browser's copy cannot be read while the server renders
    if (local !== null) setText(local);
  }, [demonstrationId]);

  useEffect(() => {
    if (text === sent.current) return;
    const save = async () => {
      try {
        const saved = await client.demonstrations.saveDraft.mutate({ demonstrationId, text });
        sent.current = text;
        forgetText(demonstrationId);
        setKept({ where: "server", at: new Date() });
        setSimilar(saved.similar);
      } catch {
        setKept({ where: "here" });
      }
    };
    const timer = setTimeout(() => void save(), saveAfter);
    return () => clearTimeout(timer);
  }, [client, demonstrationId, text]);

  const write = (next: string) => {
    keepText(demonstrationId, next);
    setText(next);
  };
  return { text, write, kept, similar };
}
