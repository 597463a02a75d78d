import { expect, test } from "vitest";
import { durationText, relativeTime } from "./relative-time-text";

const now = Date.UTC(2026, 2, 1, 12);
const second = 1000;

test.each([
  [0, "en", "now"],
  [-5 * second, "en", "now"],
  [-42 * second, "en", "42 seconds ago"],
  [-90 * second, "en", "1 minute ago"],
  [-3 * 3600 * second, "ko", "3시간 전"],
  [-26 * 3600 * second, "en", "yesterday"],
  [3 * 86_400 * second, "en", "in 3 days"],
])("%i ms from now, in %s: %s", (by, locale, text) => {
  expect(relativeTime(now + by, now, locale)).toBe(text);
});

test("a duration is said in its largest unit", () => {
  expect(durationText(0.2, "en")).toBe("1 second");
  expect(durationText(100, "en")).toBe("2 minutes");
  expect(durationText(3 * 3600, "en")).toBe("3 hours");
  expect(durationText(3 * 3600, "ko")).toBe("3시간");
});
