"use client";

import { useT } from "@/app/lib/i18n/client";
import { Dialog } from "@/app/ui/dialog";
import { Kbd } from "@/app/ui/kbd";

interface CompareShortcutsProps {
  open: boolean;
  onClose: () => void;
  steps: number;
}

/** What every key does where two answers are compared. */
export function CompareShortcuts({ open, onClose, steps }: CompareShortcutsProps) {
  const t = useT();
  const lines: [keys: string[], meaning: string][] = [
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
    [["s"], t("rank.keys.skip")],
    [["Enter"], t("comparison.keys.submit")],
    [["?"], t("rank.keys.help")],
  ];
  return (
    <Dialog open={open} onClose={onClose} title={t("rank.shortcuts")}>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-6 gap-y-2 text-sm">
        {lines.map(([keys, meaning]) => (
          <div key={meaning} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (key === "…" || key === "/" ? key : <Kbd key={key}>{key}</Kbd>))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
