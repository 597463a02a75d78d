"use client";

import { useEffect, useRef } from "react";
import { type DeskKey, deskKey } from "./desk-keys";

/** Hears the desk's keys wherever the keyboard is, but in fields and dialogs; "pass" leaves a key to the browser. */
export function useDeskKeys(slots: number, act: (key: DeskKey) => "pass" | "done"): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const on = event.target as HTMLElement;
      // out of a completion's field, back on its handle; out of another's, to the desk
      if (
        event.key === "Escape" &&
        on.matches("input, textarea, summary") &&
        !on.closest("dialog")
      ) {
        on.blur();
        on.closest("[data-completion]")?.querySelector("button")?.focus();
      }
      // Enter means nothing to a choice
      const sends =
        event.key === "Enter" &&
        on.matches("input[type=radio], input[type=checkbox]") &&
        !on.closest("dialog");
      if (!sends && on.closest("input, textarea, select, dialog, summary, [contenteditable]"))
        return;
      const key = deskKey(event, slots);
      if (!key) return;
      // a button or a link does its own thing on Enter, unless it is a completion
      if (key.type === "submit" && on.closest("button, a") && !on.closest("[data-completion]"))
        return;
      // arrows move what has the keyboard, else they scroll
      const arrow = key.type === "nudge" || key.type === "focus";
      if (arrow && !on.closest("[data-completion]")) return;
      if (latest.current(key) !== "pass") event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [slots]);
}
