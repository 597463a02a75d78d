"use client";

import { useT } from "@/app/lib/i18n/client";
import { Dialog } from "@/app/ui/dialog";
import { Kbd } from "@/app/ui/kbd";

/** Keys, and what they do; "…" and "/" stand between keys. */
export type KeyLine = readonly [keys: readonly string[], meaning: string];

interface KeysDialogProps {
  open: boolean;
  onClose: () => void;
  lines: readonly KeyLine[];
}

/** What every key does. */
export function KeysDialog({ open, onClose, lines }: KeysDialogProps) {
  const t = useT();
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
