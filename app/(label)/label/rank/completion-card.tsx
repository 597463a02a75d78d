"use client";

import { ChevronDown, ChevronUp, Columns2, GripVertical } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import type { ReactNode } from "react";
import { cx } from "@/app/ui/class-names";
import { ReadableText } from "@/app/ui/readable-text";
import type { Letter } from "@/server/domain/ranking";
import { onSlot, type Placement } from "./placement";
import { foldedLength, isLong, textClass } from "./reading-aids";
import type { HandleProps } from "./use-drag";
import type { Reading } from "./use-reading";

interface CompletionCardProps {
  letter: Letter;
  text: string;
  /** A few words or numbers: set large. */
  short: boolean;
  slots: number;
  placement: Placement;
  current: boolean;
  dragged: boolean;
  reading: Reading;
  handleProps: HandleProps;
  onFocus: () => void;
  onPlace: (slot: number) => void;
  onNotRankable: () => void;
  onPin: () => void;
  /** What is asked besides the place. */
  children: ReactNode;
}

const toolClass =
  "flex min-h-8 items-center gap-1 rounded-base px-2 text-sm text-muted hover:bg-wash hover:text-ink pointer-coarse:min-h-11";

/** One completion: its letter (the handle for mouse, finger and keys), its text, and its ranks as buttons. */
export function CompletionCard(props: CompletionCardProps) {
  const { letter, text, short, slots, placement, current, dragged, handleProps } = props;
  const { reading } = props;
  const scroll = reading.scrollOf(letter);
  const folded = reading.isFolded(letter) && !scroll;
  const pinned = reading.pinned.includes(letter);
  const alone = reading.oneByOne && !short;
  const Fold = folded ? ChevronDown : ChevronUp;
  const t = useT();
  const slot = placement.ranks[letter];
  const notRankable = placement.notRankable.includes(letter);
  const placed = slot !== undefined || notRankable;
  const state = usePlaceName()(placement, letter);
  return (
    <article
      aria-label={t("rank.completion", { letter })}
      data-completion={letter}
      className={cx(
        "flex min-w-0 scroll-mt-20 flex-col border-t-2 pt-1",
        placed ? "border-ranking" : "border-edge",
        dragged && "opacity-40",
        alone && !current && !scroll && "max-sm:hidden",
      )}
    >
      <h2 className="sr-only">{t("rank.completion", { letter })}</h2>
      <button
        type="button"
        id={`completion-${letter}`}
        tabIndex={current ? 0 : -1}
        aria-describedby="rank-keys"
        {...handleProps}
        onFocus={props.onFocus}
        className={cx(
          "-mx-1 flex min-h-9 cursor-grab touch-none items-center gap-1 rounded-base px-1 text-sm select-none hover:bg-wash active:cursor-grabbing pointer-coarse:min-h-11",
          current && "bg-wash",
        )}
      >
        <GripVertical aria-hidden className="size-4 text-muted" />
        <span className="text-base font-semibold">{letter}</span>
        <span className={cx("ml-2", placed ? "text-ranking" : "text-muted")}>{state}</span>
      </button>
      <div
        data-text
        ref={scroll?.ref}
        onScroll={scroll?.onScroll}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a text that scrolls is scrolled by keyboard too
        tabIndex={scroll ? 0 : undefined}
        className={cx(
          "min-w-0 grow py-2",
          textClass(reading.size, short),
          scroll && "max-h-[60dvh] overflow-y-auto",
          folded && "max-h-40 overflow-hidden mask-b-from-60%",
        )}
      >
        <ReadableText text={text} upTo={folded ? foldedLength : undefined} />
      </div>
      <div className="-mx-2 flex flex-wrap pb-1">
        {isLong(text) && !scroll ? (
          <button
            type="button"
            tabIndex={-1}
            aria-expanded={!folded}
            aria-label={t(folded ? "rank.unfoldOf" : "rank.foldOf", { letter })}
            onClick={() => reading.fold(letter)}
            className={toolClass}
          >
            <Fold aria-hidden className="size-4" />
            {t(folded ? "text.unfold" : "text.fold", { count: text.trim().length })}
          </button>
        ) : null}
        <button
          type="button"
          tabIndex={-1}
          aria-pressed={pinned}
          aria-label={t("rank.pinOf", { letter })}
          onClick={props.onPin}
          className={cx(toolClass, pinned && "bg-accent-wash font-semibold text-ink")}
        >
          <Columns2 aria-hidden className="size-4" />
          {t("rank.pin")}
        </button>
      </div>
      <fieldset className={cx("flex flex-wrap gap-1 pb-2", alone && "max-sm:hidden")}>
        <legend className="sr-only">{t("rank.rankOf", { letter })}</legend>
        {Array.from({ length: slots }, (_, i) => i + 1).map((number) => (
          <button
            key={number}
            type="button"
            tabIndex={-1}
            aria-pressed={slot === number}
            aria-label={t("rank.placeOn", { letter, rank: number })}
            onClick={() => props.onPlace(number)}
            className={cx(
              "tabular grid size-8 place-items-center rounded-base border text-sm pointer-coarse:size-11",
              slot === number
                ? "border-ranking bg-ranking font-semibold text-paper"
                : "border-line text-muted hover:border-edge hover:text-ink",
            )}
          >
            {onSlot(placement, number).length > 0 && slot !== number ? `${number}=` : number}
          </button>
        ))}
        <button
          type="button"
          tabIndex={-1}
          aria-pressed={notRankable}
          onClick={props.onNotRankable}
          className={cx(
            "min-h-8 rounded-base border px-2 text-sm pointer-coarse:min-h-11",
            notRankable
              ? "border-ranking bg-ranking font-semibold text-paper"
              : "border-line text-muted hover:border-edge hover:text-ink",
          )}
        >
          {t("rank.notRankable")}
        </button>
      </fieldset>
      {props.children}
    </article>
  );
}

/** Where a completion is, in words: "Rank 2, tied with C". */
export function usePlaceName(): (placement: Placement, letter: Letter) => string {
  const t = useT();
  return (placement, letter) => {
    const slot = placement.ranks[letter];
    if (slot === undefined)
      return placement.notRankable.includes(letter) ? t("rank.notRankable") : t("rank.unplaced");
    const others = onSlot(placement, slot).filter((other) => other !== letter);
    return others.length > 0
      ? t("rank.placeTied", { rank: slot, others: others.join(", ") })
      : t("rank.place", { rank: slot });
  };
}
