import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkOrder, letters } from "@/server/domain/ranking";
import {
  groupsOf,
  insertBefore,
  missing,
  nothingPlaced,
  nudge,
  onSlot,
  place,
  type Placement,
  takeOff,
  tieRest,
  tieWithAbove,
  toggleNotRankable,
} from "./placement";

const abcd = letters.slice(0, 4);
const order = (...slots: number[]): Placement => ({
  ...nothingPlaced,
  ranks: Object.fromEntries(slots.map((slot, i) => [letters[i], slot])),
});

test("the same slot is a tie, and empty slots close up", () => {
  const placement = place(place(place(nothingPlaced, "B", 2), "A", 4), "C", 2);
  expect(groupsOf(placement)).toEqual([["B", "C"], ["A"]]);
  expect(missing(placement, abcd)).toEqual(["D"]);
  expect(onSlot(placement, 2)).toEqual(["B", "C"]);
});

test("placing again moves; taking off makes it unplaced", () => {
  const placement = place(place(nothingPlaced, "A", 1), "A", 3);
  expect(placement.ranks).toEqual({ A: 3 });
  expect(takeOff(placement, "A")).toEqual(nothingPlaced);
});

test("not rankable is a place of its own, and a toggle", () => {
  const marked = toggleNotRankable(place(nothingPlaced, "A", 1), "A");
  expect(marked).toEqual({ ...nothingPlaced, notRankable: ["A"] });
  expect(toggleNotRankable(marked, "A")).toEqual(nothingPlaced);
  expect(place(marked, "A", 2)).toEqual(order(2));
});

test("between two slots the others make room", () => {
  // A on 1, B on 2, C on 3: D before 2
  expect(insertBefore(order(1, 2, 3), "D", 2, 4).ranks).toEqual({ A: 1, D: 2, B: 3, C: 4 });
  // no room below: those above move up
  expect(insertBefore(order(2, 3, 4), "D", 4, 4).ranks).toEqual({ A: 1, B: 2, D: 3, C: 4 });
  // after the last
  expect(insertBefore(order(1, 2, 4), "A", 5, 4).ranks).toEqual({ B: 2, C: 3, A: 4 });
});

test("arrows go one slot better or worse, and never off the shelf", () => {
  expect(nudge(order(1), "A", -1, 4)).toEqual(order(1));
  expect(nudge(order(1), "A", 1, 4)).toEqual(order(2));
  expect(nudge(order(2), "B", 1, 4).ranks).toEqual({ A: 2, B: 3 });
});

test("a tie with the one above takes its slot", () => {
  expect(tieWithAbove(order(1, 3), "B")).toEqual(order(1, 1));
  expect(tieWithAbove(order(1, 3), "C")).toEqual(order(1, 3, 3));
  expect(tieWithAbove(order(1), "A")).toEqual(order(1));
});

test("the rest can be tied at once", () => {
  expect(groupsOf(tieRest(order(1), abcd))).toEqual([["A"], ["B", "C", "D"]]);
  expect(groupsOf(tieRest(nothingPlaced, abcd))).toEqual([["A", "B", "C", "D"]]);
});

test("whatever is done, nothing is in two places, and a full shelf is a ranking that is accepted", () => {
  const letter = fc.constantFrom(...abcd);
  const slot = fc.integer({ min: 1, max: 4 });
  const change = fc.oneof(
    fc.tuple(letter, slot).map(
      ([l, s]) =>
        (p: Placement) =>
          place(p, l, s),
    ),
    fc.tuple(letter, fc.integer({ min: 1, max: 5 })).map(
      ([l, s]) =>
        (p: Placement) =>
          insertBefore(p, l, s, 4),
    ),
    letter.map((l) => (p: Placement) => toggleNotRankable(p, l)),
    letter.map((l) => (p: Placement) => tieWithAbove(p, l)),
    fc.tuple(letter, fc.constantFrom<-1 | 1>(-1, 1)).map(
      ([l, by]) =>
        (p: Placement) =>
          nudge(p, l, by, 4),
    ),
    letter.map((l) => (p: Placement) => takeOff(p, l)),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const placement = changes.reduce((p, step) => step(p), nothingPlaced);
      for (const rank of Object.values(placement.ranks)) {
        expect(rank).toBeGreaterThanOrEqual(1);
        expect(rank).toBeLessThanOrEqual(4);
      }
      const full = tieRest(placement, abcd);
      checkOrder(abcd, { groups: groupsOf(full), notRankable: full.notRankable });
    }),
  );
});
