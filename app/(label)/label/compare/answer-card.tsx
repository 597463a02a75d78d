"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import type { ReactNode, RefCallback, UIEventHandler } from "react";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import { ReadableText } from "@/app/ui/readable-text";
import type { Letter } from "@/server/domain/ranking";
import { foldedLength, isLong, textClass } from "../rank/reading-aids";
import type { Reading } from "../rank/use-reading";

interface AnswerCardProps {
  letter: Letter;
  text: string;
  short: boolean;
  /** It is the one preferred so far. */
  preferred: boolean;
  reading: Reading;
  /** Present where both are scrolled as one. */
  scroll: { ref: RefCallback<HTMLDivElement>; onScroll: UIEventHandler<HTMLDivElement> } | null;
  /** What is asked of it besides. */
  children: ReactNode;
}

/** One of the two answers. Long ones scroll in their place, beside each other; on a phone they stand in full. */
export function AnswerCard(props: AnswerCardProps) {
  const { letter, text, short, preferred, reading, scroll } = props;
  const t = useT();
  const long = isLong(text);
  const folded = reading.isFolded(letter);
  const Fold = folded ? ChevronDown : ChevronUp;
  return (
    <article
      aria-labelledby={`answer-${letter}`}
      data-completion={letter}
      className={cx(
        "flex min-w-0 flex-col border-t-2 pt-2",
        preferred ? "border-ranking" : "border-edge",
      )}
    >
      <h2
        id={`answer-${letter}`}
        tabIndex={-1}
        className="flex items-baseline justify-between gap-3 text-sm outline-none"
      >
        <span className="text-base font-semibold">{t("comparison.answer", { letter })}</span>
        {preferred ? <span className="text-ranking">{t("comparison.preferred")}</span> : null}
      </h2>
      <div
        data-text
        ref={scroll?.ref}
        onScroll={scroll?.onScroll}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a text that scrolls is scrolled by keyboard too
        tabIndex={long && !folded ? 0 : undefined}
        className={cx(
          "min-w-0 grow py-2",
          textClass(reading.size, short),
          long && !folded && "md:max-h-[52dvh] md:overflow-y-auto",
          folded && "max-h-40 overflow-hidden mask-b-from-60%",
        )}
      >
        <ReadableText text={text} upTo={folded ? foldedLength : undefined} />
      </div>
      {long ? (
        <button
          type="button"
          aria-expanded={!folded}
          aria-label={t(folded ? "rank.unfoldOf" : "rank.foldOf", { letter })}
          onClick={() => reading.fold(letter)}
          className="-ml-2 flex min-h-8 w-fit items-center gap-1 rounded-base px-2 text-sm text-muted hover:bg-wash hover:text-ink pointer-coarse:min-h-11"
        >
          <Fold aria-hidden className="size-4" />
          {t(folded ? "text.unfold" : "text.fold", { count: text.trim().length })}
        </button>
      ) : null}
      {props.children}
    </article>
  );
}
