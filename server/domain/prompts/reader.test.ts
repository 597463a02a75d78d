import { array, assert, constantFrom, integer, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { csvLine } from "../csv";
import { type PromptFormat, promptReader } from "./reader";
import { badLineText, badReasons, isBad } from "./row";

function readAll(content: string, format: PromptFormat, size = content.length || 1) {
  const reader = promptReader(format);
  const lines = [];
  for (let at = 0; at < content.length; at += size)
    lines.push(...reader.push(content.slice(at, at + size)));
  return [...lines, ...reader.end()];
}

describe("chat messages", () => {
  const turn = (role: string, content: string) => ({ role, content });
  test.each([
    [{ messages: [turn("user", "Hi")] }, "Hi"],
    [{ prompt: [turn("user", "Hi")] }, "Hi"],
    [{ messages: [turn("user", "Hi"), turn("assistant", "Hello.")] }, "Hi"],
    [
      {
        messages: [
          turn("system", "Be kind."),
          turn("user", "Hi"),
          turn("assistant", "Yes?"),
          turn("user", "Why?"),
        ],
      },
      "System: Be kind.\n\nHuman: Hi\n\nAssistant: Yes?\n\nHuman: Why?",
    ],
    [
      {
        conversations: [
          { from: "human", value: "Hi" },
          { from: "gpt", value: "Yes" },
        ],
      },
      "Hi",
    ],
  ])("%j", (row, text) => {
    expect(readAll(JSON.stringify(row), "jsonl")).toEqual([{ line: 1, text }]);
  });

  test.each([
    [{ messages: [{ role: "user" }] }, "messages", "turns"],
    [{ messages: [turn("tool", "x")] }, "messages", "turns"],
    [{ messages: ["Hi"] }, "messages", "turns"],
    [{ prompt: [turn("assistant", "Hello.")] }, "prompt", "answered"],
    [{ messages: [] }, "messages", "answered"],
  ])("%j is pointed out", (row, field, why) => {
    expect(readAll(JSON.stringify(row), "jsonl")).toEqual([{ line: 1, field, why }]);
  });
});

describe("tables", () => {
  test("columns are told by their names, in any order, with any of the three signs", () => {
    const expected = [
      { line: 2, text: "안녕, 하세요", language: "ko", priority: 3, source: "crowd" },
    ];
    for (const sign of [",", ";", "\t"]) {
      const header = ["Language", "prompt", "priority", "source", "other"].join(sign);
      const row = ["ko", '"안녕, 하세요"', "3", "crowd", "x"].join(sign);
      expect(readAll(`\uFEFF${header}\r\n${row}\r\n`, "csv")).toEqual(expected);
    }
  });

  test("a prompt of several lines is one, and the next is on its own line", () => {
    expect(readAll('prompt\n"one\ntwo ""quoted"""\nthree', "csv")).toEqual([
      { line: 2, text: 'one\ntwo "quoted"' },
      { line: 4, text: "three" },
    ]);
  });

  test.each([
    ["question\nWhat?", [{ line: 1, field: "prompt", why: "column" }]],
    ['prompt\n"never closed\nx', [{ line: 2, field: "", why: "quote" }]],
    ["prompt,priority\np,high", [{ line: 2, field: "priority", why: "priority" }]],
    [
      "prompt,language\n ,en\nq,",
      [
        { line: 2, field: "prompt", why: "empty" },
        { line: 3, text: "q" },
      ],
    ],
  ])("%j", (content, expected) => {
    expect(readAll(content, "csv")).toEqual(expected);
  });

  test("a quote that is never closed takes no more than itself along", () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `prompt number ${i}`).join("\n");
    const read = readAll(`prompt\n"oops\n${rows}`, "csv");
    expect(read.filter(isBad)).toEqual([{ line: 2, field: "", why: "quote" }]);
    expect(read.length).toBeGreaterThan(15_000);
  });
});

test("a label is a text or a number, which a program holds answers against", () => {
  const of = (label: unknown) => readAll(JSON.stringify({ prompt: "7 × 6", label }), "jsonl")[0];
  expect(of("42")).toMatchObject({ label: "42" });
  expect(of(42)).toMatchObject({ label: "42" });
  expect(of("")).not.toHaveProperty("label");
  expect(of(null)).not.toHaveProperty("label");
  expect(of({ answer: 42 })).toMatchObject({ field: "label", why: "label" });
  expect(of("x".repeat(20_001))).toMatchObject({ why: "label" });
  expect(readAll("prompt,label\n7 × 6,42", "csv")).toMatchObject([{ text: "7 × 6", label: "42" }]);
});

test("every reason is a sentence with the line and what to do", () => {
  for (const why of badReasons)
    expect(badLineText({ line: 7, field: "x", why })).toMatch(/^Line 7.+\.$/);
});

const cell = string({
  unit: constantFrom("a", "한", " ", ",", ";", '"', "\n", "é", "\t", "🙂"),
  minLength: 1,
  maxLength: 12,
});

test("whatever a table says comes back to the letter, however the file is cut", () => {
  assert(
    property(
      array(cell, { minLength: 1, maxLength: 8 }),
      integer({ min: 1, max: 9 }),
      (cells, size) => {
        const shown = cells.filter((text) => text.trim() !== "" && !/^[\t=+\-@\r]/.test(text));
        const content =
          csvLine(["prompt", "cluster"]) + shown.map((text) => csvLine([text, "c"])).join("");
        expect(readAll(content, "csv", size).map((line) => !isBad(line) && line.text)).toEqual(
          shown,
        );
      },
    ),
  );
});

test("the same lines come out however the file is cut", () => {
  const char = constantFrom("a", " ", "\n", "\r", "\r\n", "{", '"', "한");
  const content = array(char, { maxLength: 40 }).map((all) => all.join(""));
  const format = constantFrom<PromptFormat>("lines", "jsonl", "csv");
  assert(
    property(content, format, integer({ min: 1, max: 5 }), (text, as, size) => {
      expect(readAll(text, as, size)).toEqual(readAll(text, as));
    }),
  );
});
