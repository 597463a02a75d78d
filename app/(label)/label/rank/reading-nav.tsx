"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useRef } from "react";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import type { Letter } from "@/server/domain/ranking";
import type { Placement } from "./placement";

interface ReadingNavProps {
  letters: readonly Letter[];
  placement: Placement;
  current: Letter;
  onChoose: (letter: Letter) => void;
}

const pressClass = "grid min-h-11 min-w-11 place-items-center rounded-base text-sm";

/** On a phone, where one completion is read at a time: the way to the others, and which have a place. */
export function ReadingNav({ letters, placement, current, onChoose }: ReadingNavProps) {
  const t = useT();
  /** Nine do not fit beside each other: the row moves, and the one that is read stays in it. */
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = row.current?.querySelector(`[data-letter="${current}"]`);
    chosen?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  const beside = (by: -1 | 1) =>
    letters[(letters.indexOf(current) + by + letters.length) % letters.length];
  return (
    <nav aria-label={t("rank.completions")} className="flex border-b border-line sm:hidden">
      <button
        type="button"
        tabIndex={-1}
        aria-label={t("rank.before")}
        onClick={() => onChoose(beside(-1))}
        className={pressClass}
      >
        <ChevronLeft aria-hidden className="size-4" />
      </button>
      <div ref={row} className="flex min-w-0 flex-1 overflow-x-auto">
        {letters.map((letter) => {
          const rank = placement.ranks[letter];
          const placed = rank !== undefined || placement.notRankable.includes(letter);
          return (
            <button
              key={letter}
              type="button"
              data-letter={letter}
              tabIndex={letter === current ? 0 : -1} // a row that moves is moved by keyboard too
              aria-label={t("rank.goTo", { letter })}
              aria-current={letter === current ? "true" : undefined}
              onClick={() => onChoose(letter)}
              className={cx(
                pressClass,
                "flex-1",
                letter === current && "bg-accent-wash font-semibold",
                placed ? "text-ranking" : "text-ink",
              )}
            >
              <span>
                {letter}
                <span className="tabular ml-0.5 text-[0.75rem]">{placed ? (rank ?? "×") : ""}</span>
              </span>
            </button>
          );
        })}
      </div>
      <button
        type="button"
        tabIndex={-1}
        aria-label={t("rank.after")}
        onClick={() => onChoose(beside(1))}
        className={pressClass}
      >
        <ChevronRight aria-hidden className="size-4" />
      </button>
    </nav>
  );
}
