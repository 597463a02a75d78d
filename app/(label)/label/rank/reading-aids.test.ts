import { expect, test } from "vitest";
import { type Letter, letters } from "@/server/domain/ranking";
import { type AssignmentId, newId } from "@/server/domain/ids";
import {
  foldedLength,
  isFolded,
  isLong,
  mostPinned,
  parseReading,
  resized,
  toggleFold,
  togglePin,
  usualReading,
} from "./reading-aids";

const tasks = Array.from({ length: 10 }, () => newId<AssignmentId>());

const short = (letter: Letter) => ({ letter, text: "a few words" });
const huge = (letter: Letter) => ({ letter, text: "word ".repeat(5000) });

test("a fold is of one task and opens again; only the last tasks are remembered", () => {
  let aids = toggleFold(usualReading, tasks[0], "B");
  expect(isFolded(aids, tasks[0], short("B"))).toBe(true);
  expect(isFolded(aids, tasks[0], short("A"))).toBe(false);
  expect(isFolded(aids, tasks[1], short("B"))).toBe(false);
  expect(isFolded(toggleFold(aids, tasks[0], "B"), tasks[0], short("B"))).toBe(false);
  for (const task of tasks.slice(1)) aids = toggleFold(aids, task, "A");
  expect(isFolded(aids, tasks[0], short("B"))).toBe(false);
  expect(isFolded(aids, tasks[9], short("A"))).toBe(true);
});

test("a very long text comes folded, and stays open once it was opened", () => {
  expect(isFolded(usualReading, tasks[0], huge("C"))).toBe(true);
  expect(isFolded(toggleFold(usualReading, tasks[0], "C"), tasks[0], huge("C"))).toBe(false);
  expect(isLong(huge("C").text.slice(0, foldedLength))).toBe(true);
});

test("a third pin has room, a fourth takes the place of the first", () => {
  const pinned = letters.slice(0, 4).reduce(togglePin, []);
  expect(pinned).toEqual(["B", "C", "D"]);
  expect(pinned).toHaveLength(mostPinned);
  expect(togglePin(pinned, "C")).toEqual(["B", "D"]);
});

test("texts grow and shrink as far as there are sizes", () => {
  const largest = [1, 1, 1, 1].reduce((aids) => resized(aids, 1), usualReading);
  expect(largest.size).toBe(2);
  expect(resized(usualReading, -1).size).toBe(-1);
  expect(resized(resized(usualReading, -1), -1).size).toBe(-1);
});

test("what the browser kept comes back, and what is spoiled is the usual", () => {
  const aids = { ...resized(toggleFold(usualReading, tasks[0], "C"), 1), oneByOne: false };
  expect(parseReading(JSON.stringify(aids))).toEqual(aids);
  for (const spoiled of [null, "", "{", "3", '{"size":9,"folds":[null]}'])
    expect(parseReading(spoiled)).toEqual(usualReading);
});

test("many characters or many lines are long", () => {
  expect(isLong("short")).toBe(false);
  expect(isLong("x".repeat(901))).toBe(true);
  expect(isLong("\n".repeat(20))).toBe(true);
});
