"use client";

import { useMemo } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { DiffText } from "@/app/ui/diff-text";
import { type DiffPart, wordDiff } from "@/app/ui/word-diff";

/** What a reviewer changed; of texts too long to be compared, the one and then the other. */
export function Changes({ before, after }: { before: string; after: string }) {
  const t = useT();
  const locale = useLocale();
  const parts = useMemo(
    (): DiffPart[] =>
      wordDiff(before, after, locale) ?? [
        { words: before, of: "left" },
        { words: after, of: "right" },
      ],
    [before, after, locale],
  );
  return (
    <section className="mt-3 max-w-[70ch]">
      <h3 className="text-sm font-semibold">{t("review.changes")}</h3>
      <p dir="auto" className="text-sm wrap-anywhere whitespace-pre-wrap">
        <DiffText parts={parts} />
      </p>
    </section>
  );
}
