import { expect, test } from "vitest";
import { nothingAsked } from "@/server/domain/asked";
import { incomplete, newQuestion, ofKind, tidied } from "./asked-values";

test("a question without words, a choice without options and a name given twice are pointed out", () => {
  const first = newQuestion([]);
  const second = newQuestion([first]);
  expect(second.id).not.toBe(first.id);
  const asked = { ...nothingAsked, questions: [first, { ...second, text: "Why?" }] };
  expect([...incomplete(asked)]).toEqual([0]);
  const twice = { ...first, text: "How?" };
  expect([...incomplete({ ...asked, questions: [twice, twice] })]).toEqual([1]);
  const choice = ofKind({ ...first, text: "Which?" }, "choice");
  expect([...incomplete({ ...asked, questions: [choice] })]).toEqual([0]);
  expect(incomplete({ ...asked, questions: [twice] }).size).toBe(0);
});

test("empty lines between options are no options", () => {
  const choice = {
    ...ofKind(newQuestion([]), "choice"),
    text: "?",
    options: [" yes ", "", "no", ""],
  };
  const asked = { ...nothingAsked, questions: [choice] };
  expect(tidied(asked).questions).toMatchObject([{ options: ["yes", "no"] }]);
  expect(incomplete(asked).size).toBe(0);
});
