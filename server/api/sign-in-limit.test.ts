import { expect, test } from "vitest";
import { AttemptLimit } from "./sign-in-limit";

const minute = 60_000;
const limit = () => new AttemptLimit(10, 15 * minute);

test("ten attempts make a name wait a quarter of an hour, and no other name", () => {
  const attempts = limit();
  for (let i = 0; i < 9; i++) attempts.count("ann", i);
  expect(attempts.isReached("ann", 10)).toBe(false);
  attempts.count("ann", 10);
  expect(attempts.isReached("ann", 11)).toBe(true);
  expect(attempts.isReached("bob", 11)).toBe(false);
  expect(attempts.isReached("ann", 16 * minute)).toBe(false);
});

test("a success forgets the attempts before it", () => {
  const attempts = limit();
  for (let i = 0; i < 9; i++) attempts.count("cy", i);
  attempts.forget("cy");
  attempts.count("cy", 10);
  expect(attempts.isReached("cy", 11)).toBe(false);
});

test("a flood of other names does not free the name that waits", () => {
  const attempts = limit();
  for (let i = 0; i < 50_000; i++) attempts.count(`before ${i}`, i % 10);
  for (let i = 0; i < 10; i++) attempts.count("ann", 20);
  for (let i = 0; i < 60_000; i++) attempts.count(`after ${i}`, 30);
  expect(attempts.isReached("ann", 40)).toBe(true);
  expect(attempts.isReached("before 0", 40)).toBe(false);
});
