"use client";

import { Link2, Link2Off } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { KeyHint } from "@/app/ui/kbd";
import { ReadingTools } from "../rank/reading-tools";
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
      <ReadingTools reading={reading} onDiff={() => onKey({ type: "diff" })}>
        {together === null ? null : (
          <Button
            look="quiet"
            className="max-md:hidden"
            aria-pressed={together}
            icon={<Together aria-hidden className="size-4" />}
            onClick={() => onKey({ type: "together" })}
          >
            {t(together ? "comparison.together" : "comparison.apart")} <KeyHint>p</KeyHint>
          </Button>
        )}
      </ReadingTools>
    </div>
  );
}
