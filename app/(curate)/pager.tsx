"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";

interface PagerProps {
  page: number;
  /** Whether there is a page after this one. */
  more: boolean;
  onPage: (page: number) => void;
  /** Where one is, e.g. "51–100 of 240". */
  text?: string;
}

/** Back and on through a long list; nothing where one page holds it all. */
export function Pager({ page, more, onPage, text }: PagerProps) {
  const t = useT();
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
      {text && <span className="tabular text-muted">{text}</span>}
    </nav>
  );
}
