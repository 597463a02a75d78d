import { expect, test } from "vitest";
import { deskKey } from "./desk-keys";

const press = (key: string, held: Partial<Parameters<typeof deskKey>[0]> = {}) =>
  deskKey({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }, 4);

test("number keys are ranks of the shelf, no more of them than it has", () => {
  expect(press("1")).toEqual({ type: "rank", slot: 1 });
  expect(press("4")).toEqual({ type: "rank", slot: 4 });
  expect(press("5")).toBeNull();
  expect(press("0")).toEqual({ type: "take-off" });
});

test("undo by u and by the system's keys; the browser's own shortcuts stay the browser's", () => {
  expect(press("u")).toEqual({ type: "undo" });
  expect(press("z", { ctrlKey: true })).toEqual({ type: "undo" });
  expect(press("Z", { metaKey: true, shiftKey: true })).toEqual({ type: "redo" });
  expect(press("U", { shiftKey: true })).toEqual({ type: "redo" });
  expect(press("y", { ctrlKey: true })).toEqual({ type: "redo" });
  expect(press("y", { metaKey: true })).toBeNull();
  expect(press("r", { ctrlKey: true })).toBeNull();
  expect(press("1", { altKey: true })).toBeNull();
  expect(press("a")).toBeNull();
});

test("the reading aids have their keys, and leave the browser its own", () => {
  expect(press("d")).toEqual({ type: "diff" });
  expect(press("p")).toEqual({ type: "pin" });
  expect(press("f")).toEqual({ type: "fold" });
  for (const key of ["d", "p", "f"]) expect(press(key, { ctrlKey: true })).toBeNull();
});
