"use client";

import { useEffect, useSyncExternalStore } from "react";

/** This browser's storage, which may be full, forbidden or spoiled: then the server's copy is what is left. */

let fails = false;
const watchers = new Set<() => void>();

function tell(now: boolean): void {
  if (now === fails) return;
  fails = now;
  for (const watcher of watchers) watcher();
}

export function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null; // spoiled
  }
}

export function readStored(key: string): unknown {
  try {
    return parsed(localStorage.getItem(key));
  } catch {
    return null; // forbidden
  }
}

/**
 * Keeps a value, or with null forgets it. What cannot be kept is no reason to stop: the labeler is told.
 * @returns whether it is kept
 */
export function store(key: string, value: unknown): boolean {
  try {
    if (value === null) localStorage.removeItem(key);
    else {
      localStorage.setItem(key, JSON.stringify(value));
      tell(false);
    }
    return true;
  } catch {
    tell(true);
    return false;
  }
}

/** The keys that begin so. */
export function storedKeys(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return []; // forbidden
  }
}

/** Tells of what other tabs keep and forget (null). @returns what ends it */
export function onStorage(hear: (key: string, kept: string | null) => void): () => void {
  const listen = ({ key, newValue }: StorageEvent) => {
    if (key !== null) hear(key, newValue);
  };
  addEventListener("storage", listen);
  return () => removeEventListener("storage", listen);
}

const probe = "revealed-probe";

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether this browser keeps nothing: tried at once, and seen at every change that is to be kept. */
export function useStorageFails(): boolean {
  useEffect(() => {
    store(probe, true);
    store(probe, null);
  }, []);
  return useSyncExternalStore(
    watch,
    () => fails,
    () => false,
  );
}
