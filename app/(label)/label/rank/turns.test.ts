import { expect, test } from "vitest";
import { turnsOf } from "./turns";

test("a transcript is told turn by turn, without the empty one that asks for the answer", () => {
  expect(
    turnsOf("\n\nHuman: Hi: there\n\nAssistant: Hello.\n\nHow?\n\nHuman: Well\n\nAssistant:"),
  ).toEqual([
    { speaker: "user", text: "Hi: there" },
    { speaker: "assistant", text: "Hello.\n\nHow?" },
    { speaker: "user", text: "Well" },
  ]);
  expect(turnsOf("System: Be brief.\n\nUser: Why?").map((turn) => turn.speaker)).toEqual([
    "system",
    "user",
  ]);
});

test.each(["sort: 3 1 2", "Explain this:\n\nUser: x", "Human rights: why?", ""])(
  "%j is no conversation",
  (prompt) => {
    expect(turnsOf(prompt)).toEqual([{ speaker: null, text: prompt }]);
  },
);
