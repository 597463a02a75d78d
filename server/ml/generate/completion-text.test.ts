import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CompletionText } from "./completion-text";

/** Pieces as they come: a token's id is its place. */
function read(pieces: readonly string[], stops: readonly string[]) {
  const text = new CompletionText({ push: (id) => pieces[id], end: () => "" }, stops);
  const given: string[] = [];
  for (const id of pieces.keys()) {
    given.push(text.push(id));
    if (text.stopped) break;
  }
  given.push(text.end());
  return { given, text };
}

test("text ends before a stop string that lies across tokens, and holds back what may begin one", () => {
  const { given, text } = read(["ab", "cE", "N", "x", "EN", "D", "never"], ["END"]);
  expect(given).toEqual(["ab", "c", "", "ENx", "", "", ""]);
  expect([text.text, text.stopped]).toEqual(["abcENx", true]);
});

test("what was held back is given when no more comes", () => {
  const { given, text } = read(["a", "bE"], ["ENDE", "\n"]);
  expect(given).toEqual(["a", "b", "E"]);
  expect(text.stopped).toBe(false);
});

test("however it is cut into tokens, the text is that before the stop string which ends first", () => {
  const letters = (maxLength: number, minLength = 0) =>
    fc.string({ unit: fc.constantFrom("a", "b"), minLength, maxLength });
  fc.assert(
    fc.property(
      fc.array(letters(4), { maxLength: 12 }),
      fc.array(letters(4, 1), { maxLength: 3 }),
      (pieces, stops) => {
        const { given, text } = read(pieces, stops);
        let whole = ""; // as far as the piece that completes a stop string
        for (const piece of pieces) {
          whole += piece;
          if (stops.some((stop) => whole.includes(stop))) break;
        }
        const cuts = stops.map((stop) => whole.indexOf(stop)).filter((at) => at >= 0);
        expect(text.stopped).toBe(cuts.length > 0);
        expect(text.text).toBe(whole.slice(0, Math.min(whole.length, ...cuts)));
        expect(given.join("")).toBe(text.text);
      },
    ),
  );
});
