import { expect, test } from "vitest";
import { isBlank } from "./blank";
import { isEmpty } from "./unsaid";

test.each([
  "",
  " \n\t",
  "\u200b",
  "\ufeff\u2060",
  "\u202e\u202c",
  "\u00a0\u3000",
  "\u3164",
  "\u2800",
])("%j shows nothing", (text) => {
  expect(isBlank(text)).toBe(true);
  expect(isEmpty(text)).toBe(true);
});

test.each(["a", "\u200b.", "\u202eabc", "👩‍👩‍👧", "한", "\ufffd"])("%j shows something", (text) => {
  expect(isBlank(text)).toBe(false);
});
