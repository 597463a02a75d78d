import { expect, test } from "vitest";
import { hoursLeft } from "./pace";

test.each([
  [120, { lastHour: 40, lastDay: 300 }, 3],
  [100, { lastHour: 0, lastDay: 48 }, 50],
  [100, { lastHour: 0, lastDay: 0 }, null],
  [0, { lastHour: 0, lastDay: 0 }, 0],
  [-5, { lastHour: 9, lastDay: 9 }, 0],
])("%d missing at %o takes %s hours", (missing, recent, hours) => {
  expect(hoursLeft(missing, recent)).toBe(hours);
});
