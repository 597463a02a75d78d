"use client";

import { useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import { excerpt } from "@/app/ui/excerpt";
import type { Letter } from "@/server/domain/ranking";
import { onSlot, type Placement } from "./placement";
import { type Drag, dropName, type DropTarget, type HandleProps } from "./use-drag";

interface ShelfProps {
  /** The completion that a press on a rank places. */
  current: Letter;
  completions: readonly { letter: Letter; text: string }[];
  placement: Placement;
  drag: Drag | null;
  handleProps: (letter: Letter) => HandleProps;
  onChoose: (letter: Letter) => void;
  onPlace: (slot: number) => void;
  onNotRankable: () => void;
}

/** More ranks than a finger can tell apart in one row of a phone: they stand in two. */
const inOneRow = 6;

/**
 * The ranks, 1 the best, with what stands on them: beside the completions, or in a row below them on
 * a phone. Press a rank to place the chosen completion; let go of another on it to place or to tie,
 * between two to come between.
 */
export function Shelf(props: ShelfProps) {
  const { completions, current, placement, drag, handleProps, onChoose } = props;
  const t = useT();
  const slots = completions.map((_, i) => i + 1);
  const inTwo = slots.length > inOneRow;
  const textOf = (letter: Letter) =>
    completions.find((completion) => completion.letter === letter)?.text ?? "";
  const is = (target: DropTarget) => drag?.over && dropName(drag.over) === dropName(target);
  const entries = (letters: readonly Letter[]) =>
    letters.map((letter) => (
      <button
        key={letter}
        type="button"
        tabIndex={-1}
        aria-label={t("rank.goTo", { letter })}
        {...handleProps(letter)}
        onClick={() => onChoose(letter)}
        className="flex min-w-0 cursor-grab animate-arrive touch-none items-baseline justify-center gap-2 rounded-base px-1 pointer-coarse:min-h-11 pointer-coarse:min-w-6 pointer-coarse:items-center lg:w-full text-left text-sm select-none hover:bg-wash lg:justify-start"
      >
        <span className="font-semibold text-ranking">{letter}</span>
        <span className="hidden min-w-0 lg:line-clamp-2">{excerpt(textOf(letter))}</span>
      </button>
    ));
  const gap = (slot: number) => (
    <span
      aria-hidden
      data-drop={dropName({ type: "before", slot })}
      className={cx(
        "relative z-10 -mx-1 w-2 shrink-0 rounded-base lg:mx-0 lg:-my-1 lg:h-2 lg:w-full",
        is({ type: "before", slot }) ? "bg-accent" : "bg-transparent",
      )}
    />
  );
  return (
    <section
      aria-label={t("rank.shelf")}
      className={inTwo ? "grid grid-cols-5 lg:flex lg:flex-col" : "flex lg:flex-col"}
    >
      <ol className={inTwo ? "contents lg:flex lg:flex-col" : "flex min-w-0 flex-1 lg:flex-col"}>
        {slots.map((slot) => (
          <li key={slot} className="flex min-w-0 flex-1 lg:flex-col">
            {gap(slot)}
            <div
              data-drop={dropName({ type: "slot", slot })}
              className={cx(
                "flex min-h-15 min-w-6 flex-1 flex-col items-center gap-1 border-t pt-1 lg:min-h-10 lg:flex-row lg:items-start lg:gap-3 lg:py-2",
                is({ type: "slot", slot }) ? "border-accent bg-accent-wash" : "border-line",
              )}
            >
              <button
                type="button"
                tabIndex={-1}
                aria-label={t("rank.placeOn", { letter: current, rank: slot })}
                onClick={() => props.onPlace(slot)}
                className="tabular min-h-6 w-full min-w-6 rounded-base text-center text-sm text-muted hover:bg-wash hover:text-ink lg:w-6 lg:shrink-0 pointer-coarse:min-h-11"
              >
                {slot}
              </button>
              <div className="flex w-full min-w-0 flex-wrap justify-center lg:flex-col lg:gap-1">
                {entries(onSlot(placement, slot))}
              </div>
            </div>
            {slot === slots.length && gap(slot + 1)}
          </li>
        ))}
      </ol>
      <div
        data-drop={dropName({ type: "not-rankable" })}
        className={cx(
          "flex shrink-0 flex-col items-center gap-1 border-t pt-1 lg:min-h-10 lg:w-full lg:flex-row lg:items-start lg:gap-3 lg:py-2",
          !inTwo && "w-16",
          is({ type: "not-rankable" }) ? "border-accent bg-accent-wash" : "border-line",
        )}
      >
        <button
          type="button"
          tabIndex={-1}
          aria-label={t("rank.markNotRankable", { letter: current })}
          onClick={props.onNotRankable}
          className="min-h-6 shrink-0 rounded-base text-center text-sm leading-tight text-muted hover:bg-wash hover:text-ink pointer-coarse:min-h-11 lg:px-1"
        >
          {t("rank.notRankable")}
        </button>
        <div className="flex min-w-0 flex-wrap gap-1">{entries(placement.notRankable)}</div>
      </div>
    </section>
  );
}
