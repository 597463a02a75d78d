import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Change, wordChanges } from "./word-changes";

const side = (changes: readonly Change[], without: Change["in"]) =>
  changes
    .filter((change) => change.in !== without)
    .map(({ words }) => words)
    .join("");

test("a changed word is told from those that stayed", () => {
  expect(wordChanges("the cat sat", "the dog sat down")).toEqual([
    { words: "the ", in: "both" },
    { words: "cat", in: "before" },
    { words: "dog", in: "after" },
    { words: " sat", in: "both" },
    { words: " down", in: "after" },
  ]);
  expect(wordChanges("same", "same")).toEqual([{ words: "same", in: "both" }]);
  expect(wordChanges("", "new")).toEqual([{ words: "new", in: "after" }]);
});

test("both texts can be read from the changes, whatever they are", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c", " ", "\n"), { maxLength: 40 });
  fc.assert(
    fc.property(words, words, (a, b) => {
      const [before, after] = [a.join(""), b.join("")];
      const changes = wordChanges(before, after);
      expect(side(changes, "after")).toBe(before);
      expect(side(changes, "before")).toBe(after);
    }),
  );
});

test("texts too long to be compared are one change, still whole", () => {
  const long = (word: string) => Array.from({ length: 2100 }, (_, i) => `${word}${i}`).join(" ");
  const changes = wordChanges(long("x"), long("y"));
  expect(changes.map((change) => change.in)).toEqual(["before", "after"]);
});
