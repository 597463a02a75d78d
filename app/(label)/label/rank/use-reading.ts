"use client";

import { useState } from "react";
import type { Letter } from "@/server/domain/ranking";
import type { LabelerTask } from "@/server/services/labeling";
import { isFolded, resized, toggleFold, togglePin } from "./reading-aids";
import { useReadingAids } from "./use-reading-aids";
import { useScrollTogether } from "./use-scroll-together";

/** How this task is read: what is folded, what is pinned side by side, which two are held against each other. */
export function useReading({ assignmentId, completions }: LabelerTask) {
  const { aids, change } = useReadingAids();
  const [pinned, setPinned] = useState<readonly Letter[]>([]);
  const [diff, setDiff] = useState<readonly [Letter, Letter] | null>(null);
  const scroll = useScrollTogether();
  const letters = completions.map(({ letter }) => letter);
  const beside = pinned.length > 1 ? pinned : [];
  return {
    size: aids.size,
    resize: (by: -1 | 1) => change((kept) => resized(kept, by)),
    oneByOne: aids.oneByOne,
    setOneByOne: (oneByOne: boolean) => change((kept) => ({ ...kept, oneByOne })),
    isFolded: (letter: Letter) =>
      isFolded(aids, assignmentId, completions[letters.indexOf(letter)]),
    fold: (letter: Letter) => change((kept) => toggleFold(kept, assignmentId, letter)),
    pinned,
    /** Those that stand side by side: one alone stands where it was. */
    beside,
    scrollOf: (letter: Letter) => (beside.includes(letter) ? scroll : null),
    /** @returns what is pinned then */
    pin: (letter: Letter): readonly Letter[] => {
      const next = togglePin(pinned, letter);
      setPinned(next);
      return next;
    },
    diff,
    /** The two that are pinned; else the one at hand, or the one pinned, and the next. */
    openDiff: (current: Letter) => {
      const first = pinned[0] ?? current;
      const after =
        current === first ? letters[(letters.indexOf(first) + 1) % letters.length] : current;
      setDiff([first, pinned[1] ?? after]);
    },
    closeDiff: () => setDiff(null),
  };
}

export type Reading = ReturnType<typeof useReading>;
