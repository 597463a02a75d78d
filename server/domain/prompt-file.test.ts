import { describe, expect, test } from "vitest";
import { parsePrompts, promptSplit, withoutRepeats } from "./prompt-file";
import { promptFormatOf } from "./prompts/reader";
import { promptLimit } from "./prompts/limit";

describe("parsePrompts", () => {
  test("reads one prompt a line, whatever ends the line", () => {
    expect(parsePrompts("\uFEFFone\r\n\n  two \nthree", "lines")).toEqual([
      { line: 1, text: "one" },
      { line: 3, text: "two" },
      { line: 4, text: "three" },
    ]);
  });

  test("reads JSON lines and keeps a prompt to the letter", () => {
    expect(parsePrompts('{"prompt":"a\\nb\\n","id":1}\n"c"\n', "jsonl")).toEqual([
      { line: 1, text: "a\nb\n" },
      { line: 2, text: "c" },
    ]);
  });

  test.each([
    ['{"prompt":"a"}\n{oops', /Line 2 is not JSON.*\.txt/],
    ['{"text":"a"}', /Line 1 has no text under "prompt"/],
    ['{"prompt":" "}', /Line 1 has an empty prompt/],
    [JSON.stringify({ prompt: "x".repeat(promptLimit + 1) }), /20001 characters/],
  ])("says what is wrong and where: %.20s", (content, message) => {
    expect(() => parsePrompts(content, "jsonl")).toThrow(message);
  });
});

test("the format comes from the name, else from the first line", () => {
  expect(promptFormatOf("x", "prompts.JSONL.gz")).toBe("jsonl");
  expect(promptFormatOf('{"prompt":"x"}', "prompts.txt")).toBe("lines");
  expect(promptFormatOf('\n{"prompt":"x"}')).toBe("jsonl");
  expect(promptFormatOf("{braces} are fine in a prompt")).toBe("lines");
});

test("repeats are pointed out by line", () => {
  const { unique, repeats } = withoutRepeats(parsePrompts("a\nb\na\na", "lines"));
  expect(unique.map((p) => p.text)).toEqual(["a", "b"]);
  expect(repeats.map((p) => p.line)).toEqual([3, 4]);
});

test("the split holds out about the share asked for, the same prompts each time", () => {
  const prompts = Array.from({ length: 4000 }, (_, i) => `sort: ${i} ${i % 7}`);
  const heldout = prompts.filter((text) => promptSplit(text, 0.1) === "heldout");
  expect(heldout.length).toBeGreaterThan(320);
  expect(heldout.length).toBeLessThan(480);
  expect(heldout.every((text) => promptSplit(text, 0.2) === "heldout")).toBe(true);
  expect(promptSplit("anything", 0)).toBe("train");
  expect(promptSplit("anything", 1)).toBe("heldout");
});

test("a JSON line may say language, cluster and priority; what is none of them is pointed out", () => {
  const row = { prompt: "안녕", language: "ko", cluster: "greetings", priority: 2, other: 1 };
  expect(parsePrompts(JSON.stringify(row), "jsonl")).toEqual([
    { line: 1, text: "안녕", language: "ko", cluster: "greetings", priority: 2 },
  ]);
  for (const wrong of [{ language: "Korean!" }, { cluster: 3 }, { priority: 0.5 }])
    expect(() => parsePrompts(JSON.stringify({ prompt: "p", ...wrong }), "jsonl")).toThrow(
      `Line 1: "${Object.keys(wrong)[0]}" must be`,
    );
});
