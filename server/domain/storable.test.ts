import { expect, test } from "vitest";
import { storable, storableText } from "./storable";

test("what no database keeps is replaced, and nothing else", () => {
  expect(storableText("a\0b\ud800c\udc00")).toBe("a\ufffdb\ufffdc\ufffd");
  const kept = "👩‍👩‍👧 \u202e\u200b\t\r\n\u0001 한국어";
  expect(storableText(kept)).toBe(kept);
});

test("in texts and keys, at any depth; dates and numbers stay", () => {
  const at = new Date(0);
  const given = { "k\0": ["\0", { deep: "x\ud800" }], at, n: 1, none: null, gone: undefined };
  expect(storable(given)).toStrictEqual({
    "k\ufffd": ["\ufffd", { deep: "x\ufffd" }],
    at,
    n: 1,
    none: null,
    gone: undefined,
  });
  // a key of its own, and no prototype
  const own: unknown = JSON.parse('{"__proto__":{"admin":true}}');
  expect(Object.keys(storable(own) as object)).toEqual(["__proto__"]);
  expect(storable(own)).not.toHaveProperty("admin");
});

test("what is nested without end is refused with a sentence", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  expect(() => storable(circle)).toThrow("nested more than 200 levels");
});
