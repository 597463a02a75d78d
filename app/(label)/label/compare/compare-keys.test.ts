import { expect, test } from "vitest";
import { compareKey } from "./compare-keys";

const press = (key: string, held: Partial<Parameters<typeof compareKey>[0]> = {}) =>
  compareKey({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }, 5);

test("number keys are points of the scale, no more of them than it has", () => {
  expect(press("1")).toEqual({ type: "point", place: 1 });
  expect(press("5")).toEqual({ type: "point", place: 5 });
  expect(press("6")).toBeNull();
});

test("a tie by 0 and =, arrows lean, Backspace takes back", () => {
  expect(press("0")).toEqual({ type: "tie" });
  expect(press("=")).toEqual({ type: "tie" });
  expect(press("ArrowLeft")).toEqual({ type: "lean", by: -1 });
  expect(press("Backspace")).toEqual({ type: "withdraw" });
});

test("what only orders need has no key here; the browser's shortcuts stay the browser's", () => {
  for (const key of ["t", "q", "g", "f", "ArrowUp", "ArrowDown"]) expect(press(key)).toBeNull();
  expect(press("ArrowLeft", { altKey: true })).toBeNull();
  expect(press("p", { ctrlKey: true })).toBeNull();
  expect(press("z", { ctrlKey: true })).toEqual({ type: "undo" });
});
