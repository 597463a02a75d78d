import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { beginningOf } from "./folded-text";

test("a short text is not folded, nor one whose rest is not worth a button", () => {
  expect(beginningOf("")).toBeNull();
  expect(beginningOf("word ".repeat(79))).toBeNull();
  expect(beginningOf("a\n".repeat(12))).toBeNull();
  expect(beginningOf(`${"a\n".repeat(12)}\n\n`)).toBeNull();
});

test("a long one is cut at a blank, many lines after the eighth", () => {
  expect(beginningOf("word ".repeat(100))).toBe("word ".repeat(64).trimEnd());
  expect(beginningOf("a\n".repeat(13))).toBe("a\n".repeat(8).trimEnd());
  expect(beginningOf(`a\n\n\n\n\n\n\n\n${"b\n".repeat(9)}`)).toBe("a"); // no blank lines at its end
  expect(beginningOf("x".repeat(500))).toBe("x".repeat(320));
});

test("never through a character, and always a beginning of it", () => {
  assert(
    property(string({ unit: "binary", minLength: 300, maxLength: 900 }), (text) => {
      const beginning = beginningOf(text);
      if (beginning === null) return;
      expect(text.startsWith(beginning)).toBe(true);
      expect(beginning).not.toMatch(/[\ud800-\udbff]$/);
    }),
  );
});
