import { expect, test } from "vitest";
import { dayOf, periodOf } from "./period";

test("a period holds its first and its last day whole", () => {
  const { since, until } = periodOf("2026-02-27", "2026-02-28")!;
  expect(since).toEqual(new Date(2026, 1, 27));
  expect(until).toEqual(new Date(2026, 2, 1));
  expect(dayOf(since)).toBe("2026-02-27");
  expect(periodOf("2026-03-01", "2026-03-01")).not.toBeNull();
});

test("days the wrong way round, or none, are no period", () => {
  expect(periodOf("2026-03-02", "2026-03-01")).toBeNull();
  expect(periodOf("", "2026-03-01")).toBeNull();
  expect(periodOf("2026-03-01", "")).toBeNull();
});
