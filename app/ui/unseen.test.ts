import { expect, test } from "vitest";
import { withUnseen } from "./unseen";

const names = (text: string) =>
  withUnseen(text)
    .filter((piece) => typeof piece !== "string")
    .map((piece) => piece.name);

test("zero-width and bidirectional characters are named, and turn nothing round", () => {
  expect(withUnseen("a\u202eb\u202cc")).toEqual([
    "a",
    { name: "RLO", code: "U+202E" },
    "b",
    { name: "PDF", code: "U+202C" },
    "c",
  ]);
  expect(names("one\u200btwo\ufeff\u0007")).toEqual(["ZWSP", "BOM", "U+0007"]);
  expect(names("pay\u200dpal, 한\u200c글")).toEqual(["ZWJ", "ZWNJ"]);
});

test("what a script or an emoji needs is left to it", () => {
  for (const text of [
    "می\u200cخواهم",
    "क्\u200dष",
    "👩\u200d🚀",
    "\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}",
  ])
    expect(withUnseen(text)).toEqual([text]);
  // a mark of direction is shown, and still marks
  expect(withUnseen("שלום\u200f!")).toEqual(["שלום", { name: "RLM", code: "U+200F" }, "\u200f!"]);
});

test("plain text stays in one piece, an empty one too", () => {
  expect(withUnseen("plain\ttext\r\n")).toEqual(["plain\ttext\r\n"]);
  expect(withUnseen("")).toEqual([""]);
});
