import { expect, test } from "vitest";
import { mturkHost, parseEntry, wayBack, zReturnUrl } from "./crowd";

test("Prolific's parameters name the worker and the submission", () => {
  const query = { PROLIFIC_PID: "5f3c9a", STUDY_ID: "s", SESSION_ID: "x1" };
  expect(parseEntry("prolific", query)).toStrictEqual({
    kind: "entry",
    entry: { worker: "5f3c9a", submission: "x1", submitTo: null },
  });
  const missing = { kind: "missing", parameter: "PROLIFIC_PID" };
  expect(parseEntry("prolific", {})).toStrictEqual(missing);
  // what the market did not fill in is nobody, nor is a parameter that is said twice
  expect(parseEntry("prolific", { PROLIFIC_PID: "{{%PROLIFIC_PID%}}" })).toStrictEqual(missing);
  expect(parseEntry("prolific", { PROLIFIC_PID: ["a1", "b2"] })).toStrictEqual(missing);
});

test("MTurk shows a preview before somebody accepts", () => {
  const query = { workerId: "A1B2", turkSubmitTo: "https://workersandbox.mturk.com" };
  expect(parseEntry("mturk", { ...query, assignmentId: "ASSIGNMENT_ID_NOT_AVAILABLE" })).toEqual({
    kind: "preview",
  });
  expect(parseEntry("mturk", { ...query, assignmentId: "3X" })).toStrictEqual({
    kind: "entry",
    entry: { worker: "A1B2", submission: "3X", submitTo: "https://workersandbox.mturk.com" },
  });
});

test.each([
  "https://www.mturk.com.evil.example",
  "https://www.mturk.com@evil.example",
  "https://me@www.mturk.com",
  "http://www.mturk.com",
  "//www.mturk.com",
  "javascript:alert(1)//www.mturk.com",
  "https://evil.example/www.mturk.com",
  "",
])("%s is no host of MTurk", (address) => {
  expect(mturkHost(address)).toBeNull();
  const query = { workerId: "A1", assignmentId: "3X", turkSubmitTo: address };
  expect(parseEntry("mturk", query)).toMatchObject({ entry: { submitTo: null } });
  const part = { code: "c", submission: "3X", submitTo: address };
  expect(wayBack({ market: "mturk", returnUrl: address }, part)).toStrictEqual({ kind: "code" });
});

test.each([
  "http://a.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "//a.example",
  "/x",
  "https://u:p@a.example",
])("%s is no address to send workers back to", (address) => {
  expect(zReturnUrl.safeParse(address).success).toBe(false);
  const part = { code: "c", submission: null, submitTo: null };
  expect(wayBack({ market: "other", returnUrl: address }, part)).toStrictEqual({ kind: "code" });
});

test("each market is gone back to in its own way, the code safely in it", () => {
  const part = { code: "C 1&x", submission: "3X", submitTo: "https://www.mturk.com" };
  expect(wayBack({ market: "prolific", returnUrl: null }, part)).toStrictEqual({
    kind: "link",
    href: "https://app.prolific.com/submissions/complete?cc=C%201%26x",
  });
  expect(wayBack({ market: "mturk", returnUrl: null }, part)).toStrictEqual({
    kind: "form",
    action: "https://www.mturk.com/mturk/externalSubmit",
    fields: { assignmentId: "3X", code: "C 1&x" },
  });
  const returnUrl = "https://panel.example.org/done?code={code}";
  expect(wayBack({ market: "other", returnUrl }, part)).toStrictEqual({
    kind: "link",
    href: "https://panel.example.org/done?code=C%201%26x",
  });
});
