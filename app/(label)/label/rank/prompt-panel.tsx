"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import { ReadableText } from "@/app/ui/readable-text";

/** The prompt, in reach while the completions are read; folds to one line where it stands above them, and stands `beside` them from 1200 px on. */
export function PromptPanel({ prompt, beside }: { prompt: string; beside: boolean }) {
  const t = useT();
  const [open, setOpen] = useState(true);
  const Icon = open ? ChevronUp : ChevronDown;
  return (
    <section
      aria-labelledby="prompt-title"
      className={cx(
        "sticky top-13 z-20 -mx-4 border-b border-line bg-paper px-4 py-3 sm:-mx-6 sm:px-6",
        beside &&
          "xl:top-19 xl:mx-0 xl:max-h-[calc(100dvh-6rem)] xl:overflow-y-auto xl:border-b-0 xl:px-0 xl:py-0",
      )}
    >
      <h2 id="prompt-title" className="flex items-center justify-between text-sm text-muted">
        {t("rank.prompt")}
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className={cx(
            "-my-2 flex min-h-9 items-center gap-1 rounded-base px-2 hover:bg-wash pointer-coarse:min-h-11",
            beside && "xl:hidden",
          )}
        >
          {t(open ? "action.hide" : "action.show")}
          <Icon aria-hidden className="size-4" />
        </button>
      </h2>
      <div
        className={cx(
          "font-semibold",
          beside && "xl:max-h-none xl:overflow-visible",
          open ? "max-h-[35dvh] overflow-y-auto" : "max-h-6 overflow-hidden",
        )}
      >
        <ReadableText text={prompt} />
      </div>
    </section>
  );
}
