import { expect, test } from "vitest";
import { type Asked, nothingAsked, zAsked } from "./asked";
import type { CompletionId } from "./ids";
import { letters } from "./ranking";
import { checkRatings, kept } from "./ratings";
import type { Ratings } from "./ratings-schema";
import { nothingSaid, unsaid } from "./unsaid";

const asked: Asked = {
  quality: true,
  flags: ["hallucination", "sexual"],
  questions: [
    { id: "tone", text: "Tone?", about: "completion", required: false, kind: "text" },
    {
      id: "safe",
      text: "Safe?",
      about: "completion",
      required: true,
      kind: "choice",
      options: ["yes", "no"],
      several: false,
    },
    {
      id: "hard",
      text: "How hard?",
      about: "task",
      required: true,
      kind: "scale",
      steps: 5,
      low: "easy",
      high: "hard",
    },
  ],
};
const abc = letters.slice(0, 3);
const all: Ratings = {
  each: {
    A: { quality: 7, answers: { safe: "yes" } },
    B: { quality: 1, flags: ["sexual"], answers: { safe: "no", tone: " curt " }, seconds: 3 },
    C: { reason: "broken" },
  },
  answers: { hard: 5 },
};
const check = (ratings: Ratings) => () => checkRatings(asked, abc, ["C"], ratings);

test("what is missing is named by completion and question; of what cannot be judged only why", () => {
  expect(unsaid(asked, abc, ["C"], nothingSaid)).toEqual([
    { letter: "A", what: "quality" },
    { letter: "A", what: { question: "safe" } },
    { letter: "B", what: "quality" },
    { letter: "B", what: { question: "safe" } },
    { letter: "C", what: "reason" },
    { letter: null, what: { question: "hard" } },
  ]);
  expect(unsaid(asked, abc, ["C"], all)).toEqual([]);
  expect(unsaid(nothingAsked, abc, [], nothingSaid)).toEqual([]);
  const blank = { ...all, each: { ...all.each, A: { quality: 7, answers: { safe: " " } } } };
  expect(unsaid(asked, abc, ["C"], blank)).toHaveLength(1);
});

test("what fits is taken; what does not is refused by name", () => {
  expect(check(all)).not.toThrow();
  expect(check({ ...all, answers: {} })).toThrow('lacks the answer to "How hard?"');
  expect(check({ ...all, answers: { hard: 6 } })).toThrow("How hard?");
  expect(check({ ...all, answers: { hard: 5, safe: "yes" } })).toThrow(
    'no question "safe" of a task',
  );
  const of = (rating: Ratings["each"]["A"]) => ({ ...all, each: { ...all.each, A: rating } });
  expect(check(of({ answers: { safe: "yes" } }))).toThrow("lacks the quality of A");
  expect(check(of({ quality: 7, answers: { safe: "maybe" } }))).toThrow("Safe?");
  expect(check(of({ quality: 7, answers: { safe: ["yes"] } }))).toThrow("Safe?");
  expect(check(of({ quality: 7, flags: ["violent"] }))).toThrow("violent");
  expect(check({ ...all, each: { ...all.each, D: { quality: 1 } } })).toThrow("no completion D");
  expect(() =>
    checkRatings(nothingAsked, abc, [], { each: { A: { quality: 1 } }, answers: {} }),
  ).toThrow("does not ask for quality");
});

test("a page of before, which asked no reason, is still heard", () => {
  expect(() => checkRatings(nothingAsked, abc, ["C"], nothingSaid)).not.toThrow();
});

test("it is kept by completion, without what is empty", () => {
  const order = ["x", "y", "z"] as CompletionId[];
  expect(kept(order, ["C"], all)).toEqual({
    each: {
      x: { quality: 7, answers: { safe: "yes" } },
      y: { quality: 1, flags: ["sexual"], answers: { safe: "no", tone: "curt" }, seconds: 3 },
      z: { reason: "broken" },
    },
    answers: { hard: 5 },
  });
  expect(
    kept(order, [], { each: { A: { flags: [], answers: { tone: "" } } }, answers: {} }),
  ).toBeNull();
});

test("a mind that was changed leaves no trace: why only where it cannot be judged, the rest only where it can", () => {
  const order = ["x", "y"] as CompletionId[];
  const said: Ratings = {
    each: { A: { quality: 3, reason: "other" }, B: { quality: 4, reason: "broken", seconds: 1 } },
    answers: {},
  };
  expect(kept(order, ["B"], said)?.each).toEqual({
    x: { quality: 3 },
    y: { reason: "broken", seconds: 1 },
  });
});

test("what is asked is put in order, and nothing twice", () => {
  expect(zAsked.parse({ ...asked, flags: ["sexual", "hallucination", "sexual"] }).flags).toEqual([
    "hallucination",
    "sexual",
  ]);
  const [question] = asked.questions;
  expect(zAsked.safeParse({ ...asked, questions: [question, question] }).success).toBe(false);
  expect(
    zAsked.safeParse({
      ...asked,
      questions: [{ ...question, kind: "choice", options: ["a", "a"], several: false }],
    }).success,
  ).toBe(false);
});
