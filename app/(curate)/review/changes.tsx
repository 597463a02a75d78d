"use client";

import { useT } from "@/app/lib/i18n/client";
import { wordChanges } from "./word-changes";

/** What a reviewer changed: what went is struck through, what came is underlined, so that colour is never alone. */
export function Changes({ before, after }: { before: string; after: string }) {
  const t = useT();
  return (
    <section className="mt-3 max-w-[70ch]">
      <h3 className="text-sm font-semibold">{t("review.changes")}</h3>
      <p className="text-sm whitespace-pre-wrap">
        {wordChanges(before, after).map((change, index) => {
          const key = `${index} ${change.in}`;
          if (change.in === "before")
            return (
              <del key={key} className="bg-danger-wash text-danger">
                {change.words}
              </del>
            );
          if (change.in === "after")
            return (
              <ins key={key} className="bg-accent-wash">
                {change.words}
              </ins>
            );
          return <span key={key}>{change.words}</span>;
        })}
      </p>
    </section>
  );
}
