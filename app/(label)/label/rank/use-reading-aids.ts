"use client";

import { useMemo, useSyncExternalStore } from "react";
import { parseReading, type ReadingAids } from "./reading-aids";

const key = "revealed-reading";
const listeners = new Set<() => void>();
/** What holds where the browser forbids storage: until the page is left. */
let unstored: string | null = null;

function read(): string | null {
  try {
    return localStorage.getItem(key) ?? unstored;
  } catch {
    return unstored;
  }
}

function keep(aids: ReadingAids): void {
  unstored = JSON.stringify(aids);
  try {
    localStorage.setItem(key, unstored);
  } catch {
    // storage full or forbidden: remembered until the page is left
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

/** How somebody reads on this device, remembered over tasks and visits and the same in every tab. */
export function useReadingAids() {
  const kept = useSyncExternalStore(subscribe, read, () => null);
  const aids = useMemo(() => parseReading(kept), [kept]);
  const change = (next: (aids: ReadingAids) => ReadingAids) => keep(next(parseReading(read())));
  return { aids, change };
}
