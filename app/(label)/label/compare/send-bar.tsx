"use client";

import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { cx } from "@/app/ui/class-names";
import { KeyHint } from "@/app/ui/kbd";
import type { CompareKey } from "./compare-keys";

interface SendBarProps {
  /** What was chosen, or what is missing. */
  state: string;
  /** Sending was tried while something was missing. */
  alarmed: boolean;
  unjudged: boolean;
  onKey: (key: CompareKey) => void;
}

/** What is chosen, and the way on. */
export function SendBar({ state, alarmed, unjudged, onKey }: SendBarProps) {
  const t = useT();
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
      <p
        role={alarmed ? "alert" : undefined}
        className={cx("grow text-sm", alarmed ? "font-semibold text-danger" : "text-muted")}
      >
        {state}
      </p>
      <div className="flex gap-2 max-sm:w-full">
        <Button
          className="whitespace-nowrap max-sm:grow"
          aria-pressed={unjudged}
          onClick={() => onKey({ type: "unjudged" })}
        >
          {t("comparison.unjudged")} <KeyHint>x</KeyHint>
        </Button>
        <Button
          look="primary"
          className="whitespace-nowrap max-sm:grow sm:min-w-48"
          onClick={() => onKey({ type: "submit" })}
        >
          {t("comparison.submit")}
          <span aria-hidden className="pointer-coarse:hidden">
            ↵
          </span>
        </Button>
      </div>
    </div>
  );
}
