"use client";

import { BookOpenText } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import type { DeskKey } from "./desk-keys";
import { ReadingTools } from "./reading-tools";
import type { Reading } from "./use-reading";

interface ReadingBarProps {
  slots: number;
  short: boolean;
  reading: Reading;
  onKey: (key: DeskKey) => void;
}

/** Above the completions: what the keys do, the size of the texts, and the difference of two. */
export function ReadingBar({ slots, short, reading, onKey }: ReadingBarProps) {
  const { pinned, oneByOne } = reading;
  const t = useT();
  return (
    <div className="mb-3">
      <p id="rank-keys" className="text-sm text-muted pointer-coarse:hidden">
        {t("rank.hint", { slots })}
      </p>
      <ReadingTools reading={reading} onDiff={() => onKey({ type: "diff" })}>
        {short ? null : (
          <Button
            look="quiet"
            className="sm:hidden"
            icon={<BookOpenText aria-hidden className="size-4" />}
            onClick={() => reading.setOneByOne(!oneByOne)}
          >
            {t(oneByOne ? "rank.allAtOnce" : "rank.oneByOne")}
          </Button>
        )}
        {pinned.length === 1 ? (
          <span className="px-3 text-sm text-muted">
            {t("rank.pin.another", { letter: pinned[0] })}
          </span>
        ) : null}
      </ReadingTools>
    </div>
  );
}
