import { useEffect, useRef } from "react";
import { type CompareKey, compareKey } from "./compare-keys";

/** The scale's own radio buttons: of all fields only they leave the desk its keys. */
const onScale = "[data-scale] input";
const fields = "input, textarea, select, dialog, summary, [contenteditable]";

/** Hears the page's keys wherever the keyboard is, but in fields and dialogs. */
export function useCompareKeys(steps: number, act: (key: CompareKey) => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const on = event.target as HTMLElement;
      const scale = on.matches(onScale);
      if (event.key === "Escape" && on.matches("input, textarea")) return on.blur();
      if (on.closest(fields) && !scale) return;
      const key = compareKey(event, steps);
      if (!key) return;
      // what scrolls sideways is scrolled
      if (key.type === "lean" && on.matches("pre, table, [data-text] *")) return;
      if (key.type === "submit" && on.closest("button, a")) return;
      latest.current(key);
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [steps]);
}
