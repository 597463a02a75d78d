import { expect, test } from "vitest";
import { givenPairOf } from "./given-answers";
import { promptLimit } from "./limit";

const pair = (a: string, b: string, origins = ["a", "b"]) => [
  { text: a, origin: origins[0] },
  { text: b, origin: origins[1] },
];

test.each([
  ["a plain list", { answers: ["yes", "no"] }, pair("yes", "no")],
  [
    "a list that names models",
    {
      answers: [
        { text: "yes", model: "m1" },
        { content: "no", origin: "a person" },
      ],
    },
    pair("yes", "no", ["m1", "a person"]),
  ],
  [
    "chosen and rejected",
    { chosen: "yes", rejected: "no" },
    pair("yes", "no", ["chosen", "rejected"]),
  ],
  [
    "chats that end in the answer",
    {
      chosen: [
        { role: "user", content: "?" },
        { role: "assistant", content: "yes" },
      ],
      rejected: [
        { from: "human", value: "?" },
        { from: "gpt", value: "no" },
      ],
    },
    pair("yes", "no", ["chosen", "rejected"]),
  ],
  [
    "an arena's rows",
    { response_a: "yes", response_b: "no", model_a: "m1", model_b: "m2" },
    pair("yes", "no", ["m1", "m2"]),
  ],
  ["one without names", { answer_a: "yes", answer_b: "no" }, pair("yes", "no")],
  ["none", { prompt: "?" }, null],
  ["an empty column", { chosen: null }, null],
])("%s", (_, said, expected) => {
  expect(givenPairOf(said)).toEqual(expected);
});

test.each([
  ["one answer", { chosen: "yes" }],
  ["three", { answers: ["a", "b", "c"] }],
  ["twice the same but for blanks", { answers: ["yes", " yes\n"] }],
  ["an empty one", { response_a: "yes", response_b: "  " }],
  ["a number", { answers: ["yes", 1] }],
  ["a very long one", { answers: ["yes", "x".repeat(promptLimit + 1)] }],
  ["a chat without words", { chosen: [], rejected: "no" }],
])("%s can be compared with nothing", (_, said) => {
  expect(givenPairOf(said)).toBe("answers");
});
