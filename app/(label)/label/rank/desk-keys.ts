/** What a key does on the ranking page. */
export type DeskKey =
  | { type: "rank"; slot: number }
  | { type: "focus"; by: -1 | 1 }
  | { type: "nudge"; by: -1 | 1 }
  | {
      type:
        | "tie"
        | "tie-rest"
        | "take-off"
        | "not-rankable"
        | "none"
        | "undo"
        | "redo"
        | "submit"
        | "skip"
        | "diff"
        | "pin"
        | "fold"
        | "quality"
        | "flags"
        | "help";
    };

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const simple: Record<string, DeskKey> = {
  ArrowLeft: { type: "focus", by: -1 },
  ArrowRight: { type: "focus", by: 1 },
  ArrowUp: { type: "nudge", by: -1 },
  ArrowDown: { type: "nudge", by: 1 },
  "=": { type: "tie" },
  t: { type: "tie-rest" },
  "0": { type: "take-off" },
  Backspace: { type: "take-off" },
  Delete: { type: "take-off" },
  x: { type: "not-rankable" },
  n: { type: "none" },
  u: { type: "undo" },
  U: { type: "redo" },
  r: { type: "redo" },
  d: { type: "diff" },
  p: { type: "pin" },
  f: { type: "fold" },
  q: { type: "quality" },
  g: { type: "flags" },
  s: { type: "skip" },
  Enter: { type: "submit" },
  "?": { type: "help" },
};

/** The meaning of a key press among `slots` ranks; null for a key that is the browser's. */
export function deskKey(press: Press, slots: number): DeskKey | null {
  const { key } = press;
  const system = (press.ctrlKey || press.metaKey) && !press.altKey;
  if (system && key.toLowerCase() === "z") return { type: press.shiftKey ? "redo" : "undo" };
  // Ctrl alone: with the command key of a Mac it opens the browser's history
  if (system && !press.metaKey && key.toLowerCase() === "y") return { type: "redo" };
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (/^[1-9]$/.test(key)) return Number(key) <= slots ? { type: "rank", slot: Number(key) } : null;
  return simple[key] ?? null;
}
