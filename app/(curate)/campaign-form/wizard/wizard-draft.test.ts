import { expect, test } from "vitest";
import { isRight, newDraft, payOf, steps, wrongsIn } from "./wizard-draft";

const draft = newDraft("m");
const named = { ...draft, values: { ...draft.values, name: "Sorting" } };

test("the defaults need no more than a name", () => {
  expect(steps.filter((step) => !isRight(step, draft, false))).toEqual(["kind"]);
  expect(steps.filter((step) => !isRight(step, named, false))).toEqual([]);
});

test("a mistake is said in the step where it stands", () => {
  const values = { ...named.values, overlap: 0, temperature: 9 };
  expect(Object.keys(wrongsIn("people", values))).toEqual(["overlap"]);
  expect(Object.keys(wrongsIn("answers", values))).toEqual(["temperature"]);
  expect(isRight("prompts", named, true)).toBe(false);
});

test("pay is a currency and a rate, or nothing", () => {
  expect(payOf(draft)).toBeNull();
  expect(payOf({ ...draft, pay: { currency: "usd", ranking: 0.1 } })).toMatchObject({
    currency: "USD",
  });
  const wrong = { ...draft, pay: { currency: "dollars", ranking: null } };
  expect(payOf(wrong)).toBeUndefined();
  expect(isRight("people", wrong, false)).toBe(false);
});
