"use client";

import { useMemo } from "react";
import { useLocale } from "@/app/lib/i18n/client";
import { DiffText } from "./diff-text";
import { ShownText } from "./shown-text";
import { wordDiff } from "./word-diff";

/** Two versions of guidelines as one text; the new one alone where they have too little in common. */
export function GuidelinesDiff({ before, after }: { before: string; after: string }) {
  const locale = useLocale();
  const parts = useMemo(() => wordDiff(before, after, locale), [before, after, locale]);
  return (
    <p className="max-w-[75ch] leading-[1.6] wrap-break-word whitespace-pre-wrap">
      {parts ? <DiffText parts={parts} /> : <ShownText text={after} />}
    </p>
  );
}
