import { expect, test } from "vitest";
import { scriptOf, sharedWords, templatesOf } from "./writing";

test.each([
  ["The answer is 42.", "Latn"],
  ["답은 42이고 API를 씁니다", "Kore"],
  ["東京は日本の首都です", "Jpan"],
  ["北京是中国的首都", "Hani"],
  ["Ответ: 42", "Cyrl"],
  ["1 2 3 …", null],
])("%s is written in %s", (text, script) => {
  expect(scriptOf(text)).toBe(script);
});

const words = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `word${from + i}`).join(" ");

test("words taken over are found, whatever case and signs; one's own are not", () => {
  const text = words(0, 40);
  expect(sharedWords(text)(`Before. ${words(0, 40).toUpperCase()}!`)).toBe(1);
  expect(sharedWords(text)(words(100, 40))).toBe(0);
  // of 36 runs of five the first 16 are there
  expect(sharedWords(text)(`${words(0, 20)} ${words(200, 20)}`)).toBeCloseTo(16 / 36, 12);
});

test("short answers may be the same: there are few ways to say them", () => {
  expect(sharedWords("1 2 3")("1 2 3")).toBe(0);
  expect(sharedWords("")("")).toBe(0);
});

test("templates begin with a line of their name; what is empty is none", () => {
  const text = "before\n# Short answer\nIt is …\n\nBecause …\n# Empty\n\n# Steps\n1. …";
  expect(templatesOf(text)).toEqual([
    { name: "Short answer", text: "It is …\n\nBecause …" },
    { name: "Steps", text: "1. …" },
  ]);
  expect(templatesOf("")).toEqual([]);
});
