import type { DeskKey } from "../rank/desk-keys";
import { deskKey } from "../rank/desk-keys";

/** What a key does on the comparison page. */
export type CompareKey =
  | { type: "point"; place: number }
  | { type: "lean"; by: -1 | 1 }
  | {
      type:
        | "tie"
        | "withdraw"
        | "unjudged"
        | "together"
        | Extract<DeskKey["type"], "none" | "undo" | "redo" | "diff" | "submit" | "skip" | "help">;
    };

const own: Record<string, CompareKey> = {
  ArrowLeft: { type: "lean", by: -1 },
  ArrowRight: { type: "lean", by: 1 },
  "0": { type: "tie" },
  "=": { type: "tie" },
  Backspace: { type: "withdraw" },
  Delete: { type: "withdraw" },
  x: { type: "unjudged" },
  p: { type: "together" },
};

/** The meaning of a key press on a scale of so many points; null for a key that is the browser's. */
export function compareKey(press: Parameters<typeof deskKey>[0], steps: number): CompareKey | null {
  const held = press.ctrlKey || press.metaKey || press.altKey;
  if (!held && own[press.key]) return own[press.key];
  const key = deskKey(press, steps);
  switch (key?.type) {
    case "rank":
      return { type: "point", place: key.slot };
    case "none":
    case "undo":
    case "redo":
    case "diff":
    case "submit":
    case "skip":
    case "help":
      return { type: key.type };
    default:
      return null;
  }
}
