import { array, assert, nat, property, string, stringMatching } from "fast-check";
import { expect, test } from "vitest";
import { bandsOf } from "./bands";
import { nearThreshold, resemblance, shinglesOf } from "./shingles";

const alike = (a: string, b: string) => resemblance(shinglesOf(a), shinglesOf(b));

test.each([
  ["What is the capital of France?", "what is the capital of  France", 1],
  ["Write a poem about the sea.", "Write a poem about the sea!", 1],
  ["???", "???", 1],
])("“%s” and “%s” say the same", (a, b, expected) => {
  expect(alike(a, b)).toBe(expected);
});

test.each([
  [
    "Explain to a child of six why the sky is blue and the sunset is red.",
    "Explain to a child of five why the sky is blue and the sunset is red.",
  ],
  [
    "서울에서 부산까지 기차로 가는 가장 빠른 방법을 알려 주세요.",
    "서울에서 부산까지 기차로 가는 가장 빠른 방법은 무엇인지 알려 주세요.",
  ],
])("a word changed is a near-duplicate: %s", (a, b) => {
  expect(alike(a, b)).toBeGreaterThanOrEqual(nearThreshold);
});

test.each([
  ["Explain why the sky is blue.", "Write a haiku about autumn leaves."],
  ["서울의 날씨를 알려 주세요.", "파이썬으로 퀵 정렬을 구현해 주세요."],
])("other questions are none: %s", (a, b) => {
  expect(alike(a, b)).toBeLessThan(0.3);
});

const text = string({ unit: "grapheme", maxLength: 60 });

test("resemblance is symmetric, between 0 and 1, and 1 with itself", () => {
  assert(
    property(text, text, (a, b) => {
      const share = alike(a, b);
      expect(share).toBe(alike(b, a));
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
      expect(alike(a, a)).toBe(1);
    }),
  );
});

const word = stringMatching(/^[a-z]{2,9}$/);

test("near-duplicates share a band nearly always, other texts hardly ever", () => {
  const long = array(word, { minLength: 12, maxLength: 30 });
  const counts = { near: 0, found: 0, other: 0, mistaken: 0 };
  const share = (a: string, b: string) => {
    const own = new Set(bandsOf(shinglesOf(a)));
    return bandsOf(shinglesOf(b)).some((key) => own.has(key));
  };
  assert(
    property(long, long, word, nat(), (words, others, changed, at) => {
      const [a, b] = [words.join(" "), words.with(at % words.length, changed).join(" ")];
      if (alike(a, b) >= nearThreshold) {
        counts.near++;
        if (share(a, b)) counts.found++;
      }
      if (alike(a, others.join(" ")) < 0.1) {
        counts.other++;
        if (share(a, others.join(" "))) counts.mistaken++;
      }
    }),
    { numRuns: 300, seed: 6 },
  );
  expect(counts.near).toBeGreaterThan(150);
  expect(counts.found / counts.near).toBeGreaterThan(0.97);
  expect(counts.mistaken / counts.other).toBeLessThan(0.03);
});

test("keys are whole numbers that both databases hold", () => {
  assert(
    property(text, (one) => {
      for (const key of bandsOf(shinglesOf(one))) {
        expect(Number.isSafeInteger(key)).toBe(true);
        expect(key).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
