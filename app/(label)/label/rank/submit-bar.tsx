"use client";

import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { cx } from "@/app/ui/class-names";
import { KeyHint } from "@/app/ui/kbd";
import type { Letter } from "@/server/domain/ranking";
import type { DeskKey } from "./desk-keys";

interface SubmitBarProps {
  left: readonly Letter[];
  /** What else is missing, in words; empty when nothing is. */
  unsaid: string;
  /** Submit was pressed while something was missing. */
  asked: boolean;
  onKey: (key: DeskKey) => void;
}

/** What is missing, and the way on. */
export function SubmitBar({ left, unsaid, asked, onKey }: SubmitBarProps) {
  const t = useT();
  const complete = left.length === 0;
  return (
    <div className="mt-2 flex flex-col gap-2">
      <p
        className={cx(
          "text-sm",
          asked ? "font-semibold text-danger" : "hidden text-muted lg:block",
        )}
        role={asked ? "alert" : undefined}
      >
        {complete
          ? unsaid
            ? t("rating.missing", { list: unsaid })
            : t("rank.complete")
          : t(asked ? "rank.missing" : "rank.toPlace", { letters: left.join(", ") })}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          className="grow whitespace-nowrap"
          onClick={() => onKey({ type: "submit" })}
        >
          {t("rank.submit")}
          <span aria-hidden className="pointer-coarse:hidden">
            ↵
          </span>
        </Button>
        <Button
          className="whitespace-nowrap"
          disabled={complete}
          onClick={() => onKey({ type: "tie-rest" })}
        >
          {t("rank.tieRest")} <KeyHint>t</KeyHint>
        </Button>
      </div>
    </div>
  );
}
