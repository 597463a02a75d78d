"use client";

import { Check, X } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";

/** Whether the program finds an answer right; nothing where no program can tell. */
export function Verdict({ correct }: { correct: boolean | null }) {
  const t = useT();
  if (correct === null) return null;
  const Icon = correct ? Check : X;
  return (
    <span className={correct ? "text-good" : "text-muted"}>
      <Icon aria-hidden className="inline size-4 align-[-0.15em]" />{" "}
      <span className="text-sm">{t(correct ? "rankings.correct" : "rankings.wrong")}</span>
    </span>
  );
}
