"use client";

import { useT } from "@/app/lib/i18n/client";
import { type KeyLine, KeysDialog } from "../keys-dialog";

interface CompareShortcutsProps {
  open: boolean;
  onClose: () => void;
  steps: number;
  skips: boolean;
}

/** What every key does where two answers are compared. */
export function CompareShortcuts({ open, onClose, steps, skips }: CompareShortcutsProps) {
  const t = useT();
  const lines: KeyLine[] = [
    [["1", "…", String(steps)], t("comparison.keys.point")],
    [["←", "→"], t("comparison.keys.lean")],
    [["0", "/", "="], t("comparison.keys.tie")],
    [["x"], t("comparison.keys.unjudged")],
    [["⌫"], t("comparison.keys.withdraw")],
    [["n"], t("comparison.keys.none")],
    [["u", "/", "Ctrl Z"], t("rank.keys.undo")],
    [["r", "/", "U", "/", "Ctrl Y"], t("rank.keys.redo")],
    [["d"], t("comparison.keys.diff")],
    [["p"], t("comparison.keys.together")],
    ...(skips ? [[["s"], t("rank.keys.skip")] as const] : []),
    [["Enter"], t("comparison.keys.submit")],
    [["?"], t("rank.keys.help")],
  ];
  return <KeysDialog open={open} onClose={onClose} lines={lines} />;
}
