import { expect, test } from "vitest";
import { personalDataIn } from "@/server/domain/prompts/personal-data";
import { nothingRead, readPreview } from "./prompt-preview";

/** All of it, and in how many steps. */
function read(content: string, fileName = "") {
  const steps = readPreview(content, fileName, personalDataIn);
  for (let taken = 0; ; taken++) {
    const { done, value } = steps.next();
    if (done) return { ...value, taken };
  }
}

test("counts, repeats, what is almost the same, and what may be somebody's", () => {
  const lines = [
    "Why is the sky blue in the morning and red in the evening?",
    "Write to ada@example.org about the tides, please.",
    "Why is the sky blue in the morning and red in the evenings?",
    "Why is the sky blue in the morning and red in the evening?",
    "Write to ada@example.org or call +1 212 555 0187.",
  ];
  expect(read(lines.join("\n"))).toMatchObject({
    count: 4,
    repeats: [4],
    near: [{ line: 3, of: 1 }],
    personal: [
      { line: 2, kinds: ["email"] },
      { line: 5, kinds: ["email", "phone"] },
    ],
    wrong: null,
    reading: false,
  });
  expect(read("  \n")).toMatchObject(nothingRead);
});

test("answers that come with a prompt are counted and looked through too", () => {
  const answers = ["Ask bo@example.org.", "I do not know."];
  const row = JSON.stringify({ prompt: "Who knows?", answers });
  expect(read(row, "a.jsonl")).toMatchObject({
    count: 1,
    pairs: 1,
    personal: [{ line: 1, kinds: ["email"] }],
  });
});

test("the first line that gives no prompt is said, and that there are too many", () => {
  expect(read('{"prompt": "a"}\n{"prompt": 3}', "a.jsonl")).toMatchObject({
    count: 0,
    wrong: { line: 2, why: "prompt" },
  });
  const many = Array.from({ length: 20_001 }, (_, i) => `${i}`).join("\n");
  expect(read(many).wrong).toBe("many");
});

test("a text is read in steps, across the borders of its pieces", () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `line ${i} ${"word ".repeat(10)}`);
  expect(read(lines.join("\n"))).toMatchObject({ count: 3000, taken: 3000 });
});
