import type { RankingDraft } from "@/server/domain/assignment";
import type { Letter } from "@/server/domain/ranking";

/** Where a labeler has put the completions so far. Slot 1 of the shelf is the best; the same slot is a tie. */
export type Placement = Pick<
  RankingDraft,
  "ranks" | "notRankable" | "noneAcceptable" | "preference"
>;

export const nothingPlaced: Placement = { ranks: {}, notRankable: [], noneAcceptable: false };

const without = (placement: Placement, letter: Letter): Placement => {
  const { [letter]: _, ...ranks } = placement.ranks;
  return {
    ...placement,
    ranks,
    notRankable: placement.notRankable.filter((other) => other !== letter),
  };
};

const ranked = (placement: Placement): [Letter, number][] =>
  Object.entries(placement.ranks) as [Letter, number][];

/** The letters on a slot, in alphabetical order. */
export const onSlot = (placement: Placement, slot: number): Letter[] =>
  ranked(placement)
    .filter(([, rank]) => rank === slot)
    .map(([letter]) => letter)
    .sort((a, b) => a.localeCompare(b));

/** On a slot; what stands there already is a tie. */
export const place = (placement: Placement, letter: Letter, slot: number): Placement => {
  const rest = without(placement, letter);
  return { ...rest, ranks: { ...rest.ranks, [letter]: slot } };
};

/** Off the shelf, back among the unplaced. */
export const takeOff = without;

/** Cannot be judged; a second time takes the mark away. */
export const toggleNotRankable = (placement: Placement, letter: Letter): Placement => {
  const rest = without(placement, letter);
  return placement.notRankable.includes(letter)
    ? rest
    : { ...rest, notRankable: [...rest.notRankable, letter] };
};

/**
 * Between two slots: before `slot`, so that it comes to stand alone there. The others make room
 * towards the nearest empty slot, downwards first.
 */
export function insertBefore(
  placement: Placement,
  letter: Letter,
  slot: number,
  slots: number,
): Placement {
  const rest = without(placement, letter);
  const taken = new Set(ranked(rest).map(([, rank]) => rank));
  const shift = (from: number, to: number, by: number) =>
    Object.fromEntries(
      ranked(rest).map(([other, rank]) => [other, rank >= from && rank <= to ? rank + by : rank]),
    );
  let below = slot;
  while (below <= slots && taken.has(below)) below++;
  if (below <= slots) return { ...rest, ranks: { ...shift(slot, below - 1, 1), [letter]: slot } };
  let above = slot - 1;
  while (above >= 1 && taken.has(above)) above--;
  // as many slots as completions, and this one is off the shelf: one above is empty
  return { ...rest, ranks: { ...shift(above + 1, slot - 1, -1), [letter]: slot - 1 } };
}

/** One slot better (-1) or worse (+1); from among the unplaced to the first free slot below all. */
export function nudge(placement: Placement, letter: Letter, by: -1 | 1, slots: number): Placement {
  const slot = placement.ranks[letter];
  if (slot === undefined) return place(placement, letter, Math.min(slots, worst(placement) + 1));
  return place(placement, letter, Math.min(slots, Math.max(1, slot + by)));
}

const worst = (placement: Placement): number =>
  Math.max(0, ...ranked(placement).map(([, rank]) => rank));

/** On the slot of those just better; an unplaced one joins the worst so far. */
export function tieWithAbove(placement: Placement, letter: Letter): Placement {
  const slot = placement.ranks[letter] ?? Number.POSITIVE_INFINITY;
  const above = ranked(placement)
    .filter(([other, rank]) => other !== letter && rank < slot)
    .map(([, rank]) => rank);
  return above.length > 0 ? place(placement, letter, Math.max(...above)) : placement;
}

/** All that is still unplaced, on one slot below the worst so far. */
export function tieRest(placement: Placement, letters: readonly Letter[]): Placement {
  const slot = Math.min(letters.length, worst(placement) + 1);
  return missing(placement, letters).reduce((all, letter) => place(all, letter, slot), placement);
}

/** What has no place yet, in the order shown. */
export const missing = (placement: Placement, letters: readonly Letter[]): Letter[] =>
  letters.filter(
    (letter) => placement.ranks[letter] === undefined && !placement.notRankable.includes(letter),
  );

/** The tie groups, best first: empty slots close up. */
export function groupsOf(placement: Placement): Letter[][] {
  const slots = [...new Set(ranked(placement).map(([, rank]) => rank))].sort((a, b) => a - b);
  return slots.map((slot) => onSlot(placement, slot));
}
