"use client";

import { useEffect, useEffectEvent, useRef } from "react";

/** Whether keys are being typed into something, or a dialog has them. */
function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open]")) return true;
  return target instanceof Element && target.closest("input, textarea, select") !== null;
}

/**
 * Goes through a list by keyboard: j and k focus the item after and before; another letter presses the
 * button with that `data-key` in the item that has the focus, or in the first.
 * @returns a ref for the list; its children are the items and can be focused
 */
export function useQueueKeys<List extends HTMLElement>() {
  const list = useRef<List>(null);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
    const items = [...(list.current?.children ?? [])];
    const at = items.findIndex((item) => item.contains(document.activeElement));
    if (event.key === "j" || event.key === "k") {
      const step = event.key === "j" ? 1 : -1;
      const item = items[Math.max(0, Math.min(items.length - 1, at + step))];
      if (!(item instanceof HTMLElement)) return;
      event.preventDefault();
      item.focus({ preventScroll: true });
      item.scrollIntoView({ block: "nearest" });
    } else if (/^[a-z]$/.test(event.key)) {
      const button = items[Math.max(0, at)]?.querySelector(`[data-key="${event.key}"]`);
      if (!(button instanceof HTMLButtonElement)) return;
      event.preventDefault(); // or the key would be typed into the field that it opens
      button.click();
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  return list;
}
