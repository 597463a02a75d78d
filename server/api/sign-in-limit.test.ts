import { expect, test } from "vitest";
import { mustWait, recordAttempt } from "./sign-in-limit";

const minute = 60_000;

test("ten wrong passwords make a name wait a quarter of an hour, and no other name", () => {
  for (let i = 0; i < 9; i++) recordAttempt("ann", false, i);
  expect(mustWait("ann", 10)).toBe(false);
  recordAttempt("ann", false, 10);
  expect(mustWait("ann", 11)).toBe(true);
  expect(mustWait("bob", 11)).toBe(false);
  expect(mustWait("ann", 16 * minute)).toBe(false);
});

test("a right password forgets the wrong ones before it", () => {
  for (let i = 0; i < 9; i++) recordAttempt("cy", false, i);
  recordAttempt("cy", true, 9);
  recordAttempt("cy", false, 10);
  expect(mustWait("cy", 11)).toBe(false);
});
