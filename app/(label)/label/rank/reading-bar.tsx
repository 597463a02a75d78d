"use client";

import { AArrowDown, AArrowUp, BookOpenText, GitCompareArrows } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Kbd } from "@/app/ui/kbd";
import type { DeskKey } from "./desk-keys";
import { textSizes } from "./reading-aids";
import type { Reading } from "./use-reading";

interface ReadingBarProps {
  slots: number;
  short: boolean;
  reading: Reading;
  onKey: (key: DeskKey) => void;
}

/** Above the completions: what the keys do, the size of the texts, and the difference of two. */
export function ReadingBar({ slots, short, reading, onKey }: ReadingBarProps) {
  const { size, pinned, oneByOne } = reading;
  const t = useT();
  return (
    <div className="mb-3">
      <p id="rank-keys" className="text-sm text-muted pointer-coarse:hidden">
        {t("rank.hint", { slots })}
      </p>
      <div className="-mx-3 flex flex-wrap items-center">
        <Button
          look="quiet"
          icon={<GitCompareArrows aria-hidden className="size-4" />}
          onClick={() => onKey({ type: "diff" })}
        >
          {t("rank.diff")}{" "}
          <span className="pointer-coarse:hidden">
            <Kbd>d</Kbd>
          </span>
        </Button>
        <Button
          look="quiet"
          aria-label={t("rank.size.smaller")}
          title={t("rank.size.smaller")}
          disabled={size === textSizes[0]}
          onClick={() => reading.resize(-1)}
        >
          <AArrowDown aria-hidden className="size-4" />
        </Button>
        <Button
          look="quiet"
          aria-label={t("rank.size.larger")}
          title={t("rank.size.larger")}
          disabled={size === textSizes.at(-1)}
          onClick={() => reading.resize(1)}
        >
          <AArrowUp aria-hidden className="size-4" />
        </Button>
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
      </div>
    </div>
  );
}
