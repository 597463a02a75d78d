import { expect, test } from "vitest";
import { place } from "./placement";
import { draftState, reduceDraft } from "./use-placement";

const put = (letter: "A" | "B", slot: number) =>
  ({ type: "change", change: (p) => place(p, letter, slot) }) as const satisfies Parameters<
    typeof reduceDraft
  >[1];

test("undo and redo go through every placement, and a new one ends the redo", () => {
  let state = draftState(null);
  state = reduceDraft(state, put("A", 1));
  state = reduceDraft(state, put("B", 2));
  state = reduceDraft(state, { type: "undo" });
  expect(state.placement.ranks).toEqual({ A: 1 });
  state = reduceDraft(state, { type: "redo" });
  expect(state.placement.ranks).toEqual({ A: 1, B: 2 });
  state = reduceDraft(state, { type: "undo" });
  state = reduceDraft(state, put("B", 1));
  expect(reduceDraft(state, { type: "redo" })).toBe(state);
  expect(state.placement.ranks).toEqual({ A: 1, B: 1 });
});

test("every change is a newer version; what changes nothing is none", () => {
  const state = reduceDraft(draftState(null), put("A", 1));
  expect(state.version).toBe(1);
  expect(reduceDraft(state, put("A", 1))).toBe(state);
  expect(reduceDraft(state, { type: "undo" }).version).toBe(2);
  expect(reduceDraft(state, { type: "comment", comment: "hm" }).version).toBe(2);
});

test("what is said besides the order is a step too", () => {
  let state = reduceDraft(draftState(null), put("A", 1));
  state = reduceDraft(state, {
    type: "rate",
    change: (ratings) => ({ ...ratings, each: { A: { quality: 5 } } }),
  });
  expect(state.version).toBe(2);
  expect(reduceDraft(state, { type: "rate", change: (ratings) => ({ ...ratings }) })).toBe(state);
  const undone = reduceDraft(state, { type: "undo" });
  expect([undone.placement.ranks, undone.ratings.each]).toEqual([{ A: 1 }, {}]);
  expect(reduceDraft(undone, { type: "undo" }).placement.ranks).toEqual({});
  expect(reduceDraft(undone, { type: "redo" }).ratings.each).toEqual({ A: { quality: 5 } });
});

test("words that are written on are one step", () => {
  let state = draftState(null);
  const write = (why: string, more: object = {}) => {
    state = reduceDraft(state, {
      type: "rate",
      change: (ratings) => ({ ...ratings, answers: { ...ratings.answers, why, ...more } }),
    });
  };
  for (const why of ["s", "so", "so!"]) write(why);
  expect([state.version, state.past.length]).toEqual([3, 1]);
  state = reduceDraft(state, put("A", 1));
  write("so!!");
  write("so!!", { scale: 3 });
  expect(state.past).toHaveLength(4);
  state = reduceDraft(reduceDraft(state, { type: "undo" }), { type: "undo" });
  expect(state.ratings.answers).toEqual({ why: "so!" });
});

test("what the server keeps under a later number goes on from there", () => {
  let state = reduceDraft(draftState(null), put("A", 1));
  expect(reduceDraft(state, { type: "renumber", sent: 1, version: 2 }).version).toBe(2);
  state = reduceDraft(state, put("B", 1)); // meanwhile
  expect(reduceDraft(state, { type: "renumber", sent: 1, version: 2 }).version).toBe(3);
});

test("only a newer copy is restored", () => {
  const state = reduceDraft(draftState(null), put("A", 1));
  const copy = { ...state.placement, ranks: { B: 1 }, comment: "", seconds: 1 };
  expect(reduceDraft(state, { type: "restore", draft: { ...copy, version: 1 } })).toBe(state);
  expect(reduceDraft(state, { type: "restore", draft: { ...copy, version: 2 } })).toMatchObject({
    version: 2,
    placement: { ranks: { B: 1 } },
  });
});
