"use client";

import { AArrowDown, AArrowUp, GitCompareArrows, Link2, Link2Off } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Kbd } from "@/app/ui/kbd";
import { textSizes } from "../rank/reading-aids";
import type { Reading } from "../rank/use-reading";
import type { CompareKey } from "./compare-keys";

interface ComparisonBarProps {
  steps: number;
  reading: Reading;
  /** Whether both scroll as one; null where nothing scrolls. */
  together: boolean | null;
  onKey: (key: CompareKey) => void;
}

/** Above the answers: what the keys do, the difference of the two, the size of the texts, and scrolling as one. */
export function ComparisonBar({ steps, reading, together, onKey }: ComparisonBarProps) {
  const t = useT();
  const Together = together ? Link2 : Link2Off;
  return (
    <div className="mb-3">
      <p className="text-sm text-muted pointer-coarse:hidden">{t("comparison.hint", { steps })}</p>
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
        {together === null ? null : (
          <Button
            look="quiet"
            className="max-md:hidden"
            aria-pressed={together}
            icon={<Together aria-hidden className="size-4" />}
            onClick={() => onKey({ type: "together" })}
          >
            {t(together ? "comparison.together" : "comparison.apart")}{" "}
            <span className="pointer-coarse:hidden">
              <Kbd>p</Kbd>
            </span>
          </Button>
        )}
      </div>
    </div>
  );
}
