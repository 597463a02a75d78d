"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";

interface PagerProps {
  page: number;
  onPage: (page: number) => void;
  /** How many there are in all, where that is known, or whether there is a page after this one. */
  of: { perPage: number; total: number } | { more: boolean };
}

/** Back and on through a long list, and where one is; nothing where one page holds it all. */
export function Pager({ page, onPage, of }: PagerProps) {
  const t = useT();
  const counted = "total" in of ? of : null;
  const more = "total" in of ? (page + 1) * of.perPage < of.total : of.more;
  if (page === 0 && !more) return null;
  return (
    <nav aria-label={t("page.label")} className="mt-4 flex items-center gap-3 text-sm">
      <Button
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
        icon={<ChevronLeft aria-hidden className="size-4" />}
      >
        {t("page.previous")}
      </Button>
      <Button disabled={!more} onClick={() => onPage(page + 1)}>
        {t("page.next")}
        <ChevronRight aria-hidden className="size-4" />
      </Button>
      {counted && (
        <span className="tabular text-muted">
          {t("page.of", {
            from: page * counted.perPage + 1,
            to: Math.min(counted.total, (page + 1) * counted.perPage),
            total: counted.total,
          })}
        </span>
      )}
    </nav>
  );
}
