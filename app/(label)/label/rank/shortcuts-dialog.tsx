"use client";

import { useT } from "@/app/lib/i18n/client";
import { Dialog } from "@/app/ui/dialog";
import { Kbd } from "@/app/ui/kbd";
import type { Asked } from "@/server/domain/asked";

type Line = [keys: string[], meaning: string];

interface ShortcutsProps {
  open: boolean;
  onClose: () => void;
  slots: number;
  asked: Asked | undefined;
}

/** What every key does. */
export function ShortcutsDialog(props: ShortcutsProps) {
  const t = useT();
  const lines: Line[] = [
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
    ...(props.asked?.quality ? [[["q", "1", "…", "7"], t("rating.keys.quality")] as Line] : []),
    ...(props.asked?.flags.length ? [[["g"], t("rating.keys.flags")] as Line] : []),
    [["s"], t("rank.keys.skip")],
    [["Enter"], t("rank.keys.submit")],
    [["?"], t("rank.keys.help")],
  ];
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t("rank.shortcuts")}>
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
