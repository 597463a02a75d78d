"use client";

import { AArrowDown, AArrowUp, GitCompareArrows } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { KeyHint } from "@/app/ui/kbd";
import { textSizes } from "./reading-aids";
import type { Reading } from "./use-reading";

interface ReadingToolsProps {
  reading: Reading;
  onDiff: () => void;
  /** What else helps to read here. */
  children?: ReactNode;
}

/** The difference of two texts, and the size of all. */
export function ReadingTools({ reading, onDiff, children }: ReadingToolsProps) {
  const t = useT();
  return (
    <div className="-mx-3 flex flex-wrap items-center">
      <Button
        look="quiet"
        icon={<GitCompareArrows aria-hidden className="size-4" />}
        onClick={onDiff}
      >
        {t("rank.diff")} <KeyHint>d</KeyHint>
      </Button>
      <Button
        look="quiet"
        aria-label={t("rank.size.smaller")}
        title={t("rank.size.smaller")}
        disabled={reading.size === textSizes[0]}
        onClick={() => reading.resize(-1)}
      >
        <AArrowDown aria-hidden className="size-4" />
      </Button>
      <Button
        look="quiet"
        aria-label={t("rank.size.larger")}
        title={t("rank.size.larger")}
        disabled={reading.size === textSizes.at(-1)}
        onClick={() => reading.resize(1)}
      >
        <AArrowUp aria-hidden className="size-4" />
      </Button>
      {children}
    </div>
  );
}
