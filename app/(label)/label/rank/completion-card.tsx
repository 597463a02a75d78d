"use client";

import { GripVertical } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import { ReadableText } from "@/app/ui/readable-text";
import type { Letter } from "@/server/domain/ranking";
import { onSlot, type Placement } from "./placement";
import type { HandleProps } from "./use-drag";

interface CompletionCardProps {
  letter: Letter;
  text: string;
  /** A few words or numbers: set large. */
  short: boolean;
  slots: number;
  placement: Placement;
  current: boolean;
  dragged: boolean;
  handleProps: HandleProps;
  onFocus: () => void;
  onPlace: (slot: number) => void;
  onNotRankable: () => void;
}

/** One completion: its letter (the handle for mouse, finger and keys), its text, and its ranks as buttons. */
export function CompletionCard(props: CompletionCardProps) {
  const { letter, text, short, slots, placement, current, dragged, handleProps } = props;
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
        "flex min-w-0 scroll-mt-44 flex-col border-t-2 pt-1 xl:scroll-mt-20",
        placed ? "border-ranking" : "border-edge",
        dragged && "opacity-40",
      )}
    >
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
      <div className={cx("min-w-0 grow py-2", short && "text-xl")}>
        <ReadableText text={text} />
      </div>
      <fieldset className="flex flex-wrap gap-1 pb-2">
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
