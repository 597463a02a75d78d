"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Asked } from "@/server/domain/asked";
import { type KeyLine, KeysDialog } from "../keys-dialog";

interface ShortcutsProps {
  open: boolean;
  onClose: () => void;
  slots: number;
  asked: Asked;
  /** Whether the task may be given up. */
  skips: boolean;
}

/** What every key does. */
export function ShortcutsDialog(props: ShortcutsProps) {
  const t = useT();
  const lines: KeyLine[] = [
    [["1", "…", String(props.slots)], t("rank.keys.rank")],
    [["←", "→"], t("rank.keys.focus")],
    [["↑", "↓"], t("rank.keys.nudge")],
    [["="], t("rank.keys.tie")],
    [["t"], t("rank.keys.tieRest")],
    [["x"], t("rank.keys.notRankable")],
    [["0"], t("rank.keys.takeOff")],
    [["n"], t("rank.keys.none")],
    [["u", "/", "Ctrl Z"], t("rank.keys.undo")],
    [["r", "/", "U", "/", "Ctrl Y"], t("rank.keys.redo")],
    [["d"], t("rank.keys.diff")],
    [["p"], t("rank.keys.pin")],
    [["f"], t("rank.keys.fold")],
    ...(props.asked.quality ? [[["q", "1", "…", "7"], t("rating.keys.quality")] as const] : []),
    ...(props.asked.flags.length ? [[["g"], t("rating.keys.flags")] as const] : []),
    ...(props.skips ? [[["s"], t("rank.keys.skip")] as const] : []),
    [["Enter"], t("rank.keys.submit")],
    [["?"], t("rank.keys.help")],
  ];
  return <KeysDialog open={props.open} onClose={props.onClose} lines={lines} />;
}
