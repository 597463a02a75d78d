import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type DiffPart, wordDiff } from "./word-diff";

const side = (parts: readonly DiffPart[], of: "left" | "right") =>
  parts
    .filter((part) => part.of === "both" || part.of === of)
    .map((part) => part.words)
    .join("");

test("whole words are told apart, in Korean too", () => {
  expect(wordDiff("the cat sat", "the catfish sat")).toEqual([
    { words: "the ", of: "both" },
    { words: "cat", of: "left" },
    { words: "catfish", of: "right" },
    { words: " sat", of: "both" },
  ]);
  const korean = wordDiff("고양이가 집에 있어요", "고양이가 밖에 있어요", "ko");
  expect(korean?.filter((part) => part.of === "both").map((part) => part.words)).toContain(
    "고양이가 ",
  );
});

test("the same text is one part; an empty text has none of its own", () => {
  expect(wordDiff("as it is", "as it is")).toEqual([{ words: "as it is", of: "both" }]);
  expect(wordDiff("", "new")).toEqual([{ words: "new", of: "right" }]);
});

test("nothing of either text is lost, whatever it holds", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.string({ unit: "grapheme", maxLength: 60 }),
      (left, right) => {
        const parts = wordDiff(left, right)!;
        expect(side(parts, "left")).toBe(left);
        expect(side(parts, "right")).toBe(right);
      },
    ),
  );
});

test("texts too long to be compared are not tried", () => {
  expect(wordDiff("a".repeat(1_000_000), "b")).toBeNull();
});
