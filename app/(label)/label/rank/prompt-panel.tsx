"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import { PromptTurns } from "../prompt-turns";
import { type TextSize, textClass } from "./reading-aids";

/** The prompt, in reach while the completions are read; folds to one line where it stands above them, and stands `beside` them from 1200 px on. */
export function PromptPanel(props: { prompt: string; beside: boolean; size: TextSize }) {
  const { prompt, beside, size } = props;
  const t = useT();
  const [open, setOpen] = useState(true);
  const Icon = open ? ChevronUp : ChevronDown;
  return (
    <section
      aria-labelledby="prompt-title"
      className={cx(
        "sticky top-13 z-20 -mx-4 mb-6 border-b border-line bg-paper px-4 py-3 sm:-mx-6 sm:px-6",
        beside &&
          "xl:top-19 xl:mx-0 xl:mb-0 xl:self-start xl:max-h-[calc(100dvh-6rem)] xl:overflow-y-auto xl:border-b-0 xl:px-0 xl:py-0",
      )}
    >
      <div className="flex items-center justify-between text-sm text-muted">
        <h2 id="prompt-title">{t("rank.prompt")}</h2>
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
      </div>
      <div
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long prompt is scrolled by keyboard
        tabIndex={0}
        className={cx(
          textClass(size, false),
          beside && "xl:max-h-none xl:overflow-visible",
          open ? "max-h-[22dvh] overflow-y-auto lg:max-h-[35dvh]" : "max-h-6 overflow-hidden",
        )}
      >
        <PromptTurns prompt={prompt} />
      </div>
    </section>
  );
}
