"use client";

import { useEffect, useEffectEvent, useRef } from "react";

/** Whether keys are being typed into something, or a dialog has them. */
function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open]")) return true;
  return target instanceof Element && target.closest("input, textarea, select") !== null;
}

/**
 * Goes through a list by keyboard: j and k focus the item after and before, every other letter is for
 * the item that has the focus (or the first, when none has).
 * @param act a key that was pressed, and the place of the item that it is for
 * @returns a ref for the list; its children are the items and can be focused
 */
export function useQueueKeys(length: number, act: (key: string, at: number) => void) {
  const list = useRef<HTMLOListElement & HTMLUListElement>(null);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
    const items = [...(list.current?.children ?? [])];
    const at = items.findIndex((item) => item.contains(document.activeElement));
    if (event.key === "j" || event.key === "k") {
      const next = Math.max(0, Math.min(length - 1, at + (event.key === "j" ? 1 : -1)));
      const item = items[next];
      if (!(item instanceof HTMLElement)) return;
      item.focus({ preventScroll: true });
      item.scrollIntoView({ block: "nearest" });
      event.preventDefault();
    } else if (/^[a-z]$/.test(event.key) && length > 0) {
      event.preventDefault();
      act(event.key, Math.max(0, at));
    }
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return list;
}
